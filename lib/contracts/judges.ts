import { z } from "zod";

export const scaleSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("numeric"), min: z.number(), max: z.number(), step: z.number().positive() }),
  z.object({ kind: z.literal("boolean"), trueLabel: z.string().min(1), falseLabel: z.string().min(1) }),
  z.object({
    kind: z.literal("categories"),
    ordered: z.boolean(),
    values: z.array(z.string().min(1)).min(2).max(20),
  }),
]);
export const scaleValueSchema = z.union([z.number(), z.boolean(), z.string()]);
export const anchorSchema = z.object({ value: scaleValueSchema, meaning: z.string().max(2_000) });

/** What a rule judge checks, by code. */
export const ruleSpecSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("contains"), text: z.string().max(2_000), caseSensitive: z.boolean() }),
  z.object({ kind: z.literal("never-contains"), text: z.string().max(2_000), caseSensitive: z.boolean() }),
  z.object({ kind: z.literal("pattern"), pattern: z.string().max(1_000) }),
  z.object({ kind: z.literal("length"), minWords: z.number().nullable(), maxWords: z.number().nullable() }),
  z.object({ kind: z.literal("json-schema"), schema: z.unknown() }),
  z.object({ kind: z.literal("tool-called"), tool: z.string().max(200), expected: z.boolean() }),
]);
export type RuleSpecView = z.infer<typeof ruleSpecSchema>;

export const guidelineSchema = z.object({
  id: z.string(),
  text: z.string().max(4_000),
  sourceLabelIds: z.array(z.string()),
  active: z.boolean(),
  conflictsWith: z.array(z.string()),
  editedByPerson: z.boolean(),
});

export const modelSettingsSchema = z.object({
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().min(0).max(1).optional(),
  maxOutputTokens: z.number().int().positive().optional(),
});

export const judgeVersionSchema = z.object({
  id: z.string(),
  judgeId: z.string(),
  version: z.number().int(),
  status: z.enum(["draft", "in-use", "retired"]),
  origin: z.enum(["written", "edited", "aligned"]),
  parentVersionId: z.string().nullable(),
  alignmentId: z.string().nullable(),
  instructions: z.string(),
  anchors: z.array(anchorSchema),
  goodEnough: scaleValueSchema.nullable(),
  guidelines: z.array(guidelineSchema),
  episodeCount: z.number().int(),
  retrieval: z.enum(["lexical", "embedding"]),
  /** What a rule judge checks; null for a model judge. */
  rule: ruleSpecSchema.nullable().default(null),
  createdAt: z.number(),
  createdBy: z.string(),
});
export type JudgeVersionView = z.infer<typeof judgeVersionSchema>;

export const judgeSchema = z.object({
  id: z.string(),
  projectId: z.string(),
  name: z.string(),
  kind: z.enum(["model", "rule"]),
  scale: scaleSchema,
  inUse: judgeVersionSchema.nullable(),
  draft: judgeVersionSchema.nullable(),
  versionCount: z.number().int(),
});
export type JudgeView = z.infer<typeof judgeSchema>;

export const createJudgeInput = z.object({
  name: z.string().trim().min(1).max(120),
  scale: scaleSchema,
  anchors: z.array(anchorSchema).max(50),
  goodEnough: scaleValueSchema.nullable(),
  /** Empty for a rule only. */
  instructions: z.string().max(50_000),
  /** Makes a judge that is checked by code: pass or fail, free, never taught. */
  rule: ruleSpecSchema.optional(),
});
export type CreateJudgeInput = z.infer<typeof createJudgeInput>;

/** A figure with its 95 % bootstrap interval; null where it cannot be said. */
export const figureSchema = z
  .object({ value: z.number(), low: z.number(), high: z.number(), n: z.number().int() })
  .nullable();

export const agreementCaseSchema = z.object({
  labelId: z.string(),
  traceId: z.string(),
  recordId: z.string(),
  question: z.string(),
  expert: z.string(),
  judge: z.string().nullable(),
  /** The judge's words for its grade; null when it could not grade. */
  rationale: z.string().nullable().default(null),
  kind: z.enum(["same", "too-kind", "too-harsh", "failed"]),
});

