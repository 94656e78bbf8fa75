import "server-only";
import type { LlmErrorKind } from "@/lib/llm";

/** Counts failed attempts of model calls by job, role and kind, in memory: for reports, no decision rests on it. */
export interface TroubleBook {
  note(jobId: string, role: string, kind: LlmErrorKind): void;
  of(jobId: string): ReadonlyMap<string, ReadonlyMap<LlmErrorKind, number>>;
}

/** Jobs remembered; the oldest is forgotten first, so that a server that runs for months does not grow. */
const MAX_JOBS = 200;

export function createTroubleBook(): TroubleBook {
  const jobs = new Map<string, Map<string, Map<LlmErrorKind, number>>>();
  return {
    note(jobId, role, kind) {
      const roles = jobs.get(jobId) ?? new Map<string, Map<LlmErrorKind, number>>();
      const kinds = roles.get(role) ?? new Map<LlmErrorKind, number>();
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      jobs.set(jobId, roles.set(role, kinds));
      const [oldest] = jobs.keys();
      if (jobs.size > MAX_JOBS && oldest !== undefined) jobs.delete(oldest);
    },
    of: (jobId) => jobs.get(jobId) ?? new Map(),
  };
}
