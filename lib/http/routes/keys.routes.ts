import { z } from "zod";
import { apiKeySchema, createApiKeyInput, createdApiKeySchema } from "@/lib/contracts/accounts";
import { defineRoute } from "../define-route";

export const listKeys = defineRoute({
  id: "keys.list",
  method: "GET",
  path: "/api/v1/projects/:project/keys",
  summary: "The project's API keys, without their secrets.",
  permission: "keys:manage",
  response: z.object({ items: z.array(apiKeySchema) }),
});

export const createKey = defineRoute({
  id: "keys.create",
  method: "POST",
  path: "/api/v1/projects/:project/keys",
  summary: "Makes an API key. Its secret is in this answer and never again.",
  permission: "keys:manage",
  body: createApiKeyInput,
  response: createdApiKeySchema,
  status: 201,
  shownOnce: true,
});

export const revokeKey = defineRoute({
  id: "keys.revoke",
  method: "DELETE",
  path: "/api/v1/projects/:project/keys/:key",
  summary: "Revokes an API key at once. It stays listed, as revoked.",
  permission: "keys:manage",
  response: apiKeySchema,
});
