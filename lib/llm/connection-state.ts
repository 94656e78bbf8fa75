import { type AdaptiveLimit, createAdaptiveLimit } from "./adaptive-limit";
import { type Breaker, type BreakerOptions, createBreaker } from "./breaker";
import type { CapabilityMemory } from "./capabilities";
import { type CallContext, circuitOpenError, timeoutError, toLlmError } from "./classify-error";
import { CalledOff, type LlmError } from "./errors";
import type { FairPool } from "./fair-pool";
import type { ConnectionSpec } from "./port";
import { DEFAULT_RETRY, type RetryOptions, withRetry } from "./retry";
import type { Timing } from "./timing";

/** What a process knows of one connection; shared by all the jobs that use it. */
export interface ConnectionState {
  limit: AdaptiveLimit;
  breaker: Breaker;
  capabilities: CapabilityMemory;
}

export function createConnectionState(
  spec: Pick<ConnectionSpec, "maxConcurrency">,
  breaker?: BreakerOptions,
): ConnectionState {
  return {
    limit: createAdaptiveLimit(spec.maxConcurrency),
    breaker: createBreaker(breaker),
    capabilities: new Map(),
  };
}

export interface Caller {
  state: ConnectionState;
  /** The server-wide pool; null = only the connection's own limit holds. */
  pool: FairPool | null;
  /** Whose calls these are, for fairness between jobs. */
  jobId: string;
  timeoutMs: number;
  timing: Timing;
  retry?: RetryOptions | undefined;
  /** Told of each attempt that failed, also when a repetition succeeds. Must not throw. */
  onTrouble?: ((error: LlmError) => void) | undefined;
  /** Looked at before each attempt, when it has its slot: a call may have waited long for it. @throws CalledOff */
  mayStart?: (() => void) | undefined;
}

/**
 * One call through the connection's limit, the fair pool, the breaker, the time limit and the retries.
 * Slots are given back during a back-off; the connection's limit is waited for first, so that a slow
 * endpoint never sits on slots of the common pool.
 * @throws LlmError, CalledOff, or the signal's reason
 */
export function callThrough<Reply>(
  work: (signal: AbortSignal) => Promise<Reply>,
  caller: Caller,
  context: CallContext,
  signal: AbortSignal,
): Promise<Reply> {
  const { pool, jobId, state } = caller;
  const guarded = (): Promise<Reply> => attemptOnce(work, caller, context, signal);
  const slotted = pool === null ? guarded : (): Promise<Reply> => pool.run(jobId, guarded, signal);
  return withRetry(
    () => state.limit.run(jobId, slotted, signal),
    caller.retry ?? DEFAULT_RETRY,
    caller.timing,
    signal,
  );
}

async function attemptOnce<Reply>(
  work: (signal: AbortSignal) => Promise<Reply>,
  caller: Caller,
  context: CallContext,
  signal: AbortSignal,
): Promise<Reply> {
  const { state, timing, timeoutMs } = caller;
  caller.mayStart?.();
  const startedAt = timing.now();
  const waitMs = state.breaker.admit(startedAt);
  if (waitMs > 0) throw circuitOpenError(waitMs, context);
  const timer = new AbortController();
  const timeout = new AbortController();
  timing.sleep(timeoutMs, timer.signal).then(
    () => timeout.abort(),
    () => undefined, // the call ended first and called the timer off
  );
  try {
    const reply = await work(AbortSignal.any([signal, timeout.signal]));
    state.breaker.onReply();
    state.limit.onReply();
    return reply;
  } catch (error) {
    if (signal.aborted) {
      state.breaker.onNeutral();
      throw signal.reason;
    }
    if (error instanceof CalledOff) {
      state.breaker.onNeutral();
      throw error;
    }
    const wrapped = timeout.signal.aborted ? timeoutError(timeoutMs, context) : toLlmError(error, context);
    recordTrouble(wrapped, state, startedAt, timing.now());
    caller.onTrouble?.(wrapped);
    throw wrapped;
  } finally {
    timer.abort();
  }
}

function recordTrouble(error: LlmError, state: ConnectionState, startedAt: number, now: number): void {
  if (error.kind === "rate-limited") state.limit.onRateLimited(startedAt, now);
  const isDead = error.kind === "unreachable" || error.kind === "timeout" || error.kind === "server";
  if (isDead) state.breaker.onFailure(now);
  else state.breaker.onNeutral();
}
