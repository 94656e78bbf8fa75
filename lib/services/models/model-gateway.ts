import "server-only";
import { z } from "zod";
import type { PaidCallsRepo } from "@/db/repos/paid-calls.repo";
import type { JoblessPurpose, SpendRepo } from "@/db/repos/spend.repo";
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
  LlmError,
  type LlmErrorKind,
} from "@/lib/llm";
import type { Elsewhere, Flight, KeyedChatRequest, ModelCaller, ModelRef } from "@/lib/rollouts/model-caller";
import type { AgentCaller, AgentReply, RolloutHost } from "@/lib/rollouts/rollout-host";
import type { MonthPurse } from "../spend/month-purse";
import { worstChatUsd, worstEmbedUsd } from "../spend/worst-cost";
import { buyJobless, type Priced, type Till } from "./buy-jobless";
import { buyOnce, type InTheAir, type Shop } from "./buy-once";
import { createFlights, type Flights } from "./flights";
import { createTroubleBook } from "./trouble-book";

export interface ModelGatewayDeps {
  /** The connection with its key unsealed; throws `no-connection` when it is gone. */
  connectionSpec(connectionId: string): ConnectionSpec;
  /** The network of a connection: the simulated models, or a fetch that checks addresses. */
  fetchFor(spec: ConnectionSpec): FetchLike | undefined;
  pool: FairPool;
  paidCalls: PaidCallsRepo;
  spend: SpendRepo;
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

/** Calls on account of a project that belong to no job. */
export interface ProjectModels {
  call: ModelCaller;
  embed(
    ref: ModelRef,
    texts: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly (readonly number[])[]>;
  /** @param buy asks the agent; what it says of its price is counted, else the most that a call may cost */
  agent<Reply extends Priced>(
    ask: { targetVersionId: string; maxUsd: number | null },
    buy: () => Promise<Reply>,
    signal: AbortSignal,
  ): Promise<Reply>;
}

export interface ModelGateway {
  /** Models on account of one job: each reply is committed before it is used, and none is bought twice. */
  forJob(jobId: string, guard?: SpendGuard): JobModels;
  /**
   * Models and the agent without a job, for a question that is tried. Of such a call nothing is kept but what it cost:
   * it counts in the project's month, and its cap refuses it with `not-ready`. There is no way around both.
   */
  forProject(projectId: string, purpose: JoblessPurpose): ProjectModels;
  /** What the project's cap leaves for this month, in USD; null without a cap. */
  leftThisMonth(projectId: string): number | null;
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
  const { paidCalls, spend, commit, purse, now, newId } = deps;
  const isSimulated = (ref: ModelRef): boolean =>
    ref.model !== AGENT && deps.connectionSpec(ref.connectionId).kind === "simulated";
  const shop: Shop = { paidCalls, commit, purse, isSimulated, now, newId, unsaved: new Map() };
  const till: Till = { spend, commit, purse, isSimulated, now, newId };

  const pricesOf = ({ connectionId }: ModelRef): ConnectionSpec["prices"] =>
    deps.connectionSpec(connectionId).prices;
  const partsOf = (ref: ModelRef, jobId: string, role: string, air: Air) => {
    const spec = deps.connectionSpec(ref.connectionId);
    const state = states.get(spec.id) ?? createConnectionState(spec);
    states.set(spec.id, state);
    const onTrouble = ({ kind }: { kind: LlmErrorKind }): void => {
      troubles.note(jobId, role, kind);
      if (UNTOLD.has(kind)) air.lost();
    };
    return { spec, known: { state, jobId, onTrouble, mayStart: air.mayStart } };
  };
  const modelOf: Parts["modelOf"] = (ref, jobId, role, air) => {
    const { spec, known } = partsOf(ref, jobId, role, air);
    return createOpenAiModel(spec, { ...known, fetch: telling(deps.fetchFor(spec), air), pool: deps.pool });
  };
  const chatOn = (ref: ModelRef, jobId: string, request: ChatRequest, away: Away): Promise<ChatReply> => {
    const { elsewhere, flight, signal } = away;
    // What is in the air already is no start.
    const air = { ...flight, mayStart: elsewhere?.isUnderWay ? undefined : away.mayStart };
    const { spec, known } = partsOf(ref, jobId, request.role, air);
    // The simulated models live in this process: there is no call to hand out.
    if (elsewhere === undefined || spec.kind === "simulated")
      return modelOf(ref, jobId, request.role, air).chat(request, signal);
    const attempt = (one: AbortSignal) => {
      flight.sent();
      return elsewhere.attempt({ connection: spec, request }, flight, one);
    };
    return chatElsewhere(spec, request, known, attempt, signal);
  };

