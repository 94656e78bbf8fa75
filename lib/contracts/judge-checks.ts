import { z } from "zod";
import { editJudgeInput } from "./judge-page";
import { judgeVersionSchema, scaleValueSchema } from "./judges";

/** `try`: a change beside the saved version · `noise`: the same answers read again · `compare`: two saved versions. */
export const judgeCheckKinds = ["try", "noise", "compare"] as const;
export type JudgeCheckKind = (typeof judgeCheckKinds)[number];

/** What the judge said of an answer: a grade with its reason, or a failure. */
export const judgeReadingSchema = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("graded"),
    value: scaleValueSchema,
    /** The grade as people read it. */
    shown: z.string(),
    normalised: z.number(),
    rationale: z.string(),
  }),
  z.object({ status: z.literal("failed"), cause: z.string() }),
]);
export type JudgeReading = z.infer<typeof judgeReadingSchema>;

/** A recorded answer that a judge can be tried on, with what experts said of it. */
export const judgeAnswerSchema = z.object({
  traceId: z.string(),
  recordId: z.string(),
  question: z.string(),
  answer: z.string(),
  experts: z.array(z.object({ name: z.string(), shown: z.string(), reason: z.string() })),
});
export type JudgeAnswer = z.infer<typeof judgeAnswerSchema>;

/** Answers to try the judge on, and where text would go. */
export const judgeAnswersSchema = z.object({
  /** Of practice records, labelled ones first, then the newest. */
  items: z.array(judgeAnswerSchema),
  host: z.string(),
  simulated: z.boolean(),
});
export type JudgeAnswers = z.infer<typeof judgeAnswersSchema>;

const changesSchema = editJudgeInput.omit({ baseVersionId: true });

export const previewPromptInput = z.object({
  versionId: z.string(),
  traceId: z.string(),
  /** What the person has changed and not saved. */
  changes: changesSchema.nullable().default(null),
});
export type PreviewPromptInput = z.input<typeof previewPromptInput>;

/** The exact text that the judge would be asked with. */
export const promptPreviewSchema = z.object({
  messages: z.array(z.object({ role: z.enum(["system", "user", "assistant"]), content: z.string() })),
  /** Remembered answers that are shown with the case. */
  remembered: z.number().int(),
  /** What may differ when it is really asked; null when nothing does. */
  note: z.string().nullable(),
});
export type PromptPreview = z.infer<typeof promptPreviewSchema>;

export const startJudgeCheckInput = z.object({
  kind: z.enum(judgeCheckKinds),
  versionId: z.string(),
  otherVersionId: z.string().nullable().default(null),
  changes: changesSchema.nullable().default(null),
  traceIds: z.array(z.string()).min(1).max(60),
  /** How often each answer is read; more than once only to see how steady the judge is. */
  readings: z.number().int().min(1).max(10).default(1),
});
export type StartJudgeCheckInput = z.input<typeof startJudgeCheckInput>;

/** How much the judge wavers when it reads the same answers again. */
export const judgeNoiseSchema = z.object({
  /** Standard deviation of one reading, in grades; null with fewer than two readings of any answer. */
  sdGrades: z.number().nullable(),
  /** Answers whose readings fall on both sides of the good-enough line. */
  flips: z.number().int(),
  answers: z.number().int(),
  readings: z.number().int(),
  failed: z.number().int(),
});
export type JudgeNoise = z.infer<typeof judgeNoiseSchema>;

export const judgeCheckResultSchema = z.object({
  answers: z.array(
    z.object({
      traceId: z.string(),
      /** Of the version that is checked, with the changes if there are any. */
      readings: z.array(judgeReadingSchema),
      /** Of the version beside it. */
      other: judgeReadingSchema.nullable(),
    }),
  ),
  noise: judgeNoiseSchema.nullable(),
});
export type JudgeCheckResult = z.infer<typeof judgeCheckResultSchema>;

export const judgeCheckSchema = z.object({
  id: z.string(),
  judgeId: z.string(),
  kind: z.enum(judgeCheckKinds),
  state: z.enum(["queued", "running", "paused", "done", "failed", "cancelled"]),
  progress: z.object({ done: z.number().int(), total: z.number().int() }),
  cause: z.string().nullable(),
  version: z.number().int(),
  /** Whether unsaved changes were tried. */
  isChanged: z.boolean(),
  otherVersion: z.number().int().nullable(),
  answers: z.array(
    judgeAnswerSchema.extend({
      readings: z.array(judgeReadingSchema),
      other: judgeReadingSchema.nullable(),
    }),
  ),
  noise: judgeNoiseSchema.nullable(),
  simulated: z.boolean(),
  createdAt: z.number(),
  createdBy: z.string(),
});
export type JudgeCheckView = z.infer<typeof judgeCheckSchema>;

/** Two versions of a judge: what was changed, and what both say of the same answers. */
export const judgeComparisonSchema = z.object({
  judgeId: z.string(),
  before: judgeVersionSchema,
  after: judgeVersionSchema,
  /** Answers that both have graded; out-of-sample verdicts of a teaching are not among them. */
  answers: z.array(judgeAnswerSchema.extend({ before: judgeReadingSchema, after: judgeReadingSchema })),
  /**
   * Labels that neither version learned from, on answers that both graded: how many agree with each. Null with fewer
   * than 10 of them: not measurable yet.
   */
  unseen: z.object({ n: z.number().int(), before: z.number().int(), after: z.number().int() }).nullable(),
  /** How the mean of the same answers moves, in words; null while nothing is known under both. */
  rulerSentence: z.string().nullable(),
  /** Answers that could be judged by both, and are not yet. */
  missingTraceIds: z.array(z.string()),
  host: z.string(),
  simulated: z.boolean(),
});
export type JudgeComparison = z.infer<typeof judgeComparisonSchema>;
