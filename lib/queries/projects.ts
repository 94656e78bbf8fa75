import type {
  About,
  ConnectionTest,
  ConnectionView,
  ProjectModels,
  ProjectView,
} from "@/lib/contracts/projects";
import { connectionSchema, connectionTestSchema, projectSchema } from "@/lib/contracts/projects";
import { apiFetch } from "./api-fetch";

export function openSampleProject(): Promise<ProjectView> {
  return apiFetch("/api/v1/projects/sample", { method: "POST", schema: projectSchema });
}

export function createProject(
  input: { name: string; startingPrompt: string },
  idempotencyKey: string,
): Promise<ProjectView> {
  return apiFetch("/api/v1/projects", { method: "POST", body: input, schema: projectSchema, idempotencyKey });
}

export function updateProject(
  projectId: string,
  changes: { name?: string; about?: About; models?: ProjectModels },
): Promise<ProjectView> {
  return apiFetch(`/api/v1/projects/${projectId}`, { method: "PATCH", body: changes, schema: projectSchema });
}

/** What the connection form sends; a key that is left out stays as it is. */
export interface ConnectionDraft {
  name: string;
  baseUrl: string;
  apiKey?: string;
  prices: ConnectionView["prices"];
  maxConcurrency: number;
  timeoutMs: number;
}

export function saveConnection(id: string | null, draft: ConnectionDraft): Promise<ConnectionView> {
  const path = id === null ? "/api/v1/connections" : `/api/v1/connections/${id}`;
  return apiFetch(path, { method: id === null ? "POST" : "PATCH", body: draft, schema: connectionSchema });
}

export function testConnection(id: string, model: string | null): Promise<ConnectionTest> {
  return apiFetch(`/api/v1/connections/${id}/test`, {
    method: "POST",
    body: { model },
    schema: connectionTestSchema,
  });
}
