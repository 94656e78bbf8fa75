import "server-only";
import { z } from "zod";
import type { CallReply, CallStart, Json, PaidCallsRepo } from "@/db/repos/paid-calls.repo";
import { ERASED_CAUSE, isErased } from "@/lib/contracts/erasure";
import { AppError } from "@/lib/contracts/errors";
import {
  type ChatReply,
  type ChatRequest,
  type ConnectionSpec,
  type ConnectionState,
  chatElsewhere,
  createConnectionState,
  createOpenAiModel,
  type Embedder,
  type EmbedReply,
  type FairPool,
  type FetchLike,
  type LanguageModel,
  type LlmErrorKind,
} from "@/lib/llm";
import type { Elsewhere, Flight, KeyedChatRequest, ModelCaller, ModelRef } from "@/lib/rollouts/model-caller";
import type { AgentCaller, AgentReply, RolloutHost } from "@/lib/rollouts/rollout-host";
import { sha256Hex, stableStringify } from "@/lib/util/hash";
import { createTroubleBook } from "./trouble-book";

export interface ModelGatewayDeps {
  /** The connection with its key unsealed; throws `no-connection` when it is gone. */
  connectionSpec(connectionId: string): ConnectionSpec;
  /** The network of a connection: the simulated models, or a fetch that checks addresses. */
  fetchFor(spec: ConnectionSpec): FetchLike | undefined;
  pool: FairPool;
  paidCalls: PaidCallsRepo;
  now(): number;
  newId(prefix: string): string;
}

/** What a job may refuse to spend. Called before each new call, never for a kept reply. */
export interface SpendGuard {
  /** @throws the error that ends the job's spending (money cap reached). */
  beforeCall(ref: ModelRef, request: KeyedChatRequest): void;
}

