import {
  type ApiKeyView,
  apiKeySchema,
  type CreateApiKeyInput,
  type CreatedApiKey,
  createdApiKeySchema,
} from "@/lib/contracts/accounts";
import { apiFetch } from "./api-fetch";

/** The secret is in this answer and never again. */
export function createKey(projectId: string, input: CreateApiKeyInput): Promise<CreatedApiKey> {
  return apiFetch(`/api/v1/projects/${projectId}/keys`, {
    method: "POST",
    body: input,
    schema: createdApiKeySchema,
  });
}

export function revokeKey(projectId: string, keyId: string): Promise<ApiKeyView> {
  return apiFetch(`/api/v1/projects/${projectId}/keys/${keyId}`, { method: "DELETE", schema: apiKeySchema });
}
