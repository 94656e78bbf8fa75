import "server-only";
import { badReplyError, type CallContext, toLlmError } from "./classify-error";
import { createConnectionState } from "./connection-state";
import { LlmError } from "./errors";
import { createOpenAiClient, type FetchLike } from "./openai-client";
import { createOpenAiModel } from "./openai-model";
import type { ChatRequest, ConnectionSpec } from "./port";
import { NO_RETRY } from "./retry";
import { systemTiming, type Timing } from "./timing";

export type ConnectionStepName = "reach" | "models" | "chat" | "structured-output" | "embeddings";

export interface ConnectionStep {
  step: ConnectionStepName;
  status: "ok" | "failed" | "skipped";
  /** What was found, in a sentence that says what to do when it failed. */
  says: string;
  /** Milliseconds it took; null when skipped. */
  latencyMs: number | null;
}

export interface ConnectionReport {
  /** Whether answers and grades can be had: everything but embeddings and the list of models. */
  isUsable: boolean;
  steps: ConnectionStep[];
  /** Names the endpoint lists; empty when it lists none. */
  models: string[];
  /** Whether the endpoint enforces a JSON schema; null when not found out. */
  enforcesSchema: boolean | null;
}

export interface TestConnectionInput {
  /** Model for the chat steps; the first listed one when null. */
  chatModel: string | null;
  /** Model for the embeddings step; skipped when null. */
  embeddingModel: string | null;
}

interface TestDeps {
  fetch?: FetchLike;
  timing?: Timing;
}

/** Slower than this for one word is worth a remark. */
const SLOW_MS = 10_000;
const YES_SCHEMA = {
  name: "answer",
  schema: {
    type: "object",
    properties: { answer: { type: "string" } },
    required: ["answer"],
    additionalProperties: false,
  },
};

/**
 * Tries a connection step by step and says in words what is wrong. Each step makes at most a few short calls,
 * without repetitions. Rejects only when `signal` aborts.
 */
export async function testConnection(
  spec: ConnectionSpec,
  input: TestConnectionInput,
  deps: TestDeps,
  signal: AbortSignal,
): Promise<ConnectionReport> {
  const timing = deps.timing ?? systemTiming;
  const report: ConnectionReport = { isUsable: false, steps: [], models: [], enforcesSchema: null };
  const listed = await timed(timing, () => listModels(spec, deps, timing, signal), signal);
  report.models = listed.error === null ? listed.value : [];
  report.steps.push(...reachSteps(spec, listed));
  if (listed.error && isHopeless(listed.error))
    return skipRest(report, "Not tried: the endpoint has to be reached first.");
  const model = input.chatModel ?? report.models[0] ?? null;
  if (model === null) return skipRest(report, "Not tried: enter the name of a model.");
  await chatSteps(report, spec, model, deps, timing, signal);
  await embeddingStep(report, spec, input.embeddingModel, deps, timing, signal);
  report.isUsable =
    stepOf(report, "chat")?.status === "ok" && stepOf(report, "structured-output")?.status === "ok";
  return report;
}

type Timed<Value> = { latencyMs: number } & ({ value: Value; error: null } | { error: LlmError });

async function timed<Value>(
  timing: Timing,
  work: () => Promise<Value>,
  signal: AbortSignal,
): Promise<Timed<Value>> {
  const startedAt = timing.now();
  try {
    return { value: await work(), error: null, latencyMs: timing.now() - startedAt };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (!(error instanceof LlmError)) throw error;
    return { error, latencyMs: timing.now() - startedAt };
  }
}

async function listModels(
  spec: ConnectionSpec,
  deps: TestDeps,
  timing: Timing,
  signal: AbortSignal,
): Promise<string[]> {
  const context: CallContext = { baseUrl: spec.baseUrl, model: null, secrets: [spec.apiKey] };
  const timer = new AbortController();
  const timeout = new AbortController();
  timing.sleep(spec.timeoutMs, timer.signal).then(
    () => timeout.abort(),
    () => undefined, // called off
  );
  try {
    const client = createOpenAiClient(spec, deps.fetch);
    // Not `models.list()`: its page object is there even when the reply is no list.
    const page = await client.get<unknown>("/models", {
      signal: AbortSignal.any([signal, timeout.signal]),
    });
    const data = typeof page === "object" && page !== null && "data" in page ? page.data : null;
    if (!Array.isArray(data)) throw badReplyError("it did not send a list of models", context);
    return data.flatMap((entry: { id?: unknown }) => (typeof entry?.id === "string" ? [entry.id] : []));
  } catch (error) {
    signal.throwIfAborted();
    throw toLlmError(error, context);
  } finally {
    timer.abort();
  }
}

/** Whether nothing further can work: no way there, or no right to ask. A missing list of models is no such thing. */
function isHopeless(error: LlmError): boolean {
  return (
    error.kind === "unreachable" ||
    error.kind === "auth" ||
    error.kind === "timeout" ||
    error.code === "no-address"
  );
}

