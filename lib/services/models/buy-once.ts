import "server-only";
import type { z } from "zod";
import type { CallReply, CallStart, Json, PaidCallsRepo } from "@/db/repos/paid-calls.repo";
import { ERASED_CAUSE, isErased } from "@/lib/contracts/erasure";
import { AppError } from "@/lib/contracts/errors";
import type { ChatReply, EmbedReply } from "@/lib/llm";
import type { Flight, ModelRef } from "@/lib/rollouts/model-caller";
import type { AgentReply } from "@/lib/rollouts/rollout-host";
import { sha256Hex, stableStringify } from "@/lib/util/hash";
import type { MonthPurse } from "../spend/month-purse";

/** A paid reply that the storage would not take. It is used as soon as the call is made again. */
interface Unsaved {
  requestHash: string;
  reply: CallReply;
}

/** What a purchase needs. */
export interface Shop {
  paidCalls: PaidCallsRepo;
  /** Commits together with what other calls write now. */
  commit<Result>(work: () => Result): Promise<Result>;
  /** Holds each project within its cap for the month. */
  purse: MonthPurse;
  isSimulated(ref: ModelRef): boolean;
  now(): number;
  newId(prefix: string): string;
  /** By job and call key; at most as many as calls can be in flight. Lost with the process, as at a kill. */
  unsaved: Map<string, Unsaved>;
}

export interface Call<Reply> {
  jobId: string;
  callKey: string;
  role: string;
  ref: ModelRef;
  /** What is sent, for the inspector and for the request's hash. */
  asked: object;
  kept: z.ZodType<Reply>;
  /** Noted by an earlier life of this server, and in the air since: no repetition. */
  isUnderWay?: boolean;
  /** What it costs at most, in USD; null where no price is known. */
  worstUsd: () => number | null;
  signal: AbortSignal;
}

/**
 * The committed reply of this key, or a new one, committed before it is returned. A kept reply to another request
 * under the same key means that the job cannot be replayed: `conflict`.
 */
export async function buyOnce<Reply extends ChatReply | EmbedReply | AgentReply>(
  deps: Shop,
  { jobId, callKey, role, ref, asked, kept: keptSchema, isUnderWay, worstUsd, signal }: Call<Reply>,
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
  const unsaved = deps.unsaved.get(`${jobId} ${callKey}`);
  if (unsaved?.requestHash === requestHash) {
    await keep(deps, jobId, callKey, unsaved);
    return keptSchema.parse(unsaved.reply.reply);
  }
  const simulated = deps.isSimulated(ref);
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
  const settle = simulated ? null : deps.purse.reserve(jobId, worstUsd);
  try {
    const reply = await fly(deps, start, { isUnderWay, signal }, buy);
    settle?.(reply.costUsd);
    await keep(deps, jobId, callKey, { requestHash, reply: committed(reply, simulated, deps.now()) });
    return reply;
  } catch (error) {
    settle?.(null);
    throw error;
  }
}

/** Notes the call, then makes it. */
async function fly<Reply>(
  deps: Shop,
  start: CallStart,
  { isUnderWay, signal }: Pick<Call<Reply>, "isUnderWay" | "signal">,
  buy: (flight: Flight) => Promise<Reply>,
): Promise<Reply> {
  const { jobId, callKey } = start;
  await deps.commit(() => {
    if (!isUnderWay || !deps.paidCalls.isInFlight(jobId, callKey)) deps.paidCalls.begin(start);
  });
  if (signal.aborted && !isUnderWay) {
    // Stopped while the note was written: nothing flew.
    deps.paidCalls.abandon(jobId, callKey);
    throw signal.reason;
  }
  try {
    return await buy({ again: () => void deps.paidCalls.begin({ ...start, at: deps.now() }) });
  } catch (error) {
    // Cut off in flight it may have been paid for: its note stays, and its repetition is counted.
    if (!signal.aborted) deps.paidCalls.abandon(jobId, callKey);
    throw error;
  }
}

/** @throws what the storage says; the reply is then held for the next try */
async function keep(
  { paidCalls, commit, unsaved }: Shop,
  jobId: string,
  callKey: string,
  held: Unsaved,
): Promise<void> {
  const key = `${jobId} ${callKey}`;
  unsaved.set(key, held);
  await commit(() => paidCalls.complete(jobId, callKey, held.reply));
  unsaved.delete(key);
}

function committed(reply: ChatReply | EmbedReply | AgentReply, simulated: boolean, at: number): CallReply {
  const { usage, costUsd, latencyMs } = reply;
  return { reply: toJson(reply), ...usage, costUsd, latencyMs, simulated, at };
}

/** As JSON holds it: what is undefined is left out. */
function toJson(value: object): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
