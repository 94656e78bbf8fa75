import { z } from "zod";

/** MLflow's registry as its clients read it: their names, their form. A prompt is a registered model with a mark. */
const mlflowTagSchema = z.object({ key: z.string(), value: z.string() });
export type MlflowTag = z.infer<typeof mlflowTagSchema>;

/** int64 comes as a number or as a text, by the server. */
const timeSchema = z.coerce.number();

export const mlflowModelVersionSchema = z.object({
  name: z.string(),
  version: z.coerce.string(),
  creation_timestamp: timeSchema.default(0),
  last_updated_timestamp: timeSchema.default(0),
  user_id: z.string().default(""),
  current_stage: z.string().default("None"),
  description: z.string().default(""),
  source: z.string().default(""),
  status: z.string().default("READY"),
  tags: z.array(mlflowTagSchema).default([]),
  aliases: z.array(z.string()).default([]),
});
export type MlflowModelVersion = z.infer<typeof mlflowModelVersionSchema>;

export const mlflowRegisteredModelSchema = z.object({
  name: z.string(),
  creation_timestamp: timeSchema.default(0),
  last_updated_timestamp: timeSchema.default(0),
  tags: z.array(mlflowTagSchema).default([]),
  aliases: z.array(z.object({ alias: z.string(), version: z.coerce.string() })).default([]),
  latest_versions: z.array(mlflowModelVersionSchema).default([]),
});
export type MlflowRegisteredModel = z.infer<typeof mlflowRegisteredModelSchema>;

/** A search of MLflow's registry. One `order_by` comes as a text, several as a list. */
export const registrySearchSchema = z.object({
  filter: z.string().default(""),
  max_results: z.coerce.number().int().min(1).max(1_000).catch(100).default(100),
  order_by: z
    .union([z.string(), z.array(z.string())])
    .transform((given) => [given].flat())
    .default([]),
  page_token: z.string().default(""),
});
export type RegistrySearch = z.output<typeof registrySearchSchema>;
