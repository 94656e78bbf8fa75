import "server-only";
import { z } from "zod";
import {
  type MlflowModelVersion,
  mlflowModelVersionSchema,
  mlflowRegisteredModelSchema,
} from "@/lib/contracts/mlflow-registry";
import type { RemotePrompt, RemoteVersion } from "./import-content";
import type { MlflowClient } from "./mlflow-client";
import { IS_PROMPT, MODEL_CONFIG, PROMPT_TEXT, PROMPT_TYPE } from "./registry-form";

const PAGE = "100";
const MOST_PROMPTS = 1_000;
const MOST_CHARS = 200_000;

const modelsSchema = z.object({
  registered_models: z.array(mlflowRegisteredModelSchema).default([]),
  next_page_token: z.string().default(""),
});
const versionsSchema = z.object({
  model_versions: z.array(mlflowModelVersionSchema).default([]),
  next_page_token: z.string().default(""),
});

/** Every prompt of the registry with its versions, oldest first, and aliases. Throws `MlflowError`. */
export async function readPrompts(client: MlflowClient, notices: string[]): Promise<RemotePrompt[]> {
  const prompts: RemotePrompt[] = [];
  const filter = `tags.\`${IS_PROMPT}\` = 'true'`;
  let token = "";
  do {
    const page = await client.call("GET", "2.0/mlflow/registered-models/search", modelsSchema, {
      query: { filter, max_results: PAGE, ...(token === "" ? {} : { page_token: token }) },
    });
    for (const model of page.registered_models) {
      if (prompts.length === MOST_PROMPTS) {
        notices.push(`Only the first ${MOST_PROMPTS} prompts were read.`);
        return prompts;
      }
      const versions = await versionsOf(client, model.name);
      const aliases = model.aliases.map(({ alias, version }) => ({ alias, number: version }));
      prompts.push({ name: model.name, versions: versions.map(toRemoteVersion), aliases });
    }
    token = page.next_page_token;
  } while (token !== "");
  return prompts;
}

/** All versions of one prompt there, oldest first. Without the mark in the filter the server leaves prompts out. */
export async function versionsOf(client: MlflowClient, name: string): Promise<MlflowModelVersion[]> {
  const found: MlflowModelVersion[] = [];
  const filter = `name = '${name.replaceAll("'", "")}' AND tags.\`${IS_PROMPT}\` = 'true'`;
  let token = "";
  do {
    const page = await client.call("GET", "2.0/mlflow/model-versions/search", versionsSchema, {
      query: { filter, max_results: PAGE, ...(token === "" ? {} : { page_token: token }) },
    });
    found.push(...page.model_versions);
    token = page.next_page_token;
  } while (token !== "");
  return found.toSorted((a, b) => Number(a.version) - Number(b.version));
}

export function tagsOf({ tags }: Pick<MlflowModelVersion, "tags">): Record<string, string> {
  return Object.fromEntries(tags.map(({ key, value }) => [key, value]));
}

function toRemoteVersion(version: MlflowModelVersion): RemoteVersion {
  const tags = tagsOf(version);
  const own = Object.entries(tags).filter(([name]) => !/^_?mlflow/.test(name));
  return {
    number: version.version,
    ...textOf(tags),
    message: version.description.slice(0, 5_000),
    tags: Object.fromEntries(own),
    modelConfig: modelConfigOf(tags[MODEL_CONFIG]),
  };
}

function textOf(tags: Readonly<Record<string, string>>): Pick<RemoteVersion, "text" | "problem"> {
  const text = tags[PROMPT_TEXT] ?? "";
  const refused = (problem: string) => ({ text: null, problem });
  if (text.trim() === "") return refused("it has no text");
  if (text.length > MOST_CHARS) return refused("its text is longer than 200,000 characters");
  if (tags[PROMPT_TYPE] !== "chat") return { text, problem: null };
  const system = systemTextOf(text);
  return system === null
    ? refused("it is a conversation, and a prompt here is the system's text alone")
    : { text: system, problem: null };
}

/** The text of a chat prompt that is a system message and nothing else. */
function systemTextOf(json: string): string | null {
  const chat = z.array(z.object({ role: z.string(), content: z.string() })).safeParse(parse(json));
  const [only, ...more] = chat.success ? chat.data : [];
  return only?.role === "system" && more.length === 0 ? only.content : null;
}

/** What of MLflow's model settings has a place here. What has none is left out. */
function modelConfigOf(json: string | undefined): RemoteVersion["modelConfig"] {
  const given = (json === undefined ? null : parse(json)) as Record<string, unknown> | null;
  if (given === null || typeof given !== "object") return {};
  const temperature = z.number().min(0).max(2).safeParse(given.temperature);
  const topP = z.number().min(0).max(1).safeParse(given.top_p);
  const maxOutputTokens = z.number().int().positive().safeParse(given.max_tokens);
  return {
    ...(typeof given.model_name === "string" ? { model: given.model_name } : {}),
    ...(temperature.success ? { temperature: temperature.data } : {}),
    ...(topP.success ? { topP: topP.data } : {}),
    ...(maxOutputTokens.success ? { maxOutputTokens: maxOutputTokens.data } : {}),
  };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
