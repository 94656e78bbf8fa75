import { z } from "zod";
import { defineRoute } from "../define-route";

export const readOpenApi = defineRoute({
  id: "meta.openapi",
  method: "GET",
  path: "/api/openapi.json",
  summary: "This description, as OpenAPI 3.1.",
  permission: "public",
  response: z.record(z.string(), z.unknown()),
});
