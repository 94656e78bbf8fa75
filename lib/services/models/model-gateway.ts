import "server-only";
import { z } from "zod";
import type { PaidCallsRepo } from "@/db/repos/paid-calls.repo";
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
import type { MonthPurse } from "../spend/month-purse";
import { worstChatUsd, worstEmbedUsd } from "../spend/worst-cost";
import { buyOnce, type Shop } from "./buy-once";
import { createFlights, type Flights } from "./flights";
import { createTroubleBook } from "./trouble-book";

export interface ModelGatewayDeps {
  /** The connection with its key unsealed; throws `no-connection` when it is gone. */
  connectionSpec(connectionId: string): ConnectionSpec;
  /** The network of a connection: the simulated models, or a fetch that checks addresses. */
  fetchFor(spec: ConnectionSpec): FetchLike | undefined;
  pool: FairPool;
  paidCalls: PaidCallsRepo;
  /** Commits together with what other calls write now. */
  commit<Result>(work: () => Result): Promise<Result>;
  /** Holds each project within its cap for the month. */
  purse: MonthPurse;
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
  onHeld?: RolloutHost["onHeld"];
}

export interface ModelGateway {
  /** Models on account of one job: each reply is committed before it is used, and none is bought twice. */
  forJob(jobId: string, guard?: SpendGuard): JobModels;
  /** A model without a job, for trying a question. Nothing is kept. */
  direct(ref: ModelRef): LanguageModel & Embedder;
  /** Throws `not-ready` when the project's cap for the month is used up; before calls without a job. */
  assertSpendLeft(projectId: string): void;
  /** Forgets what it learned of a connection; after its settings changed. */
  forget(connectionId: string): void;
  /** Attempts of a job's calls that failed since this process began, repeated with success or not, by role and kind. */
  troublesOf(jobId: string): ReadonlyMap<string, ReadonlyMap<LlmErrorKind, number>>;
  /** Calls that a job has in flight now. */
  flightsOf(jobId: string): number;
  /** Calls that were sent since the process began, all jobs. */
  sentCalls(): number;
  /** Calls at work and waiting now, all jobs. */
  poolStats(): ReturnType<FairPool["stats"]>;
}

/** Resolves model references to endpoints. One fair pool and one state a connection serve all jobs. */
export function createModelGateway(deps: ModelGatewayDeps): ModelGateway {
  const states = new Map<string, ConnectionState>();
  const troubles = createTroubleBook();
  const flights = createFlights();
  const { paidCalls, commit, purse, now, newId } = deps;
  const isSimulated = (ref: ModelRef): boolean =>
    ref.model !== AGENT && deps.connectionSpec(ref.connectionId).kind === "simulated";
  const shop: Shop = { paidCalls, commit, purse, isSimulated, now, newId, unsaved: new Map() };

  const pricesOf = ({ connectionId }: ModelRef): ConnectionSpec["prices"] =>
    deps.connectionSpec(connectionId).prices;
  const partsOf = (ref: ModelRef, jobId: string, role: string, mayStart?: () => void) => {
    const spec = deps.connectionSpec(ref.connectionId);
    const state = states.get(spec.id) ?? createConnectionState(spec);
    states.set(spec.id, state);
    const onTrouble = ({ kind }: { kind: LlmErrorKind }): void => troubles.note(jobId, role, kind);
    return { spec, known: { state, jobId, onTrouble, mayStart } };
  };
  const modelOf: Parts["modelOf"] = (ref, jobId, role, mayStart) => {
    const { spec, known } = partsOf(ref, jobId, role, mayStart);
    return createOpenAiModel(spec, { ...known, fetch: deps.fetchFor(spec), pool: deps.pool });
  };
  const chatOn = (ref: ModelRef, jobId: string, request: ChatRequest, away: Away): Promise<ChatReply> => {
    const { elsewhere, flight, signal } = away;
    // What is in the air already is no start.
    const mayStart = elsewhere?.isUnderWay ? undefined : away.mayStart;
    const { spec, known } = partsOf(ref, jobId, request.role, mayStart);
    // The simulated models live in this process: there is no call to hand out.
    if (elsewhere === undefined || spec.kind === "simulated")
      return modelOf(ref, jobId, request.role, mayStart).chat(request, signal);
    const attempt = (one: AbortSignal) => elsewhere.attempt({ connection: spec, request }, flight, one);
    return chatElsewhere(spec, request, known, attempt, signal);
  };

  return {
    direct: (ref) => modelOf(ref, "direct", "direct"),
    assertSpendLeft: (projectId) => purse.assertLeft(projectId),
    troublesOf: (jobId) => troubles.of(jobId),
    forget: (connectionId) => void states.delete(connectionId),
    flightsOf: (jobId) => flights.of(jobId),
    sentCalls: () => flights.sent(),
    poolStats: () => deps.pool.stats(),
    forJob: (jobId, guard) => jobModels({ shop, flights, pricesOf, modelOf, chatOn }, jobId, guard),
  };
}

