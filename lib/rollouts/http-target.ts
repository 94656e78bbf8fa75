import { z } from "zod";
import { DEFAULT_RETRY, type FetchLike, LlmError, type Timing, withRetry } from "@/lib/llm";
import { atPointer } from "./json-pointer";
import { NO_COST, type TargetAnswer } from "./target-answer";
import type { RolloutCost, RolloutSpec, RolloutStep, TargetSnapshot } from "./types";

type HttpTarget = Extract<TargetSnapshot, { kind: "http" }>;

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
const MAX_STEPS = 200;
const MAX_STEP_CHARS = 20_000;

const text = z
  .unknown()
  .transform((value) =>
    (typeof value === "string" ? value : (JSON.stringify(value) ?? "")).slice(0, MAX_STEP_CHARS),
  );

const stepsSchema = z
  .array(
    z
      .object({
        tool: z.string().optional(),
        name: z.string().optional(),
        arguments: text,
        result: text,
        ms: z.number().nonnegative().nullish(),
      })
      .transform(
        (step): RolloutStep => ({
          tool: step.tool ?? step.name ?? "unnamed",
          arguments: step.arguments,
          result: step.result,
          ms: step.ms ?? null,
        }),
      ),
  )
  .max(MAX_STEPS);

const tokens = z.number().nonnegative().nullish();
const usageSchema = z.object({
  input_tokens: tokens,
  prompt_tokens: tokens,
  output_tokens: tokens,
  completion_tokens: tokens,
  cost_usd: tokens,
});

/** Asks the user's own agent over HTTP, with the prompts under test; it must use them and change nothing (`dry_run`). */
export async function askHttpTarget(
  spec: RolloutSpec,
  target: HttpTarget,
  deps: { fetch: FetchLike; timing: Timing },
  signal: AbortSignal,
): Promise<TargetAnswer> {
  const startedAt = deps.timing.now();
  try {
    const reply = await withRetry(() => post(spec, target, deps, signal), AGENT_RETRY, deps.timing, signal);
    return readReply(reply, target, deps.timing.now() - startedAt);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof LlmError)) throw error;
    return { status: "failed", cause: error.message, answered: error.kind === "bad-reply", cost: NO_COST };
  }
}

async function post(
  spec: RolloutSpec,
  target: HttpTarget,
  deps: { fetch: FetchLike; timing: Timing },
  signal: AbortSignal,
): Promise<unknown> {
  const host = new URL(target.url).host;
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
      body: JSON.stringify(requestBody(spec)),
      signal: AbortSignal.any([signal, timeout.signal]),
      redirect: "manual",
    });
    if (!response.ok) throw await statusError(host, response);
    return parseReply(host, await response.text());
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

/** The agent fills variables itself: it gets the prompts as they are, and the fields beside them. */
function requestBody(spec: RolloutSpec): Record<string, unknown> {
  return {
    messages: spec.inputs.messages,
    fields: spec.inputs.fields,
    prompts: spec.components,
    run_id: spec.runId,
    rollout_id: spec.rolloutId,
    dry_run: true,
  };
}

async function statusError(host: string, response: Response): Promise<LlmError> {
  const { status } = response;
  const said = (await response.text()).replace(/\s+/g, " ").slice(0, 200);
  const quote = said === "" || said.includes("<html") ? "" : ` It said: “${said}”`;
  const words = `The agent at ${host} answered with status ${status}.${quote}`;
  if (status === 429)
    return new LlmError({
      kind: "rate-limited",
      isRetryable: true,
      status,
      message: words,
      retryAfterMs: retryAfterMs(response),
    });
  if (status === 401 || status === 403)
    return new LlmError({
      kind: "auth",
      isRetryable: false,
      status,
      message: `${words} Check the headers of the target.`,
    });
  if (status >= 500 || status === 408 || status === 409)
    return new LlmError({ kind: "server", isRetryable: true, status, message: words });
  if (status >= 300 && status < 400)
    return new LlmError({
      kind: "not-found",
      isRetryable: false,
      status,
      message: `${words} Enter the address it sends to.`,
    });
  return new LlmError({
    kind: status === 404 ? "not-found" : "bad-request",
    isRetryable: false,
    status,
    message: words,
  });
}

function retryAfterMs(response: Response): number | null {
  const seconds = Number.parseFloat(response.headers.get("retry-after") ?? "");
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}

function parseReply(host: string, body: string): unknown {
  if (body.length > MAX_REPLY_CHARS)
    throw trouble("bad-reply", false, `The agent at ${host} sent more than ${MAX_REPLY_CHARS} characters.`);
  try {
    return JSON.parse(body);
  } catch (error) {
    throw trouble("bad-reply", false, `The agent at ${host} answered, but not in JSON.`, error);
  }
}

function readReply(reply: unknown, target: HttpTarget, latencyMs: number): TargetAnswer {
  const cost: RolloutCost = { ...usageIn(reply, target), latencyMs, simulated: false };
  const output = atPointer(reply, target.replyPointer);
  if (typeof output !== "string" || output.trim() === "") {
    const cause = `The agent answered, but its reply has no text at ${target.replyPointer === "" ? "its top" : target.replyPointer}. Check the target's reply path.`;
    return { status: "failed", cause, answered: true, cost };
  }
  if (target.stepsPointer === null) return { status: "answered", output, steps: null, cost };
  const steps = stepsSchema.safeParse(atPointer(reply, target.stepsPointer) ?? []);
  if (steps.success) return { status: "answered", output, steps: steps.data, cost };
  const cause = `The agent answered, but its steps at ${target.stepsPointer} are no list of {tool, arguments, result, ms}.`;
  return { status: "failed", cause, answered: true, cost };
}

/** Figures are for display; an agent that reports none or odd ones is no failure. */
function usageIn(
  reply: unknown,
  target: HttpTarget,
): Pick<RolloutCost, "inputTokens" | "outputTokens" | "costUsd"> {
  const parsed =
    target.usagePointer === null ? null : usageSchema.safeParse(atPointer(reply, target.usagePointer));
  if (!parsed?.success) return { inputTokens: null, outputTokens: null, costUsd: null };
  const { data } = parsed;
  return {
    inputTokens: data.input_tokens ?? data.prompt_tokens ?? null,
    outputTokens: data.output_tokens ?? data.completion_tokens ?? null,
    costUsd: data.cost_usd ?? null,
  };
}

function trouble(kind: LlmError["kind"], isRetryable: boolean, message: string, cause?: unknown): LlmError {
  return new LlmError({ kind, isRetryable, message, cause });
}
