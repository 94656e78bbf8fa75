"use client";

import { queryOptions } from "@tanstack/react-query";
import {
  type MlflowCheck,
  type MlflowImportView,
  type MlflowLinkView,
  type MlflowPage,
  type MlflowPushView,
  mlflowCheckSchema,
  mlflowImportSchema,
  mlflowLinkSchema,
  mlflowPageSchema,
  mlflowPushSchema,
} from "@/lib/contracts/mlflow";
import { apiFetch } from "./api-fetch";
import { useSeededQuery } from "./use-seeded-query";

const at = (projectId: string): string => `/api/v1/projects/${encodeURIComponent(projectId)}/mlflow`;

export interface MlflowLinkDraft {
  url: string;
  experiment: string;
  username: string | null;
  /** Left out: as it is; null: none. */
  token?: string | null;
  writesOnPromote: boolean;
}

export function saveMlflow(projectId: string, draft: MlflowLinkDraft): Promise<MlflowLinkView> {
  return apiFetch(at(projectId), { method: "PUT", body: draft, schema: mlflowLinkSchema });
}

export function removeMlflow(projectId: string): Promise<undefined> {
  return apiFetch(at(projectId), { method: "DELETE" });
}

/** Asks the server which services it has, and where the aliases point there. */
export function checkMlflow(projectId: string): Promise<MlflowCheck> {
  return apiFetch(`${at(projectId)}/check`, { method: "POST", schema: mlflowCheckSchema });
}

export function startMlflowImport(projectId: string): Promise<MlflowImportView> {
  return apiFetch(`${at(projectId)}/imports`, { method: "POST", schema: mlflowImportSchema });
}

export function confirmMlflowImport(projectId: string, importId: string): Promise<MlflowImportView> {
  const path = `${at(projectId)}/imports/${encodeURIComponent(importId)}/confirm`;
  return apiFetch(path, { method: "POST", schema: mlflowImportSchema });
}

export function pushMlflowAgain(projectId: string, pushId: string, force: boolean): Promise<MlflowPushView> {
  const path = `${at(projectId)}/pushes/${encodeURIComponent(pushId)}/again`;
  return apiFetch(path, { method: "POST", body: { force }, schema: mlflowPushSchema });
}

const POLL_MS = 1_000;

/** The page; looked at again while something is read, or written there. */
export function useMlflow(projectId: string, initial: MlflowPage) {
  const options = queryOptions({
    queryKey: ["mlflow", projectId] as const,
    queryFn: ({ signal }) => apiFetch(at(projectId), { schema: mlflowPageSchema, signal }),
    refetchInterval: ({ state }) => (state.data && isAtWork(state.data) ? POLL_MS : false),
  });
  return useSeededQuery(options, initial);
}

function isAtWork({ import: newest, pushes }: MlflowPage): boolean {
  const isMoving = newest?.state === "reading" || newest?.state === "writing";
  return isMoving || pushes.some(({ state, attempts }) => state === "waiting" && attempts === 0);
}
