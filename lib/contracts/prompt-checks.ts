import { z } from "zod";
import { runStates } from "./runs";

/** One record on both sides. A side without a grade could not be scored. */
const checkedPairSchema = z.object({
  recordId: z.string(),
  question: z.string(),
  outcome: z.enum(["better", "worse", "same", "not-scored"]),
  /** The answer that it was promoted on. */
  kept: z.object({ grade: z.string(), output: z.string() }),
  /** Today's. */
  fresh: z.object({ grade: z.string(), output: z.string() }),
});
export type CheckedPair = z.infer<typeof checkedPairSchema>;

const promptCheckResultSchema = z.object({
  verdict: z.enum(["better", "no-clear-change", "worse", "not-enough"]),
  headline: z.string(),
  sentence: z.string(),
  counts: z.object({
    better: z.number().int(),
    worse: z.number().int(),
    same: z.number().int(),
    notScored: z.number().int(),
  }),
  /** On the judge's scale. */
  meanThen: z.number().nullable(),
  meanNow: z.number().nullable(),
  /** The mean change with its bootstrap interval at 95 %, for display. */
  change: z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable(),
  /** One-sided, in the direction that the mean points to. */
  pValue: z.number().nullable(),
  alpha: z.number(),
  /** Those that must never fail, passed then, and do not now; outside the statistics. */
  failing: z.array(checkedPairSchema),
  /** Worst first. */
  pairs: z.array(checkedPairSchema),
});
export type PromptCheckResult = z.infer<typeof promptCheckResultSchema>;

/** What was promoted, asked again on the records of its evidence. */
export const promptCheckSchema = z.object({
  id: z.string(),
  version: z.number().int(),
  number: z.number().int(),
  state: z.enum(runStates),
  progress: z.object({ done: z.number().int(), total: z.number().int() }),
  cause: z.string().nullable(),
  /** Null until it is done. */
  result: promptCheckResultSchema.nullable(),
  simulated: z.boolean(),
  createdAt: z.number(),
  createdBy: z.string(),
});
export type PromptCheckView = z.infer<typeof promptCheckSchema>;

/** The page of what is in production: whether it still answers as well as when it was promoted. */
export const promptChecksSchema = z.object({
  promptName: z.string(),
  version: z.number().int().nullable(),
  promotedAt: z.number().nullable(),
  reviewId: z.string().nullable(),
  /** What has changed since it was promoted, in sentences. */
  changed: z.array(z.string()),
  offer: z.object({
    number: z.number().int(),
    records: z.number().int(),
    /** Fresh answers, and answers of then that are graded anew, at most. */
    answers: z.number().int(),
    host: z.string(),
    simulated: z.boolean(),
    /** Why none can be started now; null when one can. */
    blocked: z.string().nullable(),
  }),
  /** Newest first. */
  checks: z.array(promptCheckSchema),
});
export type PromptChecks = z.infer<typeof promptChecksSchema>;
