import { z } from "zod";
import { modelSettingsSchema } from "./judges";

export const promptNameSchema = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,128}$/, "Use letters, digits, dot, dash and underscore, 128 at most.");
export const aliasSchema = z.string().regex(/^[a-z][a-z0-9_-]{0,62}$/);

/** Immutable. `components` joined in `layout` order by a blank line is the text that an agent uses. */
export const promptVersionSchema = z.object({
  id: z.string(),
  promptId: z.string(),
  version: z.number().int(),
  components: z.record(z.string(), z.string()),
  layout: z.array(z.string()),
  text: z.string(),
  variables: z.array(z.string()),
  modelConfig: modelSettingsSchema.extend({ model: z.string().optional() }),
  contentHash: z.string(),
  commitMessage: z.string(),
  tags: z.record(z.string(), z.string()),
  source: z.string(),
  createdAt: z.number(),
  createdBy: z.string(),
});
export type PromptVersionView = z.infer<typeof promptVersionSchema>;

export const aliasEventSchema = z.object({
  id: z.string(),
  alias: z.string(),
  fromVersion: z.number().int().nullable(),
  toVersion: z.number().int(),
  kind: z.enum(["initial", "promotion", "rollback"]),
  reason: z.string(),
  reviewId: z.string().nullable(),
  evidenceSentence: z.string().nullable(),
  selfApproved: z.boolean(),
  overridden: z.boolean(),
  actor: z.string(),
  createdAt: z.number(),
});
export type AliasEventView = z.infer<typeof aliasEventSchema>;

/** Who fetched an alias through the API, and what they hold. */
export const promptReaderSchema = z.object({
  alias: z.string(),
  reader: z.string(),
  version: z.number().int(),
  /** When it first got this version. */
  firstAt: z.number(),
  lastAt: z.number(),
});
export type PromptReader = z.infer<typeof promptReaderSchema>;

export const promptSchema = z.object({
  id: z.string(),
  projectId: z.string(),
  name: z.string(),
  aliases: z.array(z.object({ alias: z.string(), version: z.number().int(), since: z.number() })),
  versions: z.array(promptVersionSchema),
  history: z.array(aliasEventSchema),
  /** Why the evidence of what is in production says little about today; null while it does, or where there was none. */
  evidenceAge: z.string().nullable(),
  /** Whether what is in production was written to the project's MLflow server; null where none is written to. */
  mlflow: z.string().nullable().default(null),
  /** Latest first. */
  readers: z.array(promptReaderSchema),
});
export type PromptView = z.infer<typeof promptSchema>;

/** What an agent gets: one cacheable GET. */
export const promptReadSchema = z.object({
  name: z.string(),
  version: z.number().int(),
  alias: z.string().nullable(),
  text: z.string(),
  components: z.record(z.string(), z.string()),
  layout: z.array(z.string()),
  variables: z.array(z.string()),
  modelConfig: z.record(z.string(), z.unknown()),
  contentHash: z.string(),
  tags: z.record(z.string(), z.string()),
  commitMessage: z.string(),
  createdAt: z.number(),
});
export type PromptRead = z.infer<typeof promptReadSchema>;
