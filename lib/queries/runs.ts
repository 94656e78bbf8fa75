import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import {
  type CandidateBecause,
  type CandidateDetail,
  candidateBecauseSchema,
  candidateDetailSchema,
  type RunCallDetail,
  runCallDetailSchema,
  runCallSchema,
} from "@/lib/contracts/run-candidates";
import { unpackRunSnapshot, type WireRunSnapshot, wireRunSnapshotSchema } from "@/lib/contracts/run-matrix";
import {
  type Preflight,
  preflightSchema,
  type RunSnapshot,
  runRowSchema,
  type StartRunInput,
  type SteerInput,
} from "@/lib/contracts/runs";
import { apiFetch } from "./api-fetch";

/** Runs of a project, newest first. */
export function runsOptions(projectId: string) {
  return queryOptions({
    queryKey: ["runs", projectId] as const,
    queryFn: async ({ signal }) =>
      (
        await apiFetch(`/api/v1/projects/${projectId}/runs`, {
          schema: z.object({ items: z.array(runRowSchema) }),
          signal,
        })
      ).items,
  });
}

/** What a launch with these settings would find and cost. Spends nothing. */
export function preflightOptions(projectId: string, input: StartRunInput) {
  return queryOptions({
    queryKey: ["run-preflight", projectId, input] as const,
    queryFn: ({ signal }): Promise<Preflight> =>
      apiFetch(`/api/v1/projects/${projectId}/runs/preflight`, {
        method: "POST",
        body: input,
        schema: preflightSchema,
        signal,
      }),
    staleTime: 10_000,
  });
}

/** One candidate opened. Final once it is settled; until then its results grow. */
export function candidateOptions(runId: string, candidateId: string, scoredCount: number) {
  return queryOptions({
    queryKey: ["run-candidate", runId, candidateId, scoredCount] as const,
    queryFn: ({ signal }): Promise<CandidateDetail> =>
      apiFetch(`/api/v1/runs/${runId}/candidates/${candidateId}`, { schema: candidateDetailSchema, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What led to a candidate. It was settled before the candidate was there. */
export function candidateBecauseOptions(runId: string, candidateId: string) {
  return queryOptions({
    queryKey: ["run-because", runId, candidateId] as const,
    queryFn: ({ signal }): Promise<CandidateBecause> =>
      apiFetch(`/api/v1/runs/${runId}/candidates/${candidateId}/because`, {
        schema: candidateBecauseSchema,
        signal,
      }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Calls made for a candidate; with more scored answers there are more of them. */
export function candidateCallsOptions(runId: string, candidateId: string, scoredCount: number) {
  return queryOptions({
    queryKey: ["run-calls", runId, candidateId, scoredCount] as const,
    queryFn: async ({ signal }) =>
      (
        await apiFetch(`/api/v1/runs/${runId}/candidates/${candidateId}/calls`, {
          schema: z.object({ items: z.array(runCallSchema) }),
          signal,
        })
      ).items,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** One call with its texts; a call that was committed never changes. */
export function callOptions(runId: string, callId: string) {
  return queryOptions({
    queryKey: ["run-call", runId, callId] as const,
    queryFn: ({ signal }): Promise<RunCallDetail> =>
      apiFetch(`/api/v1/runs/${runId}/calls/${callId}`, { schema: runCallDetailSchema, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function startRun(
  projectId: string,
  input: StartRunInput,
  idempotencyKey: string,
): Promise<WireRunSnapshot> {
  return apiFetch(`/api/v1/projects/${projectId}/runs`, {
    method: "POST",
    body: input,
    schema: wireRunSnapshotSchema,
    idempotencyKey,
  });
}

export type RunAction = "pause" | "resume" | "cancel" | "stop";

export async function controlRun(runId: string, action: RunAction): Promise<RunSnapshot> {
  const path = `/api/v1/runs/${runId}/${action}`;
  return unpackRunSnapshot(await apiFetch(path, { method: "POST", schema: wireRunSnapshotSchema }));
}

export function steerRun(runId: string, input: SteerInput): Promise<undefined> {
  return apiFetch(`/api/v1/runs/${runId}/steer`, { method: "POST", body: input });
}

/** Opens the review of a candidate, or gives the one that is open already. */
export function openReview(
  projectId: string,
  candidate: { runId: string; candidateId: string },
  idempotencyKey: string,
): Promise<{ id: string }> {
  return apiFetch(`/api/v1/projects/${projectId}/reviews`, {
    method: "POST",
    body: candidate,
    schema: z.object({ id: z.string() }),
    idempotencyKey,
  });
}
