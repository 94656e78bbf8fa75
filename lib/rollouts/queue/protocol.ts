import { z } from "zod";
import type { ChatReply } from "@/lib/llm";
import type { AgentReply } from "../rollout-host";
import type { RolloutOutcome, RolloutSpec } from "../types";

/**
 * What server and workers say to each other. A worker asks before each call and buys only when it is told to go; it
 * repeats what was not answered, so that a message may be lost and nobody needs to keep one. Changed shapes need no
 * version of their own: both sides must run the same sources (version.ts).
 */
export const QUEUE_NAME = "rollouts";

/** Keys and channels, all under one prefix. */
export const namesOf = (prefix: string) => ({
  /** What the server tells of itself, sealed: proves that a worker has the same secret. */
  server: `${prefix}:server`,
  /** Hash: worker id → what it tells of itself. */
  workers: `${prefix}:workers`,
  snapshot: (hash: string) => `${prefix}:snapshot:${hash}`,
  toServer: `${prefix}:to-server`,
  toWorker: (id: string) => `${prefix}:to-worker:${id}`,
  toAll: `${prefix}:to-workers`,
});

const usageSchema = z.object({ inputTokens: z.number().nullable(), outputTokens: z.number().nullable() });
const paidSchema = z.object({ usage: usageSchema, costUsd: z.number().nullable(), latencyMs: z.number() });
const chatReplySchema: z.ZodType<ChatReply> = paidSchema.extend({
  text: z.string(),
  finishReason: z.enum(["stop", "length", "content-filter", "other"]),
  simulated: z.boolean(),
});
const agentReplySchema: z.ZodType<AgentReply> = paidSchema.extend({ reply: z.unknown() });
const vectorsSchema = z.object({ vectors: z.array(z.array(z.number())) });

const replySchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("chat"), chat: chatReplySchema }),
  z.object({ kind: z.literal("agent"), agent: agentReplySchema }),
  z.object({ kind: z.literal("embed"), embed: vectorsSchema }),
]);
export type WireReply = z.infer<typeof replySchema>;

const errorSchema = z.object({
  /** Null = no trouble of a provider: a bug, or a refusal of the host. */
  kind: z.string().nullable(),
  message: z.string(),
  isRetryable: z.boolean(),
  status: z.number().nullable(),
  retryAfterMs: z.number().nullable(),
  code: z.string().nullable(),
});
export type WireError = z.infer<typeof errorSchema>;

const landingSchema = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), reply: replySchema }),
  z.object({ ok: z.literal(false), error: errorSchema }),
]);
/** How a call ended at the worker. */
export type Landing = z.infer<typeof landingSchema>;

const messageSchema = z.object({ role: z.enum(["system", "user", "assistant"]), content: z.string() });
const wantSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("chat"),
    /** Whose model: the task's, or that of a judge by its place. The server has the reference, not the worker's word. */
    by: z.union([z.literal("task"), z.number().int()]),
    role: z.enum(["task", "judge", "reflection", "embedding"]),
    messages: z.array(messageSchema),
    sample: z.number(),
    schema: z.object({ name: z.string(), schema: z.record(z.string(), z.unknown()) }).nullable(),
  }),
  z.object({ kind: z.literal("agent") }),
  z.object({ kind: z.literal("embed"), judge: z.number().int(), texts: z.array(z.string()) }),
]);
export type Want = z.infer<typeof wantSchema>;

const callFacts = {
  worker: z.string(),
  /** How often this rollout was begun: a higher number means that it was taken over. */
  start: z.number().int(),
  rollout: z.string(),
  callKey: z.string(),
};

export const toServerSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("ask"),
    ...callFacts,
    want: wantSchema,
    /** The flight that this worker has under way or landed; 0 = none. */
    flight: z.number().int(),
    landing: landingSchema.nullable(),
  }),
  z.object({ type: z.literal("landed"), ...callFacts, flight: z.number().int(), landing: landingSchema }),
  /** Its result stands in the queue; it is sent too, to save a look. */
  z.object({ type: z.literal("done"), rollout: z.string(), result: z.unknown() }),
]);
export type ToServer = z.infer<typeof toServerSchema>;
export type Ask = Extract<ToServer, { type: "ask" }>;
/** What concerns one call of a rollout. */
export type CallMessage = Exclude<ToServer, { type: "done" }>;

const answerFacts = { rollout: z.string(), callKey: z.string() };
export const toWorkerSchema = z.discriminatedUnion("type", [
  /** The committed reply. */
  z.object({ type: z.literal("reply"), ...answerFacts, reply: replySchema }),
  /** What the worker sent of this flight is committed: it may be used. */
  z.object({ type: z.literal("committed"), ...answerFacts, flight: z.number().int() }),
  z.object({ type: z.literal("error"), ...answerFacts, error: errorSchema }),
  /** Noted: buy it. `connection` is the hash of the sealed connection of a chat. */
  z.object({
    type: z.literal("go"),
    ...answerFacts,
    flight: z.number().int(),
    connection: z.string().nullable(),
  }),
  /** Nobody waits for this rollout: stop it, and hand back what was bought meanwhile. */
  z.object({ type: z.literal("drop"), rollout: z.string() }),
  /** Nothing is bought for it for a while: let what is in the air land, then hand it back. */
  z.object({ type: z.literal("rest"), rollout: z.string() }),
]);
export type ToWorker = z.infer<typeof toWorkerSchema>;
/** What the server answers to a call that was asked for. */
export type CallAnswer = Exclude<ToWorker, { type: "drop" | "rest" }>;

/** A rollout as it is queued: what its siblings share stands once in Redis, by content hash. */
export interface QueuedRollout
  extends Omit<RolloutSpec, "target" | "judges" | "components" | "layout" | "inputs"> {
  key: string;
  target: string;
  isTargetSealed: boolean;
  judges: string;
  prompt: string;
  /** By judge: the model whose vectors the server can give; null = none. */
  embeddings: readonly (string | null)[];
  inputs: {
    messages: RolloutSpec["inputs"]["messages"];
    fields: RolloutSpec["inputs"]["fields"];
  };
}

/** Replies that were bought and could not be handed over, by call key. */
export type InHand = Readonly<Record<string, Landing>>;

/** How far the calls of a rollout were when its worker let go of it. */
export interface HandedBack {
  inHand: InHand;
  /** Keys of calls that were cut off in the air: they may have been paid for. */
  cut: readonly string[];
}

export type QueuedResult =
  | { status: "done"; outcome: RolloutOutcome }
  /** Stopped half-way: told to, or because a snapshot was not in Redis any more. */
  | ({ status: "dropped"; lacksSnapshot: boolean } & HandedBack)
  /** Something that no rollout should meet. */
  | { status: "broken"; message: string };

export const helloSchema = z.object({
  /** Another one at each start of the server. */
  epoch: z.string(),
  version: z.string(),
  allowPrivate: z.boolean(),
  allowHosts: z.array(z.string()),
});
/** What the server tells of itself: workers obey its address policy. */
export type Hello = z.infer<typeof helloSchema>;

export const workerSchema = z.object({
  id: z.string(),
  host: z.string(),
  pid: z.number().int(),
  version: z.string(),
  concurrency: z.number().int(),
  since: z.number(),
  /** Counts up while it lives. */
  beat: z.number().int(),
  running: z.number().int(),
  done: z.number().int(),
  failed: z.number().int(),
  /** Why it takes no work; null = it does. */
  refused: z.string().nullable(),
});
export type WorkerReport = z.infer<typeof workerSchema>;