/** How a judge version agrees with the experts on labels it had not seen. */
export const agreementTableSchema = z.object({
  n: z.number().int(),
  failed: z.number().int(),
  sameSide: z.number().int().nullable(),
  sameGrade: z.number().int(),
  withinOne: z.number().int().nullable(),
  tooKind: z.number().int().nullable(),
  tooHarsh: z.number().int().nullable(),
  mae: figureSchema,
  kappa: figureSchema,
  spearman: figureSchema,
  tpr: figureSchema,
  tnr: figureSchema,
  j: figureSchema,
  sameSideShare: figureSchema.default(null),
  sameGradeShare: figureSchema.default(null),
  ccc: figureSchema.default(null),
  /** Weights of κ: quadratic where grades have an order. */
  kappaWeights: z.enum(["none", "quadratic"]).default("none"),
  meanGrade: z.number().nullable(),
  /** `grid[e][j]`: labels with the e-th grade of the expert and the j-th of the judge, worst first. */
  confusion: z
    .object({ grades: z.array(z.string()), grid: z.array(z.array(z.number().int())) })
    .default({ grades: [], grid: [] }),
  cases: z.array(agreementCaseSchema),
});
export type AgreementTable = z.infer<typeof agreementTableSchema>;

export const differenceOutcomes = ["judge-wrong", "label-wrong", "discuss"] as const;

/** Who was found to be wrong where expert and judge differ. */
export const settledDifferenceSchema = z.object({
  labelId: z.string(),
  outcome: z.enum(differenceOutcomes),
  by: z.string(),
  at: z.number(),
});
export type DifferenceOutcome = (typeof differenceOutcomes)[number];

/** How a judge does with and without one guideline, on labels that it never learned from. */
export const guidelineEffectSchema = z.object({
  guidelineId: z.string(),
  n: z.number().int(),
  moreRight: z.number().int(),
  fewerRight: z.number().int(),
});
export type GuidelineEffect = z.infer<typeof guidelineEffectSchema>;

export const alignmentViewSchema = z.object({
  id: z.string(),
  judgeId: z.string(),
  state: z.enum(["queued", "running", "paused", "done", "failed", "cancelled"]),
  stage: z.string(),
  progress: z.object({ done: z.number().int(), total: z.number().int() }),
  cause: z.string().nullable(),
  draftVersionId: z.string().nullable(),
  decision: z.enum(["open", "used", "kept-old"]),
  before: agreementTableSchema.nullable(),
  after: agreementTableSchema.nullable(),
  human: z
    .object({
      /** Answers that at least two experts graded, and pairs of experts over them. */
      answers: z.number().int().default(0),
      pairs: z.number().int(),
      sameSide: z.number().int().nullable(),
      sameGrade: z.number().int(),
      alpha: z.number().nullable(),
    })
    .nullable(),
  verdict: z.enum(["better", "unclear", "worse"]).nullable(),
  report: z
    .object({
      usedLabels: z.number().int(),
      withReason: z.number().int(),
      skipped: z.array(z.object({ labelId: z.string(), why: z.string() })),
      droppedGuidelines: z.array(z.object({ text: z.string(), why: z.string() })),
      failedBatches: z.array(z.string()),
      partial: z.boolean(),
      contradictions: z.array(z.object({ labelIds: z.array(z.string()), why: z.string() })),
      /** Pairs of guidelines that cannot both be followed. */
      conflicts: z.array(z.object({ guidelineIds: z.array(z.string()), why: z.string() })).default([]),
      /** Guidelines beyond the twenty that a judge applies. */
      switchedOff: z.array(z.string()).default([]),
      /** Labels kept aside to measure single guidelines with; 0 while there are too few labels. */
      checkingLabels: z.number().int().default(0),
      effects: z.array(guidelineEffectSchema).default([]),
      /** What people said of labels on which expert and judge differ; the last word on a label counts. */
      settled: z.array(settledDifferenceSchema).default([]),
    })
    .nullable(),
  modelCalls: z.number().int(),
  costUsd: z.number().nullable(),
  simulated: z.boolean(),
  createdAt: z.number(),
});
export type AlignmentView = z.infer<typeof alignmentViewSchema>;
