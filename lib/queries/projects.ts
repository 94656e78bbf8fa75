import { queryOptions } from "@tanstack/react-query";
import { deletionPreviewSchema } from "@/lib/contracts/project-deletion";
import type {
  About,
  ConnectionTest,
  ConnectionView,
  ProjectModels,
  ProjectSettings,
  ProjectView,
} from "@/lib/contracts/projects";
import { connectionSchema, connectionTestSchema, projectSchema } from "@/lib/contracts/projects";
import { type Retention, type RetentionPreview, retentionPreviewSchema } from "@/lib/contracts/retention";
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
  changes: {
    name?: string;
    about?: About;
    models?: ProjectModels;
    /** Whole: what is left out would get its default. */
    settings?: ProjectSettings;
    archived?: boolean;
  },
): Promise<ProjectView> {
  return apiFetch(`/api/v1/projects/${projectId}`, { method: "PATCH", body: changes, schema: projectSchema });
}

/** What would no longer be kept now with these settings. */
export function previewRetention(
  projectId: string,
  { callsDays, messagesDays }: Retention,
): Promise<RetentionPreview> {
  const query = new URLSearchParams();
  if (callsDays !== null) query.set("callsDays", String(callsDays));
  if (messagesDays !== null) query.set("messagesDays", String(messagesDays));
  const path = `/api/v1/projects/${projectId}/retention?${query}`;
  return apiFetch(path, { schema: retentionPreviewSchema });
}

/** @param idempotencyKey one a dialog: pressing twice makes one project */
export function duplicateProject(
  projectId: string,
  name: string,
  idempotencyKey: string,
): Promise<ProjectView> {
  const request = { method: "POST" as const, body: { name }, schema: projectSchema, idempotencyKey };
  return apiFetch(`/api/v1/projects/${projectId}/duplicate`, request);
}

/** What would be deleted with the project; asked anew each time a dialog opens. */
export const deletionOptions = (projectId: string) =>
  queryOptions({
    queryKey: ["projects", projectId, "deletion"],
    queryFn: ({ signal }) =>
      apiFetch(`/api/v1/projects/${projectId}/deletion`, { schema: deletionPreviewSchema, signal }),
    staleTime: 0,
    gcTime: 0,
  });

/** @param name as it was typed; the server compares it */
export function deleteProject(projectId: string, name: string): Promise<undefined> {
  return apiFetch(`/api/v1/projects/${projectId}/delete`, { method: "POST", body: { name } });
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
