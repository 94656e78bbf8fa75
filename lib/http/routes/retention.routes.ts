import { retentionPreviewSchema, retentionQuerySchema } from "@/lib/contracts/retention";
import { defineRoute } from "../define-route";

export const previewRetention = defineRoute({
  id: "retention.preview",
  method: "GET",
  path: "/api/v1/projects/:project/retention",
  summary: "What would no longer be kept now, were these the project's settings. Nothing is changed.",
  permission: "project:manage",
  query: retentionQuerySchema,
  response: retentionPreviewSchema,
});
