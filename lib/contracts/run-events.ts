import { z } from "zod";

/** Wire form of the engine's events (lib/gepa/events.ts); a type test keeps the two assignable. */
const id = z.string();
const score = z.number().nullable();
const exampleScores = z.array(z.object({ exampleId: id, score }));
const decision = { decision: z.number().int() };

export const controlInputSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("stop"), reason: z.enum(["user", "money", "time"]) }),
  z.object({ kind: z.literal("hint"), text: z.string() }),
  z.object({ kind: z.literal("withdraw-hint"), text: z.string() }),
  z.object({ kind: z.literal("exclude-candidate"), candidateId: id }),
  z.object({ kind: z.literal("pin-parent"), candidateId: id.nullable() }),
  z.object({
    kind: z.literal("raise-budget"),
    maxMetricCalls: z.number(),
    maxUsd: score,
    maxMinutes: score,
  }),
  z.object({
    kind: z.literal("add-candidate"),
    parentId: id,
    components: z.record(z.string(), z.string()),
    summary: z.string(),
  }),
]);

export const refusalReasons = [
  "no-answer",
  "reflection-failed",
  "no-fence",
  "truncated",
  "empty",
  "lost-variable",
  "identical",
  "too-long",
  "wrong-language",
  "copied-example",
  "nothing-to-learn",
  "rollouts-failing",
] as const;
export const rejectionReasons = [
  "not-better",
  "losing-early",
  "dropped-by-selection",
  "below-floor",
] as const;
export const stopReasons = [
  "budget",
  "money",
  "time",
  "user",
  "solved",
  "target-score",
  "no-improvement",
  "gain-below-cost",
  "reflection-failing",
  "rollouts-failing",
  "seed-failed",
  "aborted",
] as const;
export const rolloutPurposes = ["seed", "minibatch", "rung", "full", "final", "merge"] as const;

