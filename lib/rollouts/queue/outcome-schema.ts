import { z } from "zod";
import type { QueuedResult } from "./protocol";

const step = z.object({
  tool: z.string(),
  arguments: z.string(),
  result: z.string(),
  ms: z.number().nullable(),
});
const verdict = z.discriminatedUnion("status", [
  z.object({
    judgeVersionId: z.string(),
    status: z.literal("graded"),
    value: z.union([z.number(), z.boolean(), z.string()]),
    rationale: z.string(),
    normalised: z.number().min(0).max(1),
  }),
  z.object({
    judgeVersionId: z.string(),
    status: z.literal("failed"),
    cause: z.string(),
    rawReply: z.string().nullable(),
  }),
]);
const cost = z.object({
  inputTokens: z.number().nullable(),
  outputTokens: z.number().nullable(),
  costUsd: z.number().nullable(),
  latencyMs: z.number().nullable(),
  simulated: z.boolean(),
});
const kept = { steps: z.array(step), verdicts: z.array(verdict), cost };
const outcome = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("scored"),
    output: z.string(),
    ...kept,
    score: z.number().min(0).max(1),
    objectives: z.record(z.string(), z.number()),
    feedback: z.string(),
  }),
  z.object({
    status: z.literal("failed"),
    cause: z.string(),
    answered: z.boolean(),
    output: z.string().nullable(),
    ...kept,
  }),
]);

/** What a worker made of a rollout, as it stands in the queue. */
export const queuedResultSchema: z.ZodType<QueuedResult> = z.discriminatedUnion("status", [
  z.object({ status: z.literal("done"), outcome }),
  z.object({
    status: z.literal("dropped"),
    lacksSnapshot: z.boolean(),
    // The desk reads what it needs of them; their call's own schema checks them before they are committed.
    inHand: z.record(z.string(), z.custom<never>()),
    cut: z.array(z.string()),
  }),
  z.object({ status: z.literal("broken"), message: z.string() }),
]);