interface Parts {
  shop: Shop;
  flights: Flights;
  pricesOf(ref: ModelRef): ConnectionSpec["prices"];
  modelOf(ref: ModelRef, jobId: string, role: string, mayStart?: () => void): LanguageModel & Embedder;
  chatOn(ref: ModelRef, jobId: string, request: ChatRequest, away: Away): Promise<ChatReply>;
}

function jobModels(
  { shop, flights, pricesOf, modelOf, chatOn }: Parts,
  jobId: string,
  guard: SpendGuard | undefined,
): JobModels {
  return {
    call: (ref, request, signal, elsewhere, mayStart) => {
      const { callKey, role, messages, sample, schema } = request;
      const asked = { messages, settings: ref.settings, sample, schema: schema?.schema ?? null };
      const isUnderWay = elsewhere?.isUnderWay ?? false;
      const longest = ref.settings.maxOutputTokens ?? LONG_REPLY_TOKENS;
      const worstUsd = (): number | null => worstChatUsd(pricesOf(ref), ref, request, longest);
      const call = { jobId, callKey, role, ref, asked, kept: keptChatSchema, isUnderWay, worstUsd, signal };
      const buy = (flight: Flight): Promise<ChatReply> => {
        guard?.beforeCall(ref, request);
        const { model, settings } = ref;
        const chat = { model, role, messages, settings, sample, ...(schema ? { schema } : {}) };
        return chatOn(ref, jobId, chat, { elsewhere, flight, signal, mayStart });
      };
      return flights.during(jobId, () => buyOnce(shop, call, flights.counted(buy)));
    },
    agent: ({ callKey, targetVersionId, request, maxUsd }, buy, signal) => {
      const ref: ModelRef = { connectionId: targetVersionId, model: AGENT, settings: {} };
      const kept = keptAgentSchema;
      const worstUsd = (): number | null => maxUsd;
      const call = { jobId, callKey, role: "task", ref, asked: request, kept, worstUsd, signal };
      return flights.during(jobId, () => buyOnce(shop, call, flights.counted(buy)));
    },
    embed: async (ref, callKey, texts, signal) => {
      const call = {
        jobId,
        callKey,
        role: "embedding",
        ref,
        asked: { texts },
        kept: keptEmbeddingSchema,
        worstUsd: () => worstEmbedUsd(pricesOf(ref), ref, texts),
        signal,
      } as const;
      const buy = (): Promise<EmbedReply> =>
        modelOf(ref, jobId, "embedding").embed({ model: ref.model, texts }, signal);
      return (await flights.during(jobId, () => buyOnce(shop, call, flights.counted(buy)))).vectors;
    },
  };
}

/** What a reply without a limit is taken to have at most, when a cap of the month is kept. */
const LONG_REPLY_TOKENS = 8_192;

interface Away {
  elsewhere: Elsewhere | undefined;
  flight: Flight;
  signal: AbortSignal;
  mayStart: (() => void) | undefined;
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
