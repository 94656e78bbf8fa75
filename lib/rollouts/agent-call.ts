import { DEFAULT_RETRY, type FetchLike, LlmError, type Timing, withRetry } from "@/lib/llm";
import type { AgentRequest } from "./agent-request";
import type { HttpTarget } from "./types";

/** Agents are told that it is a dry run, so repeating is safe; they are slow, so it is done sparingly. */
const AGENT_RETRY = {
  ...DEFAULT_RETRY,
  repetitions: {
    ...DEFAULT_RETRY.repetitions,
    "rate-limited": 3,
    server: 1,
    unreachable: 2,
    timeout: 0,
    "bad-reply": 0,
  },
};
const MAX_REPLY_CHARS = 2_000_000;

export interface AgentCallDeps {
  fetch: FetchLike;
  timing: Timing;
}

/** The agent's reply as JSON, after the repetitions that are worth it. @throws LlmError, or the signal's reason */
export async function callAgent(
  target: HttpTarget,
  request: AgentRequest,
  deps: AgentCallDeps,
  signal: AbortSignal,
): Promise<{ reply: unknown; latencyMs: number }> {
  const startedAt = deps.timing.now();
  const host = new URL(target.url).host;
  const attempt = async () => {
    const { response, body } = await postToAgent(target, request, deps, signal);
    if (!response.ok) throw statusError(host, response, body);
    return parseReply(host, body);
  };
  const reply = await withRetry(attempt, AGENT_RETRY, deps.timing, signal);
  return { reply, latencyMs: deps.timing.now() - startedAt };
}

/** One POST, whatever the status. @throws LlmError when nothing came back, or the signal's reason */
export async function postToAgent(
  target: HttpTarget,
  request: AgentRequest,
  deps: AgentCallDeps,
  signal: AbortSignal,
): Promise<{ response: Response; body: string; latencyMs: number }> {
  const host = new URL(target.url).host;
  const startedAt = deps.timing.now();
  const timer = new AbortController();
  const timeout = new AbortController();
  deps.timing.sleep(target.timeoutMs, timer.signal).then(
    () => timeout.abort(),
    () => undefined, // the call ended first and called the timer off
  );
  try {
    const response = await deps.fetch(target.url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json", ...target.headers },
      body: JSON.stringify(request),
      signal: AbortSignal.any([signal, timeout.signal]),
      redirect: "manual",
    });
    const body = await response.text();
    return { response, body, latencyMs: deps.timing.now() - startedAt };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof LlmError) throw error;
    if (timeout.signal.aborted)
      throw trouble(
        "timeout",
        true,
        `The agent at ${host} did not answer within ${Math.round(target.timeoutMs / 1000)} seconds.`,
      );
    throw trouble(
      "unreachable",
      true,
      `The agent at ${host} could not be reached. Check that it runs, and its address.`,
      error,
    );
  } finally {
    timer.abort();
  }
}

/** What a status that is no success means, and whether to try again. */
export function statusError(host: string, response: Response, body: string): LlmError {
  const { status } = response;
  const said = body.replace(/\s+/g, " ").slice(0, 200);
  const quote = said === "" || said.includes("<html") ? "" : ` It said: “${said}”`;
  const words = `The agent at ${host} answered with status ${status}.${quote}`;
  const of = (kind: LlmError["kind"], isRetryable: boolean, advice = "") =>
    new LlmError({
      kind,
      isRetryable,
      status,
      message: `${words}${advice}`,
      ...(kind === "rate-limited" ? { retryAfterMs: retryAfterMs(response) } : {}),
    });
  if (status === 429) return of("rate-limited", true);
  if (status === 401 || status === 403) return of("auth", false, " Check the headers of the agent.");
  if (status >= 500 || status === 408 || status === 409) return of("server", true);
  if (status >= 300 && status < 400) return of("not-found", false, " Enter the address it sends to.");
  return of(status === 404 ? "not-found" : "bad-request", false);
}

function retryAfterMs(response: Response): number | null {
  const seconds = Number.parseFloat(response.headers.get("retry-after") ?? "");
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}

/** @throws LlmError of kind bad-reply: the agent answered, but nothing that can be read */
export function parseReply(host: string, body: string): unknown {
  if (body.length > MAX_REPLY_CHARS)
    throw trouble("bad-reply", false, `The agent at ${host} sent more than ${MAX_REPLY_CHARS} characters.`);
  try {
    return JSON.parse(body);
  } catch (error) {
    throw trouble("bad-reply", false, `The agent at ${host} answered, but not in JSON.`, error);
  }
}

function trouble(kind: LlmError["kind"], isRetryable: boolean, message: string, cause?: unknown): LlmError {
  return new LlmError({ kind, isRetryable, message, cause });
}
