import "server-only";
import type OpenAI from "openai";
import { capabilitiesOf, type ModelCapabilities, relearn } from "./capabilities";
import { badReplyError, type CallContext } from "./classify-error";
import { type Caller, type ConnectionState, callThrough, createConnectionState } from "./connection-state";
import { costUsdOf } from "./cost";
import type { LlmError } from "./errors";
import type { FairPool } from "./fair-pool";
import { createOpenAiClient, type FetchLike } from "./openai-client";
import type { ChatReply, ChatRequest, ConnectionSpec, Embedder, EmbedReply, LanguageModel } from "./port";
import type { RetryOptions } from "./retry";
import { askForJsonInText, unwrapFencedJson } from "./structured-output";
import { systemTiming, type Timing } from "./timing";
import { readChat, readEmbeddings } from "./wire";

/** Header that names the reading, so that simulated models can give a fresh one. */
const SAMPLE_HEADER = "x-touchstone-sample";

export interface OpenAiModelDeps {
  /** Replaces the network: the simulated models, or a fetch that checks addresses. */
  fetch?: FetchLike;
  /** What the process knows of the connection; own and fresh when absent. */
  state?: ConnectionState;
  /** The server-wide pool, and the job on whose account the calls wait in it. */
  pool?: FairPool;
  jobId?: string;
  timing?: Timing;
  retry?: RetryOptions;
  /** Told of each attempt that failed, also when a repetition succeeds. Must not throw. */
  onTrouble?: (error: LlmError) => void;
  /** Looked at before each attempt of a chat or embedding, when it has its slot. @throws CalledOff */
  mayStart?: (() => void) | undefined;
}

/**
 * The models of one connection through the `openai` SDK. Cheap to make: one a job, sharing `state` and `pool`.
 * Both methods throw LlmError (after retries), CalledOff or the signal's reason; nothing else.
 */
export function createOpenAiModel(
  spec: ConnectionSpec,
  deps: OpenAiModelDeps = {},
): LanguageModel & Embedder {
  const client = createOpenAiClient(spec, deps.fetch);
  const caller: Caller = {
    state: deps.state ?? createConnectionState(spec),
    pool: deps.pool ?? null,
    jobId: deps.jobId ?? "unnamed",
    timeoutMs: spec.timeoutMs,
    timing: deps.timing ?? systemTiming,
    retry: deps.retry,
    onTrouble: deps.onTrouble,
    mayStart: deps.mayStart,
  };
  const contextOf = (model: string): CallContext => ({
    baseUrl: spec.baseUrl,
    model,
    secrets: [spec.apiKey],
  });
  return {
    chat: (request, signal) =>
      chat(request, { client, caller, spec, context: contextOf(request.model) }, signal),
    embed: (request, signal) =>
      embed(request, { client, caller, spec, context: contextOf(request.model) }, signal),
  };
}

interface Parts {
  client: OpenAI;
  caller: Caller;
  spec: ConnectionSpec;
  context: CallContext;
}

/** Asks once; a refusal that teaches how the model wants to be asked leads to one more call each. */
async function chat(request: ChatRequest, parts: Parts, signal: AbortSignal): Promise<ChatReply> {
  const memory = parts.caller.state.capabilities;
  const wanted = {
    schema: request.schema !== undefined,
    tokenLimit: request.settings.maxOutputTokens !== undefined,
    steady: isSteady(request),
  };
  for (let known = capabilitiesOf(memory, request.model); ; ) {
    try {
      const reply = await chatAs(known, request, parts, signal);
      const isProven = wanted.schema && known.structuredOutput === "unknown";
      memory.set(request.model, isProven ? { ...known, structuredOutput: "schema" } : known);
      return reply;
    } catch (error) {
      const learned = relearn(error, known, wanted);
      if (learned === null) throw error;
      known = learned;
    }
  }
}

async function chatAs(
  known: ModelCapabilities,
  request: ChatRequest,
  parts: Parts,
  signal: AbortSignal,
): Promise<ChatReply> {
  const { client, caller, spec, context } = parts;
  const body = chatBody(known, request);
  const { reply, latencyMs } = await callThrough(
    async (callSignal) => {
      const startedAt = caller.timing.now();
      const raw = await client.chat.completions.create(body, {
        signal: callSignal,
        headers: sampleHeader(spec, request.sample),
      });
      const read = readChat(raw);
      if (!read.ok) throw badReplyError(read.problem, context);
      return { reply: read.value, latencyMs: caller.timing.now() - startedAt };
    },
    caller,
    context,
    signal,
  );
  return {
    ...reply,
    text: request.schema && known.structuredOutput === "text" ? unwrapFencedJson(reply.text) : reply.text,
    costUsd: costUsdOf(reply.usage, spec.prices, request.model),
    latencyMs,
    simulated: spec.kind === "simulated",
  };
}

function chatBody(
  known: ModelCapabilities,
  request: ChatRequest,
): OpenAI.Chat.ChatCompletionCreateParamsNonStreaming {
  const { topP, maxOutputTokens } = request.settings;
  const steady = isSteady(request) && known.temperature === "free" ? 0 : undefined;
  const temperature = request.settings.temperature ?? steady;
  const inText = request.schema !== undefined && known.structuredOutput === "text";
  const messages =
    inText && request.schema ? askForJsonInText(request.messages, request.schema) : request.messages;
  return {
    model: request.model,
    messages: messages.map(({ role, content }) => ({ role, content })),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(maxOutputTokens === undefined ? {} : { [known.tokenLimitName]: maxOutputTokens }),
    ...(request.schema && !inText
      ? { response_format: { type: "json_schema", json_schema: { ...request.schema, strict: true } } }
      : {}),
  };
}

/** A judge reads as steadily as it can, unless its settings say otherwise (alignment.md, Judge). */
function isSteady({ role, settings }: ChatRequest): boolean {
  return role === "judge" && settings.temperature === undefined;
}

/** Real endpoints see the header only for a fresh reading; it tells nothing but its number. */
function sampleHeader(spec: ConnectionSpec, sample: number): Record<string, string> {
  return spec.kind === "simulated" || sample > 0 ? { [SAMPLE_HEADER]: String(sample) } : {};
}

async function embed(
  request: { model: string; texts: readonly string[] },
  parts: Parts,
  signal: AbortSignal,
): Promise<EmbedReply> {
  const { client, caller, spec, context } = parts;
  const { value, latencyMs } = await callThrough(
    async (callSignal) => {
      const startedAt = caller.timing.now();
      const raw = await client.embeddings.create(
        { model: request.model, input: [...request.texts], encoding_format: "float" },
        { signal: callSignal },
      );
      const read = readEmbeddings(raw, request.texts.length);
      if (!read.ok) throw badReplyError(read.problem, context);
      return { value: read.value, latencyMs: caller.timing.now() - startedAt };
    },
    caller,
    context,
    signal,
  );
  return { ...value, costUsd: costUsdOf(value.usage, spec.prices, request.model), latencyMs };
}