export const gepaEventSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("run-started"),
    ...decision,
    strategy: z.enum(["frugal", "reference"]),
    seedCandidateId: id,
    components: z.array(z.string()),
    trainset: z.array(id),
    valset: z.array(id),
    maxMetricCalls: z.number(),
    lanes: z.number(),
    seed: z.number(),
  }),
  z.object({
    type: z.literal("seed-evaluated"),
    ...decision,
    candidateId: id,
    scores: exampleScores,
    meanScore: z.number(),
    excluded: z.array(z.object({ exampleId: id, cause: z.string() })),
    metricCalls: z.number(),
  }),
  z.object({
    type: z.literal("parent-selected"),
    ...decision,
    proposalId: id,
    parentId: id,
    pick: z.enum(["only", "best", "front", "epsilon", "top-k", "pinned", "by-hand", "to-shorten"]),
  }),
  z.object({
    type: z.literal("minibatch-chosen"),
    ...decision,
    proposalId: id,
    parentId: id,
    component: z.string(),
    exampleIds: z.array(id),
    scores: exampleScores,
  }),
  z.object({
    type: z.literal("reflection-answered"),
    ...decision,
    proposalId: id,
    parentIds: z.array(id),
    component: z.string(),
    summary: z.string(),
    citedExampleIds: z.array(id),
  }),
  z.object({
    type: z.literal("proposal-refused"),
    ...decision,
    proposalId: id,
    parentIds: z.array(id),
    reason: z.enum(refusalReasons),
    detail: z.string(),
  }),
  z.object({
    type: z.literal("rung-finished"),
    ...decision,
    proposalId: id,
    candidateId: id,
    parentIds: z.array(id),
    exampleIds: z.array(id),
    childMean: z.number(),
    incumbentMean: z.number(),
    incumbentId: id,
    outcome: z.enum(["promising", "losing", "accepted"]),
    metricCalls: z.number(),
  }),
  z.object({
    type: z.literal("candidate-accepted"),
    ...decision,
    proposalId: id,
    candidateId: id,
    parentIds: z.array(id),
    scores: exampleScores,
    meanScore: z.number(),
    fullyValidated: z.boolean(),
    metricCalls: z.number(),
  }),
  z.object({
    type: z.literal("candidate-rejected"),
    ...decision,
    proposalId: id,
    candidateId: id,
    parentIds: z.array(id),
    reason: z.enum(rejectionReasons),
    childMean: z.number(),
    parentMean: z.number(),
    exampleIds: z.array(id),
    scores: exampleScores,
    metricCalls: z.number(),
  }),
  z.object({
    type: z.literal("front-updated"),
    ...decision,
    front: z.array(z.object({ candidateId: id, bestOn: z.array(id) })),
  }),
  z.object({
    type: z.literal("merge-proposed"),
    ...decision,
    proposalId: id,
    parentIds: z.array(id),
    ancestorId: id,
  }),
  z.object({
    type: z.literal("merge-rejected"),
    ...decision,
    proposalId: id,
    parentIds: z.array(id),
    childMean: z.number(),
    parentMean: z.number(),
    metricCalls: z.number(),
  }),
  z.object({ type: z.literal("crossover-proposed"), ...decision, proposalId: id, parentIds: z.array(id) }),
  z.object({
    type: z.literal("hand-edit-proposed"),
    ...decision,
    proposalId: id,
    parentIds: z.array(id),
    components: z.array(z.string()),
    summary: z.string(),
  }),
  z.object({
    type: z.literal("recommendation-changed"),
    ...decision,
    candidateId: id,
    estimate: z.number(),
    scoredOn: z.number(),
    metricCalls: z.number(),
  }),
  z.object({
    type: z.literal("input-received"),
    ...decision,
    afterDecision: z.number(),
    input: controlInputSchema,
  }),
  z.object({
    type: z.literal("run-ended"),
    ...decision,
    stopReason: z.enum(stopReasons),
    detail: z.string(),
    recommendedCandidateId: id,
    seedScore: score,
    recommendedScore: score,
    metricCalls: z.number(),
  }),
  z.object({
    type: z.literal("reflection-started"),
    proposalId: id,
    parentIds: z.array(id),
    exampleIds: z.array(id),
  }),
  z.object({
    type: z.literal("rollout-finished"),
    candidateId: id,
    exampleId: id,
    sample: z.number(),
    purpose: z.enum(rolloutPurposes),
    score,
    charged: z.boolean(),
    cause: z.string().optional(),
    metricCalls: z.number(),
  }),
  z.object({
    type: z.literal("budget-updated"),
    metricCalls: z.number(),
    reserved: z.number(),
    maxMetricCalls: z.number(),
    reflections: z.number(),
  }),
  z.object({ type: z.literal("phase-changed"), phase: z.enum(["seed", "searching", "finishing"]) }),
]);
export type GepaWireEvent = z.infer<typeof gepaEventSchema>;

/** Added by the service around the engine. */
export const hostEventSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("money-updated"),
    spentUsd: z.number().nullable(),
    savedUsd: z.number().nullable(),
    llmCalls: z.object({ task: z.number(), judge: z.number(), reflection: z.number() }),
    tokens: z.number(),
  }),
  z.object({
    type: z.literal("forecast-updated"),
    minutesLeft: z.object({ low: z.number(), high: z.number() }),
    usd: z.object({ low: z.number(), high: z.number() }).nullable(),
  }),
  /** Where the best of the candidates compared so far would land by luck alone; normalised. */
  z.object({ type: z.literal("luck-updated"), metricCalls: z.number(), low: z.number(), high: z.number() }),
  z.object({ type: z.literal("paused"), cause: z.string(), byPerson: z.boolean() }),
  z.object({ type: z.literal("resumed"), afterCrash: z.boolean(), repeatedAfterCrash: z.number() }),
  z.object({ type: z.literal("run-failed"), cause: z.string() }),
]);

export const runEventBodySchema = z.union([gepaEventSchema, hostEventSchema]);
export type RunEventBody = z.infer<typeof runEventBodySchema>;

/** An event as stored and streamed: `seq` counts from 1 without gaps in its run. */
export const runEventSchema = z.object({
  v: z.literal(1),
  runId: z.string(),
  seq: z.number().int(),
  at: z.number(),
  body: runEventBodySchema,
});
export type RunEvent = z.infer<typeof runEventSchema>;
