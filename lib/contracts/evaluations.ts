import { z } from "zod";
import { modelAssignmentSchema } from "./projects";

export const stepSchema = z.object({
  tool: z.string(),
  arguments: z.string(),
  result: z.string(),
  ms: z.number().nullable(),
});

export const verdictViewSchema = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("graded"),
    judgeVersionId: z.string(),
    value: z.union([z.number(), z.boolean(), z.string()]),
    shown: z.string(),
    rationale: z.string(),
    normalised: z.number(),
  }),
  z.object({ status: z.literal("failed"), judgeVersionId: z.string(), cause: z.string() }),
]);

/** One answer of the agent to one record, with state OK or ERROR. */
export const traceSchema = z.object({
  id: z.string(),
  projectId: z.string(),
  recordId: z.string(),
  evaluationId: z.string().nullable(),
  promptVersionId: z.string().nullable(),
  state: z.enum(["OK", "ERROR"]),
  output: z.string(),
  cause: z.string().nullable(),
  steps: z.array(stepSchema),
  question: z.string(),
  verdicts: z.array(verdictViewSchema),
  simulated: z.boolean(),
  latencyMs: z.number().nullable(),
  costUsd: z.number().nullable(),
  createdAt: z.number(),
});
export type TraceView = z.infer<typeof traceSchema>;

export const traceListSchema = z.object({ items: z.array(traceSchema), nextCursor: z.string().nullable() });

/** An answer as lists show it. */
export const answerSchema = traceSchema.extend({
  /** Where it came from: "Written by Jo · an example". */
  provenance: z.string(),
  /** It waits for the reader's own label: until then the judge's verdict is left out. */
  verdictHidden: z.boolean(),
  /** Whether its newest grade reaches the judge's line; null where there is no grade or no line. */
  goodEnough: z.boolean().nullable(),
});
export type AnswerView = z.infer<typeof answerSchema>;

export const answerListSchema = z.object({ items: z.array(answerSchema), nextCursor: z.string().nullable() });
export type AnswerList = z.infer<typeof answerListSchema>;

/** A round of answers: one prompt version over records. */
export const evaluationSchema = z.object({
  id: z.string(),
  /** Counts from 1 in its project. */
  number: z.number().int(),
  projectId: z.string(),
  jobId: z.string().nullable(),
  state: z.enum(["queued", "running", "paused", "done", "failed", "cancelled"]),
  promptVersion: z.number().int().nullable(),
  model: z.string(),
  total: z.number().int(),
  answered: z.number().int(),
  couldNotBeScored: z.number().int(),
  /** On the judge's scale; of a yes-or-no judge the share of yes. */
  meanGrade: z.number().nullable(),
  /** The same in words: "3.4 of 5", "71 % pass". */
  meanShown: z.string().nullable(),
  goodEnough: z.object({ count: z.number().int(), of: z.number().int() }).nullable(),
  judgeVersionId: z.string().nullable(),
  cause: z.string().nullable(),
  simulated: z.boolean(),
  createdAt: z.number(),
  createdBy: z.string(),
});
export type EvaluationView = z.infer<typeof evaluationSchema>;

export const startEvaluationInput = z.object({
  promptVersionId: z.string(),
  /** Left out: all practice records, after sets have been given. */
  recordIds: z.array(z.string()).max(10_000).optional(),
  /** Also make a labelling queue of this many answers. */
  queueSize: z.number().int().min(0).max(200).default(12),
  /** Another model that shall answer this once, to compare it with the project's. Left out: who answers now. */
  task: modelAssignmentSchema.optional(),
});
export type StartEvaluationInput = z.output<typeof startEvaluationInput>;

/** What a new round would do, told before it starts (ux.md rule 9). */
export const roundOfferSchema = z.object({
  prompts: z.array(z.object({ versionId: z.string(), label: z.string(), inProduction: z.boolean() })),
  /** Practice records with a question, counted as the sets will be once the round starts. */
  records: z.number().int(),
  /** Where the records go; null when nothing leaves this computer. */
  host: z.string().nullable(),
  /** What the answers probably cost, from what an answer cost before; null when that is not known. */
  costUsd: z.number().nullable(),
  /** Name of the judge that will grade them; null = they are answered only. */
  judgeName: z.string().nullable(),
});
export type RoundOffer = z.infer<typeof roundOfferSchema>;

export const triedSchema = z.object({
  answers: z.array(z.object({ output: z.string().nullable(), cause: z.string().nullable(), ms: z.number() })),
  simulated: z.boolean(),
});
export type Tried = z.infer<typeof triedSchema>;

export const tryQuestionInput = z.object({
  question: z.string().trim().min(1).max(20_000),
  texts: z.array(z.record(z.string(), z.string())).min(1).max(2),
  /** Values for the variables of the texts. */
  fields: z.record(z.string(), z.string().max(20_000)).default({}),
});
export type TryQuestionInput = z.output<typeof tryQuestionInput>;
