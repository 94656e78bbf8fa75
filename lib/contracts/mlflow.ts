import { z } from "zod";

/** Parts of an MLflow server that are used, each of which it may lack. */
export const mlflowServices = ["prompts", "runs", "artifacts", "datasets", "traces", "judges"] as const;
export type MlflowService = (typeof mlflowServices)[number];

export const mlflowLinkSchema = z.object({
  url: z.string(),
  experiment: z.string(),
  username: z.string().nullable(),
  hasToken: z.boolean(),
  writesOnPromote: z.boolean(),
  /** As the last look found them; null before the first. */
  services: z
    .object({
      version: z.string().nullable(),
      parts: z.array(z.object({ service: z.enum(mlflowServices), isThere: z.boolean(), detail: z.string() })),
    })
    .nullable(),
  checkedAt: z.number().nullable(),
});
export type MlflowLinkView = z.infer<typeof mlflowLinkSchema>;

export const saveMlflowLinkInput = z.object({
  url: z
    .url({ protocol: /^https?$/, error: "Write the whole address, beginning with https:// or http://." })
    .max(2_000)
    .refine((url) => !/^[^/]*\/\/[^/]*@/.test(url), "Leave name and password out of the address."),
  experiment: z.string().trim().min(1, "Name the experiment there.").max(500),
  username: z.string().trim().max(200).nullable().default(null),
  /** Left out = it stays as it is; null = none is sent. */
  token: z.string().trim().min(1).max(5_000).nullable().optional(),
  writesOnPromote: z.boolean(),
});
export type SaveMlflowLinkInput = z.output<typeof saveMlflowLinkInput>;

/** What an import would do, or did, with one kind of thing. */
const countSchema = z.object({
  fresh: z.number().int(),
  changed: z.number().int(),
  same: z.number().int(),
  leftOut: z.number().int(),
});
export type MlflowCount = z.infer<typeof countSchema>;

export const mlflowCountsSchema = z.object({
  versions: countSchema,
  aliases: countSchema,
  records: countSchema,
  traces: countSchema,
  labels: countSchema,
});
export type MlflowCounts = z.infer<typeof mlflowCountsSchema>;

export const mlflowImportPlanSchema = z.object({
  counts: mlflowCountsSchema,
  /** What is left out, and why; what is kept as it is here. */
  notices: z.array(z.string()),
  /** More notices than are listed. */
  moreNotices: z.number().int(),
});
export type MlflowImportPlan = z.infer<typeof mlflowImportPlanSchema>;

export const mlflowImportSchema = z.object({
  id: z.string(),
  /** `read` can be confirmed. */
  state: z.enum(["reading", "read", "writing", "done", "failed"]),
  stage: z.string(),
  preview: mlflowImportPlanSchema.nullable(),
  result: mlflowImportPlanSchema.nullable(),
  problem: z.string().nullable(),
  createdAt: z.number(),
});
export type MlflowImportView = z.infer<typeof mlflowImportSchema>;

/** Steps of writing a promotion there, in their order. */
export const mlflowSteps = ["version", "alias", "run", "evidence", "judge"] as const;
export type MlflowStep = (typeof mlflowSteps)[number];

export const mlflowPushSchema = z.object({
  id: z.string(),
  prompt: z.string(),
  alias: z.string(),
  version: z.number().int(),
  kind: z.enum(["initial", "promotion", "rollback"]),
  /** `held`: somebody else moved the alias there; a person decides. */
  state: z.enum(["waiting", "held", "written", "given-up"]),
  attempts: z.number().int(),
  nextAt: z.number().nullable(),
  steps: z.array(z.object({ step: z.enum(mlflowSteps), isDone: z.boolean(), detail: z.string() })),
  lastError: z.string().nullable(),
  writtenAt: z.number().nullable(),
  createdAt: z.number(),
});
export type MlflowPushView = z.infer<typeof mlflowPushSchema>;

/** Where an alias points there, beside here. */
export const mlflowAliasSchema = z.object({
  prompt: z.string(),
  alias: z.string(),
  here: z.number().int(),
  /** Number of the version there; null = the alias is not there. */
  there: z.string().nullable(),
  isSame: z.boolean(),
});

/** What a judge there cannot have. */
export const mlflowLossSchema = z.object({ judge: z.string(), lost: z.array(z.string()) });
export type MlflowLoss = z.infer<typeof mlflowLossSchema>;

export const mlflowPageSchema = z.object({
  link: mlflowLinkSchema.nullable(),
  /** The newest. */
  import: mlflowImportSchema.nullable(),
  pushes: z.array(mlflowPushSchema),
  losses: z.array(mlflowLossSchema),
});
export type MlflowPage = z.infer<typeof mlflowPageSchema>;

export const mlflowCheckSchema = z.object({
  link: mlflowLinkSchema,
  aliases: z.array(mlflowAliasSchema),
});
export type MlflowCheck = z.infer<typeof mlflowCheckSchema>;
