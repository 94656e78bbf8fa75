import { z } from "zod";
import { modelSettingsSchema } from "./judges";
import { callsAtOnceSchema, patienceSchema } from "./limits";
import { retentionSchema } from "./retention";

/** Who relies on the agent and what for; shown on every review, and told to the reflection model. */
export const aboutSchema = z.object({
  v: z.literal(1).default(1),
  purpose: z.string().max(5_000).default(""),
  reliedOnBy: z.string().max(2_000).default(""),
  outOfScope: z.string().max(2_000).default(""),
  dataKinds: z.string().max(2_000).default(""),
  owner: z.string().max(500).default(""),
});
export type About = z.infer<typeof aboutSchema>;

export const modelAssignmentSchema = z.object({
  connectionId: z.string(),
  model: z.string().min(1).max(200),
  settings: modelSettingsSchema.default({}),
});
export type ModelAssignment = z.infer<typeof modelAssignmentSchema>;

/** Which model plays which role. Embedding may be absent: retrieval is then by words. */
export const projectModelsSchema = z.object({
  v: z.literal(1).default(1),
  task: modelAssignmentSchema,
  judge: modelAssignmentSchema,
  reflection: modelAssignmentSchema,
  embedding: modelAssignmentSchema.nullable(),
});
export type ProjectModels = z.infer<typeof projectModelsSchema>;

export const projectSettingsSchema = z.object({
  v: z.literal(1).default(1),
  selfApproval: z.boolean().default(true),
  approvalQuorum: z.number().int().min(1).max(5).default(1),
  verdictAtOnce: z.boolean().default(false),
  blockPersonalData: z.boolean().default(false),
  /** USD that model calls may cost in a month (UTC); left out or null = no cap. */
  monthlyCapUsd: z.number().positive().max(1_000_000).nullable().optional(),
  /** What is let go of by age; left out = nothing. */
  retention: retentionSchema.optional(),
  /** Who answers: the task model with the prompt (also when left out), or the project's own agent. */
  target: z.enum(["chat", "http"]).optional(),
});
export type ProjectSettings = z.infer<typeof projectSettingsSchema>;

export const projectSchema = z.object({
  id: z.string(),
  name: z.string(),
  slug: z.string(),
  about: aboutSchema,
  models: projectModelsSchema,
  settings: projectSettingsSchema,
  simulated: z.boolean(),
  isSample: z.boolean(),
  archived: z.boolean(),
  createdAt: z.number(),
});
export type ProjectView = z.infer<typeof projectSchema>;

export const createProjectInput = z.object({
  name: z.string().trim().min(1).max(120),
  about: aboutSchema.optional(),
  /** First version of its prompt; may be empty and written later. */
  startingPrompt: z.string().max(200_000).default(""),
});

export const connectionSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(["real", "simulated"]),
  baseUrl: z.string(),
  hasKey: z.boolean(),
  prices: z.record(z.string(), z.object({ inputPerMillion: z.number(), outputPerMillion: z.number() })),
  maxConcurrency: z.number().int(),
  timeoutMs: z.number().int(),
  fromEnvironment: z.boolean(),
  createdAt: z.number(),
});
export type ConnectionView = z.infer<typeof connectionSchema>;

export const saveConnectionInput = z.object({
  name: z.string().trim().min(1).max(120),
  baseUrl: z.url().max(2_000),
  /** Left out = keep the one that is stored. */
  apiKey: z.string().max(10_000).optional(),
  headers: z.record(z.string(), z.string()).default({}),
  prices: z
    .record(z.string(), z.object({ inputPerMillion: z.number().min(0), outputPerMillion: z.number().min(0) }))
    .default({}),
  maxConcurrency: callsAtOnceSchema(256).default(16),
  timeoutMs: patienceSchema.default(120_000),
});

export const connectionTestSchema = z.object({
  ok: z.boolean(),
  headline: z.string(),
  steps: z.array(
    z.object({
      name: z.string(),
      status: z.enum(["ok", "failed", "skipped"]),
      detail: z.string(),
      ms: z.number().nullable(),
    }),
  ),
  models: z.array(z.string()),
});
export type ConnectionTest = z.infer<typeof connectionTestSchema>;
