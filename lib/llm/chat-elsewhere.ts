import "server-only";
import { type ConnectionState, callThrough } from "./connection-state";
import type { LlmError } from "./errors";
import type { ChatReply, ChatRequest, ConnectionSpec } from "./port";
import { systemTiming, type Timing } from "./timing";

export interface ElsewhereDeps {
  /** What this process knows of the connection: its limit, breaker and repetitions hold for calls made elsewhere too. */
  state: ConnectionState;
  jobId: string;
  timing?: Timing;
  onTrouble?: (error: LlmError) => void;
  /** @throws CalledOff */
  mayStart?: (() => void) | undefined;
}

/** Room for another process to take the call over from one that died; the caller there keeps the connection's limit. */
const TAKE_OVER_MS = 20_000;

/**
 * A chat whose attempts are made in another process. Everything that must hold over all processes stays here: calls in
 * flight on the connection, the breaker, back-off and repetitions. It takes no place of this process's pool.
 * @throws LlmError, CalledOff, or the signal's reason
 */
export function chatElsewhere(
  spec: ConnectionSpec,
  request: ChatRequest,
  deps: ElsewhereDeps,
  attempt: (signal: AbortSignal) => Promise<ChatReply>,
  signal: AbortSignal,
): Promise<ChatReply> {
  const { state, jobId, onTrouble, mayStart } = deps;
  const caller = {
    state,
    pool: null,
    jobId,
    timeoutMs: spec.timeoutMs + TAKE_OVER_MS,
    timing: deps.timing ?? systemTiming,
    onTrouble,
    mayStart,
  };
  const context = { baseUrl: spec.baseUrl, model: request.model, secrets: [spec.apiKey] };
  return callThrough(attempt, caller, context, signal);
}
