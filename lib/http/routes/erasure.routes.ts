import { z } from "zod";
import { eraseInput, erasePreviewSchema, eraseTargetSchema, erasureSchema } from "@/lib/contracts/erasure";
import { defineRoute } from "../define-route";

export const previewErasure = defineRoute({
  id: "erasures.preview",
  method: "POST",
  path: "/api/v1/projects/:project/erasures/preview",
  summary:
    "What erasing words, or a record's text, would change; nothing is changed. The words are in the body only.",
  permission: "project:manage",
  body: eraseTargetSchema,
  response: erasePreviewSchema,
});

export const eraseText = defineRoute({
  id: "erasures.create",
  method: "POST",
  path: "/api/v1/projects/:project/erasures",
  summary:
    "Erases what a preview showed, for ever, and writes the database file anew. Hashes, numbers and acts stay.",
  permission: "project:manage",
  body: eraseInput,
  response: erasureSchema,
  status: 201,
});

export const listErasures = defineRoute({
  id: "erasures.list",
  method: "GET",
  path: "/api/v1/projects/:project/erasures",
  summary: "What was erased before: how much, when and by whom, never what. Newest first.",
  permission: "project:manage",
  response: z.object({ items: z.array(erasureSchema) }),
});
