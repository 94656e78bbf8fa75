import { z } from "zod";
import {
  agreementTableSchema,
  alignmentViewSchema,
  createJudgeInput,
  guidelineEffectSchema,
  judgeSchema,
  judgeVersionSchema,
  scaleValueSchema,
} from "./judges";

/** The label behind a guideline, a remembered answer or a case: who graded what, and why. */
export const labelSourceSchema = z.object({
  labelId: z.string(),
  traceId: z.string(),
  recordId: z.string(),
  question: z.string(),
  answer: z.string(),
  author: z.object({ id: z.string(), name: z.string() }),
  /** Given by whoever asks. */
  isMine: z.boolean(),
  value: scaleValueSchema,
  /** The grade as people read it. */
  shown: z.string(),
  reason: z.string(),
  tags: z.array(z.string()),
  /** False once it was superseded or taken back. */
  counts: z.boolean(),
  /** False where teaching leaves it out: it no longer counts, it only checks, or it was set aside. */
  teaches: z.boolean(),
  createdAt: z.number(),
});
export type LabelSource = z.infer<typeof labelSourceSchema>;

export const judgeVersionDetailSchema = z.object({
  version: judgeVersionSchema,
  /** Labels that its guidelines come from. */
  sources: z.array(labelSourceSchema),
  /** The answers it remembers, newest label first. */
  remembered: z.array(labelSourceSchema),
});
export type JudgeVersionDetail = z.infer<typeof judgeVersionDetailSchema>;

/** A hand edit; what is left out stays. */
export const editJudgeInput = createJudgeInput
  .pick({ instructions: true, anchors: true, goodEnough: true, rule: true })
  .partial()
  .extend({
    /** The version that the editor looked at. Left out: the draft, or else the version in use. */
    baseVersionId: z.string().optional(),
    guidelines: z
      .array(z.object({ id: z.string(), text: z.string().trim().min(1).max(4_000), active: z.boolean() }))
      .optional(),
  });
export type EditJudgeInput = z.infer<typeof editJudgeInput>;

/** What teaching would use, send and cost. Nothing is spent to find out. */
export const teachingPreflightSchema = z.object({
  usable: z.number().int(),
  withReason: z.number().int(),
  newSinceLast: z.number().int(),
  /** Labels of the usable ones that are kept aside to measure single guidelines; 0 while there are too few. */
  checking: z.number().int(),
  /** Records whose questions and answers are sent. */
  records: z.number().int(),
  skipped: z.array(z.object({ labelId: z.string(), why: z.string() })),
  contradictions: z.array(z.object({ labelIds: z.array(z.string()), why: z.string() })),
  /** Where text goes, as people read it. */
  host: z.string(),
  simulated: z.boolean(),
  modelCalls: z.object({ low: z.number().int(), high: z.number().int() }),
  /** Upper estimate; null when a price is not known. */
  costUsd: z.number().nullable(),
  /** Why teaching cannot start, and what to do; null when it can. */
  blocks: z.string().nullable(),
  /** The teaching that is at work now. */
  activeAlignmentId: z.string().nullable(),
});
export type TeachingPreflight = z.infer<typeof teachingPreflightSchema>;

/** Agreement of one version with the experts, and where it was measured. */
export const measuredAgreementSchema = z.object({
  alignmentId: z.string(),
  table: agreementTableSchema,
  human: alignmentViewSchema.shape.human,
});
export type MeasuredAgreement = z.infer<typeof measuredAgreementSchema>;

/** Everything the Judge page shows of one judge. */
export const judgePageSchema = z.object({
  judge: judgeSchema,
  /** The hand-edited draft when there is one, else the version in use, else the newest. */
  shown: judgeVersionDetailSchema,
  /** How the shown version agrees with the experts; null while nobody measured it. */
  measured: measuredAgreementSchema.nullable(),
  /** What single guidelines of the shown version do; null where that was not measured. */
  effects: z.array(guidelineEffectSchema).nullable(),
  /** Labels of the cases in `measured`. */
  caseLabels: z.array(labelSourceSchema),
  versions: z.array(judgeVersionSchema.omit({ guidelines: true, instructions: true, anchors: true })),
  /** A taught draft that waits for a decision. */
  openAlignmentId: z.string().nullable(),
  preflight: teachingPreflightSchema.nullable(),
  /** Where more labels can be given now; null when no queue has items left. */
  labelHref: z.string().nullable(),
});
export type JudgePage = z.infer<typeof judgePageSchema>;

/** Everything the page of one teaching shows. */
export const teachingPageSchema = z.object({
  alignment: alignmentViewSchema,
  judge: judgeSchema,
  base: z.object({ id: z.string(), version: z.number().int(), isInUse: z.boolean() }),
  draft: judgeVersionDetailSchema.nullable(),
  /** Labels of cases, contradictions and skipped ones. */
  labels: z.array(labelSourceSchema),
  /** The tag on which labels with reasons would help most; null when none stands out. */
  helpTag: z.string().nullable(),
  /** Once it is used: how the means of the same answers moved. */
  rulerSentence: z.string().nullable(),
  labelHref: z.string().nullable(),
});
export type TeachingPage = z.infer<typeof teachingPageSchema>;
