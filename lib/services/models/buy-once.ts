import "server-only";
import type { z } from "zod";
import type { CallReply, CallStart, Json, PaidCallsRepo } from "@/db/repos/paid-calls.repo";
import { ERASED_CAUSE, isErased } from "@/lib/contracts/erasure";
import { AppError } from "@/lib/contracts/errors";
import type { ChatReply, EmbedReply } from "@/lib/llm";
import type { Flight, ModelRef } from "@/lib/rollouts/model-caller";
import type { AgentReply } from "@/lib/rollouts/rollout-host";
import { sha256Hex, stableStringify } from "@/lib/util/hash";
import { FREE, type MonthPurse, type Reservation } from "../spend/month-purse";

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

/** What whoever makes a call says of it while it is in the air. */
export interface InTheAir extends Flight {
  /** It leaves this process now: from here on it may be paid for. */
  sent(): void;
  /** An attempt ended without a price, and may have been paid for. */
  lost(): void;
}

/**
 * The committed reply of this key, or a new one, committed before it is returned. A kept reply to another request
 * under the same key means that the job cannot be replayed: `conflict`.
 */
export async function buyOnce<Reply extends ChatReply | EmbedReply | AgentReply>(
  deps: Shop,
  { jobId, callKey, role, ref, asked, kept: keptSchema, isUnderWay, worstUsd, signal }: Call<Reply>,
  buy: (flight: InTheAir) => Promise<Reply>,
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
  const reservation = simulated ? FREE : deps.purse.reserve(jobId, worstUsd);
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
    heldUsd: reservation.heldUsd,
    at: deps.now(),
  };
  try {
    const reply = await fly(deps, start, { isUnderWay, signal, reservation }, buy);
    reservation.settle(reply.costUsd ?? reservation.heldUsd ?? 0);
    await keep(deps, jobId, callKey, { requestHash, reply: committed(reply, simulated, deps.now()) });
    return reply;
  } catch (error) {
    reservation.settle(0);
    throw error;
  }
}

/** Notes the call, then makes it. What was sent and cut off counts as the most it can have cost. */
async function fly<Reply>(
  deps: Shop,
  start: CallStart,
  {
    isUnderWay,
    signal,
    reservation,
  }: Pick<Call<Reply>, "isUnderWay" | "signal"> & { reservation: Reservation },
  buy: (flight: InTheAir) => Promise<Reply>,
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
  let hasFlown = isUnderWay ?? false;
  const held = reservation.heldUsd ?? 0;
  try {
    return await buy({
      again: () => {
        deps.paidCalls.begin({ ...start, at: deps.now() });
        reservation.assume();
      },
      sent: () => {
        hasFlown = true;
      },
      lost: () => {
        reservation.assume();
        if (held > 0) deps.paidCalls.assume(jobId, callKey, held);
      },
    });
  } catch (error) {
    // Cut off in flight it may have been paid for: its note stays, and its repetition is counted.
    const isCut = signal.aborted && hasFlown;
    if (isCut) reservation.settle(held);
    else deps.paidCalls.abandon(jobId, callKey);
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
