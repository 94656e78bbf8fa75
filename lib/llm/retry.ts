import { LlmError, type LlmErrorKind } from "./errors";
import type { Timing } from "./timing";

export interface RetryOptions {
  /** First wait, doubled by each further attempt, before jitter. */
  baseMs: number;
  /** No wait is longer; a provider that asks for more is not waited for. */
  maxWaitMs: number;
  /** Repetitions at most, by kind of trouble. */
  repetitions: Readonly<Record<LlmErrorKind, number>>;
}

/** Costly or hopeless repetitions are few: a timed-out call may have been paid for, a wrong key stays wrong. */
export const DEFAULT_RETRY: RetryOptions = {
  baseMs: 500,
  maxWaitMs: 60_000,
  repetitions: {
    "rate-limited": 6,
    server: 4,
    unreachable: 3,
    timeout: 1,
    "bad-reply": 1,
    auth: 0,
    "not-found": 0,
    "bad-request": 0,
    "circuit-open": 0,
  },
};

/** One attempt only: for trying a connection, where the trouble is what is asked for. */
export const NO_RETRY: RetryOptions = {
  baseMs: 0,
  maxWaitMs: 0,
  repetitions: {
    "rate-limited": 0,
    server: 0,
    unreachable: 0,
    timeout: 0,
    "bad-reply": 0,
    auth: 0,
    "not-found": 0,
    "bad-request": 0,
    "circuit-open": 0,
  },
};

/**
 * Calls `attempt` until it succeeds, its trouble is not worth repeating, or the signal aborts.
 * Only `LlmError`s marked retryable are repeated; anything else, an abort above all, passes through at once.
 */
export async function withRetry<Result>(
  attempt: (number: number) => Promise<Result>,
  options: RetryOptions,
  timing: Timing,
  signal: AbortSignal,
): Promise<Result> {
  for (let attempts = 1; ; attempts++) {
    signal.throwIfAborted();
    try {
      return await attempt(attempts);
    } catch (error) {
      if (!(error instanceof LlmError)) throw error;
      error.attempts = attempts;
      const waitMs = waitBefore(error, attempts, options, timing);
      if (waitMs === null) throw error;
      await timing.sleep(waitMs, signal);
    }
  }
}

/**
 * Full jitter (Brooker, "Exponential backoff and jitter", 2015), on top of what the provider asked for, so that calls
 * refused together do not come back together. Null = do not repeat.
 */
function waitBefore(error: LlmError, attempts: number, options: RetryOptions, timing: Timing): number | null {
  if (!error.isRetryable || attempts > options.repetitions[error.kind]) return null;
  const askedMs = error.retryAfterMs ?? 0;
  if (askedMs > options.maxWaitMs) return null;
  const jitterMs = timing.random() * Math.min(options.maxWaitMs, options.baseMs * 2 ** (attempts - 1));
  return Math.min(options.maxWaitMs, askedMs + jitterMs);
}