  return {
    forProject: (projectId, purpose) => projectModels({ till, pricesOf, modelOf }, projectId, purpose),
    leftThisMonth: (projectId) => purse.left(projectId),
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
  modelOf(ref: ModelRef, jobId: string, role: string, air: Air): LanguageModel & Embedder;
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
      const buy = (flight: InTheAir): Promise<ChatReply> => {
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
      return flights.during(jobId, () => buyOnce(shop, call, flights.counted(askAgent(buy))));
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
      const buy = (flight: InTheAir): Promise<EmbedReply> =>
        modelOf(ref, jobId, "embedding", flight).embed({ model: ref.model, texts }, signal);
      return (await flights.during(jobId, () => buyOnce(shop, call, flights.counted(buy)))).vectors;
    },
  };
}

/** What is asked of a project's models outside of jobs, by the same prices and networks. */
function projectModels(
  { till, pricesOf, modelOf }: Pick<Parts, "pricesOf" | "modelOf"> & { till: Till },
  projectId: string,
  purpose: JoblessPurpose,
): ProjectModels {
  const account = `${purpose}:${projectId}`;
  return {
    call: (ref, { role, messages, sample, schema, ...key }, signal) => {
      const longest = ref.settings.maxOutputTokens ?? LONG_REPLY_TOKENS;
      const request = { ...key, role, messages, sample, ...(schema ? { schema } : {}) };
      const worstUsd = () => worstChatUsd(pricesOf(ref), ref, request, longest);
      const { model, settings } = ref;
      const chat = { model, role, messages, settings, sample, ...(schema ? { schema } : {}) };
      return buyJobless(till, { projectId, purpose, role, ref, worstUsd, signal }, (air) =>
        modelOf(ref, account, role, air).chat(chat, signal),
      );
    },
    embed: async (ref, texts, signal) => {
      const worstUsd = () => worstEmbedUsd(pricesOf(ref), ref, texts);
      const call = { projectId, purpose, role: "embedding", ref, worstUsd, signal };
      const reply = await buyJobless(till, call, (air) =>
        modelOf(ref, account, "embedding", air).embed({ model: ref.model, texts }, signal),
      );
      return reply.vectors;
    },
    agent: ({ targetVersionId, maxUsd }, buy, signal) => {
      const ref: ModelRef = { connectionId: targetVersionId, model: AGENT, settings: {} };
      const call = { projectId, purpose, role: "task", ref, worstUsd: () => maxUsd, signal };
      return buyJobless(till, call, askAgent(buy));
    },
  };
}

/** Tells when the request leaves, and when it may have been paid for without a word of its price. */
function askAgent<Reply>(buy: (flight?: Flight) => Promise<Reply>) {
  return async (air: Air & Partial<Flight>): Promise<Reply> => {
    air.sent();
    try {
      return await buy(air.again ? { again: air.again } : undefined);
    } catch (error) {
      if (error instanceof LlmError && UNTOLD.has(error.kind)) air.lost();
      throw error;
    }
  };
}

function telling(fetch: FetchLike | undefined, air: Air): FetchLike | undefined {
  if (fetch === undefined) return undefined;
  return (url, init) => {
    air.sent();
    return fetch(url, init);
  };
}

/** What is told of a call while it is made. */
type Air = Pick<InTheAir, "sent" | "lost"> & { mayStart?: (() => void) | undefined };

/** Trouble after which the provider may charge all the same, and nobody says how much. */
const UNTOLD: ReadonlySet<LlmErrorKind> = new Set(["timeout", "bad-reply"]);

/** What a reply without a limit is taken to have at most, when a cap of the month is kept. */
const LONG_REPLY_TOKENS = 8_192;

interface Away {
  elsewhere: Elsewhere | undefined;
  flight: InTheAir;
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