export interface JobModels {
  call: ModelCaller;
  /** The project's own agent: its replies are kept like those of models. */
  agent: AgentCaller;
  embed(
    ref: ModelRef,
    callKey: string,
    texts: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly (readonly number[])[]>;
  /** Absent where no job can be paused. */
  waitOut?: RolloutHost["waitOut"];
}

export interface ModelGateway {
  /** Models on account of one job: each reply is committed before it is used, and none is bought twice. */
  forJob(jobId: string, guard?: SpendGuard): JobModels;
  /** A model without a job, for trying a question. Nothing is kept. */
  direct(ref: ModelRef): LanguageModel & Embedder;
  /** Forgets what it learned of a connection; after its settings changed. */
  forget(connectionId: string): void;
  /** Attempts of a job's calls that failed since this process began, repeated with success or not, by role and kind. */
  troublesOf(jobId: string): ReadonlyMap<string, ReadonlyMap<LlmErrorKind, number>>;
  /** Calls at work and waiting now, all jobs. */
  poolStats(): ReturnType<FairPool["stats"]>;
}

/** Resolves model references to endpoints. One fair pool and one state a connection serve all jobs. */
export function createModelGateway(deps: ModelGatewayDeps): ModelGateway {
  const states = new Map<string, ConnectionState>();
  const troubles = createTroubleBook();

  const partsOf = (ref: ModelRef, jobId: string, role: string) => {
    const spec = deps.connectionSpec(ref.connectionId);
    const state = states.get(spec.id) ?? createConnectionState(spec);
    states.set(spec.id, state);
    const onTrouble = ({ kind }: { kind: LlmErrorKind }): void => troubles.note(jobId, role, kind);
    return { spec, known: { state, jobId, onTrouble } };
  };
  const modelOf = (ref: ModelRef, jobId: string, role: string): LanguageModel & Embedder => {
    const { spec, known } = partsOf(ref, jobId, role);
    return createOpenAiModel(spec, { ...known, fetch: deps.fetchFor(spec), pool: deps.pool });
  };
  const chatOn = (ref: ModelRef, jobId: string, request: ChatRequest, away: Away): Promise<ChatReply> => {
    const { spec, known } = partsOf(ref, jobId, request.role);
    const { elsewhere, flight, signal } = away;
    // The simulated models live in this process: there is no call to hand out.
    if (elsewhere === undefined || spec.kind === "simulated")
      return modelOf(ref, jobId, request.role).chat(request, signal);
    const attempt = (one: AbortSignal) => elsewhere.attempt({ connection: spec, request }, flight, one);
    return chatElsewhere(spec, request, known, attempt, signal);
  };

  return {
    direct: (ref) => modelOf(ref, "direct", "direct"),
    troublesOf: (jobId) => troubles.of(jobId),
    forget: (connectionId) => void states.delete(connectionId),
    poolStats: () => deps.pool.stats(),
    forJob: (jobId, guard) => ({
      call: (ref, request, signal, elsewhere) => {
        const { callKey, role, messages, sample, schema } = request;
        const asked = { messages, settings: ref.settings, sample, schema: schema?.schema ?? null };
        const isUnderWay = elsewhere?.isUnderWay ?? false;
        const call = { jobId, callKey, role, ref, asked, kept: keptChatSchema, isUnderWay, signal };
        return once(deps, call, (flight) => {
          guard?.beforeCall(ref, request);
          const { model, settings } = ref;
          const chat = { model, role, messages, settings, sample, ...(schema ? { schema } : {}) };
          return chatOn(ref, jobId, chat, { elsewhere, flight, signal });
        });
      },
      agent: ({ callKey, targetVersionId, request }, buy, signal) => {
        const ref: ModelRef = { connectionId: targetVersionId, model: AGENT, settings: {} };
        const kept = keptAgentSchema;
        return once(deps, { jobId, callKey, role: "task", ref, asked: request, kept, signal }, buy);
      },
      embed: async (ref, callKey, texts, signal) => {
        const call = {
          jobId,
          callKey,
          role: "embedding",
          ref,
          asked: { texts },
          kept: keptEmbeddingSchema,
          signal,
        } as const;
        const buy = (): Promise<EmbedReply> =>
          modelOf(ref, jobId, "embedding").embed({ model: ref.model, texts }, signal);
        return (await once(deps, call, buy)).vectors;
      },
    }),
  };
}

interface Away {
  elsewhere: Elsewhere | undefined;
  flight: Flight;
  signal: AbortSignal;
}

/** Name under which an agent's calls are kept, in place of a model's. */
export const AGENT = "agent";

const usageSchema = z.object({ inputTokens: z.number().nullable(), outputTokens: z.number().nullable() });
const replySchema = z.object({ usage: usageSchema, costUsd: z.number().nullable(), latencyMs: z.number() });
const keptChatSchema: z.ZodType<ChatReply> = replySchema.extend({
  text: z.string(),
  finishReason: z.enum(["stop", "length", "content-filter", "other"]),
  simulated: z.boolean(),
});
const keptAgentSchema: z.ZodType<AgentReply> = replySchema.extend({ reply: z.unknown() });
const keptEmbeddingSchema: z.ZodType<EmbedReply> = replySchema.extend({
  vectors: z.array(z.array(z.number())),
});

interface Call<Reply> {
  jobId: string;
  callKey: string;
  role: string;
  ref: ModelRef;
  /** What is sent, for the inspector and for the request's hash. */
  asked: object;
  kept: z.ZodType<Reply>;
  /** Noted by an earlier life of this server, and in the air since: no repetition. */
  isUnderWay?: boolean;
  signal: AbortSignal;
}

/**
 * The committed reply of this key, or a new one, committed before it is returned. A kept reply to another request
 * under the same key means that the job cannot be replayed: `conflict`.
 */
async function once<Reply extends ChatReply | EmbedReply | AgentReply>(
  deps: ModelGatewayDeps,
  { jobId, callKey, role, ref, asked, kept: keptSchema, isUnderWay, signal }: Call<Reply>,
  buy: (flight: Flight) => Promise<Reply>,
): Promise<Reply> {
  const request = toJson(asked);
  const requestHash = sha256Hex(stableStringify({ ref: toJson(ref), request }));
  const kept = deps.paidCalls.find(jobId, callKey);
  if (kept) {
    // Never an answer: what it said was erased, and asked again it would be asked without the words.
    if (isErased(JSON.stringify(kept.reply)))
      throw new AppError("conflict", ERASED_CAUSE, { extra: { callKey } });
    if (kept.requestHash === requestHash) return keptSchema.parse(kept.reply);
    throw new AppError(
      "conflict",
      "The stored reply belongs to another request; the job cannot be replayed exactly.",
      {
        extra: { callKey },
      },
    );
  }
  const simulated = ref.model !== AGENT && deps.connectionSpec(ref.connectionId).kind === "simulated";
  const { connectionId, model } = ref;
  const start: CallStart = {
    id: deps.newId("call"),
    jobId,
    callKey,
    requestHash,
    role,
    model,
    connectionId,
    request,
    simulated,
    at: deps.now(),
  };
  if (!isUnderWay || !deps.paidCalls.isInFlight(jobId, callKey)) deps.paidCalls.begin(start);
  let reply: Reply;
  try {
    reply = await buy({ again: () => void deps.paidCalls.begin({ ...start, at: deps.now() }) });
  } catch (error) {
    // Cut off in flight it may have been paid for: its note stays, and its repetition is counted.
    if (!signal.aborted) deps.paidCalls.abandon(jobId, callKey);
    throw error;
  }
  deps.paidCalls.complete(jobId, callKey, committed(reply, simulated, deps.now()));
  return reply;
}

function committed(reply: ChatReply | EmbedReply | AgentReply, simulated: boolean, at: number): CallReply {
  const { usage, costUsd, latencyMs } = reply;
  return { reply: toJson(reply), ...usage, costUsd, latencyMs, simulated, at };
}

/** As JSON holds it: what is undefined is left out. */
function toJson(value: object): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
