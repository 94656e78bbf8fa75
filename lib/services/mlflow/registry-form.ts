import type { Prompt, PromptVersion } from "@/db/repos/prompts.repo";
import type { MlflowModelVersion, MlflowRegisteredModel, MlflowTag } from "@/lib/contracts/mlflow-registry";

/** Marks a registered model and its versions as a prompt: MLflow's client takes nothing else for one. */
export const IS_PROMPT = "mlflow.prompt.is_prompt";
export const PROMPT_TEXT = "mlflow.prompt.text";
export const PROMPT_TYPE = "_mlflow_prompt_type";
export const MODEL_CONFIG = "_mlflow_prompt_model_config";
const EXPERIMENTS = "_mlflow_experiment_ids";

/** The alias by which the client asks for the newest version; no alias here may have that name there. */
export const LATEST = "latest";

interface Pointer {
  alias: string;
  version: number;
}

/** Tags of a prompt. The client's default experiment is named, so that a load by a plain client writes nothing. */
export function promptTags(): Record<string, string> {
  return { [IS_PROMPT]: "true", [EXPERIMENTS]: ",0," };
}

/** Tags of a version: MLflow's own, which carry the text, then ours (scores, judge, review). */
export function versionTags(version: PromptVersion): Record<string, string> {
  return {
    ...version.tags,
    [IS_PROMPT]: "true",
    [PROMPT_TYPE]: "text",
    [PROMPT_TEXT]: version.text,
    ...(Object.keys(version.modelConfig).length === 0
      ? {}
      : { [MODEL_CONFIG]: JSON.stringify(modelConfigOf(version)) }),
    "touchstone.content_hash": version.contentHash,
  };
}

function modelConfigOf({ modelConfig }: PromptVersion): Record<string, unknown> {
  const { model, temperature, topP, maxOutputTokens } = modelConfig;
  return {
    ...(model === undefined ? {} : { model_name: model }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(maxOutputTokens === undefined ? {} : { max_tokens: maxOutputTokens }),
  };
}

export function toModelVersion(
  name: string,
  version: PromptVersion,
  aliases: readonly Pointer[],
): MlflowModelVersion {
  return {
    name,
    version: String(version.version),
    creation_timestamp: version.createdAt,
    last_updated_timestamp: version.createdAt,
    user_id: version.createdBy,
    current_stage: "None",
    description: version.commitMessage,
    source: "touchstone",
    status: "READY",
    tags: toTags(versionTags(version)),
    aliases: aliases.filter(({ version: number }) => number === version.version).map(({ alias }) => alias),
  };
}

export function toRegisteredModel(
  prompt: Prompt,
  latest: PromptVersion | null,
  aliases: readonly Pointer[],
): MlflowRegisteredModel {
  return {
    name: prompt.name,
    creation_timestamp: prompt.createdAt,
    last_updated_timestamp: latest?.createdAt ?? prompt.createdAt,
    tags: toTags(promptTags()),
    aliases: aliases.map(({ alias, version }) => ({ alias, version: String(version) })),
    latest_versions: latest ? [toModelVersion(prompt.name, latest, aliases)] : [],
  };
}

function toTags(tags: Readonly<Record<string, string>>): MlflowTag[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}
