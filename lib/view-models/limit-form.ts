import type { ConnectionView } from "@/lib/contracts/projects";

const DEFAULT_CONCURRENCY = 16;
const DEFAULT_TIMEOUT_MS = 120_000;

/** Limits of a connection as they are typed. */
export interface LimitDraft {
  maxConcurrency: string;
  timeoutSeconds: string;
}

export function limitDraftOf(
  connection: Pick<ConnectionView, "maxConcurrency" | "timeoutMs"> | null,
): LimitDraft {
  return {
    maxConcurrency: String(connection?.maxConcurrency ?? DEFAULT_CONCURRENCY),
    timeoutSeconds: String((connection?.timeoutMs ?? DEFAULT_TIMEOUT_MS) / 1_000),
  };
}

/** As the server takes them; what is no number it refuses in words. */
export function limitsOf({ maxConcurrency, timeoutSeconds }: LimitDraft) {
  return {
    maxConcurrency: Number(maxConcurrency),
    timeoutMs: Math.round(Number(timeoutSeconds) * 1_000),
  };
}