function reachSteps(spec: ConnectionSpec, listed: Timed<string[]>): ConnectionStep[] {
  const host = URL.canParse(spec.baseUrl) ? new URL(spec.baseUrl).host : spec.baseUrl;
  const latencyMs = listed.latencyMs;
  if (listed.error === null) {
    const count = listed.value.length;
    const says =
      count === 0
        ? "It lists no models; enter the model's name by hand."
        : `It lists ${count} ${count === 1 ? "model" : "models"}.`;
    return [
      { step: "reach", status: "ok", says: `${host} answers.`, latencyMs },
      { step: "models", status: "ok", says, latencyMs },
    ];
  }
  const { error } = listed;
  const isMissingKey = error.kind === "auth" && spec.apiKey === null;
  const says = isMissingKey ? `${host} wants a key, and this connection has none. Enter one.` : error.message;
  if (isHopeless(error) || error.status === null) {
    return [{ step: "reach", status: "failed", says, latencyMs }];
  }
  return [
    { step: "reach", status: "ok", says: `${host} answers.`, latencyMs },
    // Many servers have no list; only the chat step says whether this matters.
    { step: "models", status: "skipped", says: `It does not list its models. ${says}`, latencyMs },
  ];
}

async function chatSteps(
  report: ConnectionReport,
  spec: ConnectionSpec,
  model: string,
  deps: TestDeps,
  timing: Timing,
  signal: AbortSignal,
): Promise<void> {
  const state = createConnectionState(spec);
  const port = createOpenAiModel(spec, { ...deps, state, timing, retry: NO_RETRY });
  const request: ChatRequest = {
    model,
    role: "task",
    messages: [{ role: "user", content: "Reply with the single word: ready" }],
    settings: {},
    sample: 0,
  };
  const plain = await timed(timing, () => port.chat(request, signal), signal);
  report.steps.push(chatStep(plain, model, report.models));
  if (plain.error) {
    report.steps.push(skipped("structured-output", "Not tried: the chat has to work first."));
    return;
  }
  const messages = [{ role: "user" as const, content: 'Reply with JSON: {"answer": "ready"}' }];
  const structured = await timed(
    timing,
    () => port.chat({ ...request, messages, schema: YES_SCHEMA }, signal),
    signal,
  );
  const mode = state.capabilities.get(model)?.structuredOutput;
  report.enforcesSchema = structured.error ? null : mode === "schema";
  report.steps.push(structuredStep(structured, report.enforcesSchema === true));
}

function chatStep(result: Timed<{ text: string }>, model: string, listed: readonly string[]): ConnectionStep {
  const { latencyMs } = result;
  if (result.error) {
    const near = listed.slice(0, 5).join(", ");
    const isUnknown = result.error.kind === "not-found" && listed.length > 0 && !listed.includes(model);
    const says = isUnknown ? `There is no model “${model}” here. It lists: ${near}.` : result.error.message;
    return { step: "chat", status: "failed", says, latencyMs };
  }
  const seconds = Math.round(latencyMs / 100) / 10;
  const says =
    latencyMs > SLOW_MS
      ? `“${model}” answers, but slowly: ${seconds} s for one word. Runs will take long.`
      : `“${model}” answers.`;
  return { step: "chat", status: "ok", says, latencyMs };
}

function structuredStep(result: Timed<{ text: string }>, enforcesSchema: boolean): ConnectionStep {
  const step = "structured-output" as const;
  const { latencyMs } = result;
  if (result.error) return { step, status: "failed", says: result.error.message, latencyMs };
  if (!isJsonObject(result.value.text)) {
    const says =
      "Asked for JSON, it answered something else, so its grades could not be read. Choose another model for the judge.";
    return { step, status: "failed", says, latencyMs };
  }
  const says = enforcesSchema
    ? "It keeps to a JSON schema."
    : "It does not enforce a JSON schema, but answers in JSON when asked in words.";
  return { step, status: "ok", says, latencyMs };
}

async function embeddingStep(
  report: ConnectionReport,
  spec: ConnectionSpec,
  model: string | null,
  deps: TestDeps,
  timing: Timing,
  signal: AbortSignal,
): Promise<void> {
  if (model === null) {
    report.steps.push(
      skipped("embeddings", "No model chosen. Similar answers are then found by words, which works too."),
    );
    return;
  }
  const port = createOpenAiModel(spec, {
    ...deps,
    timing,
    retry: NO_RETRY,
  });
  const result = await timed(timing, () => port.embed({ model, texts: ["ready"] }, signal), signal);
  const { latencyMs } = result;
  report.steps.push(
    result.error
      ? { step: "embeddings", status: "failed", says: result.error.message, latencyMs }
      : {
          step: "embeddings",
          status: "ok",
          says: `“${model}” gives vectors of ${result.value.vectors[0]?.length} numbers.`,
          latencyMs,
        },
  );
}

function skipRest(report: ConnectionReport, says: string): ConnectionReport {
  const names = ["models", "chat", "structured-output", "embeddings"] as const;
  for (const step of names) if (!stepOf(report, step)) report.steps.push(skipped(step, says));
  return report;
}

function skipped(step: ConnectionStepName, says: string): ConnectionStep {
  return { step, status: "skipped", says, latencyMs: null };
}

function stepOf(report: ConnectionReport, name: ConnectionStepName): ConnectionStep | undefined {
  return report.steps.find((step) => step.step === name);
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null;
  } catch {
    return false; // not JSON is what we ask about
  }
}
