import "server-only";
import { z } from "zod";
import type { AliasEvent } from "@/db/repos/aliases.repo";
import type { Prompt, PromptVersion } from "@/db/repos/prompts.repo";
import {
  type MlflowModelVersion,
  mlflowModelVersionSchema,
  mlflowRegisteredModelSchema,
} from "@/lib/contracts/mlflow-registry";
import { type MlflowClient, MlflowError } from "./mlflow-client";
import { tagsOf, versionsOf } from "./read-prompts";
import { IS_PROMPT, PROMPT_TEXT, PROMPT_TYPE, versionTags } from "./registry-form";

const nothing = z.unknown();
const modelSchema = z.object({ registered_model: mlflowRegisteredModelSchema });
const versionSchema = z.object({ model_version: mlflowModelVersionSchema });

/** Somebody else moved the alias there: a person decides. */
export class MovedOutside extends Error {
  override readonly name = "MovedOutside";
}

/**
 * The version there that holds these words, made if there is none, and read back.
 * @returns its number there
 */
export async function writeVersion(
  client: MlflowClient,
  prompt: Prompt,
  version: PromptVersion,
): Promise<string> {
  await ensurePrompt(client, prompt.name);
  const tags = versionTags(version);
  const known = (await versionsOf(client, prompt.name)).find((one) => isSame(one, tags));
  const number = known ? known.version : await createVersion(client, prompt.name, version, tags);
  if (known) await addTags(client, prompt.name, known, tags);
  const { model_version: back } = await client.call("GET", "2.0/mlflow/model-versions/get", versionSchema, {
    query: { name: prompt.name, version: number },
  });
  if (tagsOf(back)[PROMPT_TEXT] === version.text) return number;
  throw new MlflowError(
    `Version ${number} was read back, and its text is another one than was written.`,
    200,
    "READ_BACK",
  );
}

async function ensurePrompt(client: MlflowClient, name: string): Promise<void> {
  try {
    const { registered_model: model } = await client.call(
      "GET",
      "2.0/mlflow/registered-models/get",
      modelSchema,
      {
        query: { name },
      },
    );
    if (tagsOf(model)[IS_PROMPT] === "true") return;
  } catch (error) {
    if (!(error instanceof MlflowError && error.code === "RESOURCE_DOES_NOT_EXIST")) throw error;
    const body = { name, tags: [{ key: IS_PROMPT, value: "true" }] };
    await client.call("POST", "2.0/mlflow/registered-models/create", nothing, { body });
    return;
  }
  throw new MlflowError(`"${name}" is a model there and no prompt. Rename one of the two.`, 409, "NO_PROMPT");
}

/** The same text under the same settings; who made it does not matter. */
function isSame(there: MlflowModelVersion, tags: Readonly<Record<string, string>>): boolean {
  const known = tagsOf(there);
  const hash = "touchstone.content_hash";
  if (known[hash] !== undefined) return known[hash] === tags[hash];
  return known[PROMPT_TYPE] !== "chat" && known[PROMPT_TEXT] === tags[PROMPT_TEXT];
}

async function createVersion(
  client: MlflowClient,
  name: string,
  { commitMessage }: PromptVersion,
  tags: Readonly<Record<string, string>>,
): Promise<string> {
  const list = Object.entries(tags).map(([key, value]) => ({ key, value }));
  const body = { name, source: "prompt-template", description: commitMessage, tags: list };
  const { model_version } = await client.call("POST", "2.0/mlflow/model-versions/create", versionSchema, {
    body,
  });
  return model_version.version;
}

/** A version that came from there, or was written before, gets what was measured since. */
async function addTags(
  client: MlflowClient,
  name: string,
  known: MlflowModelVersion,
  tags: Readonly<Record<string, string>>,
): Promise<void> {
  const there = tagsOf(known);
  for (const [key, value] of Object.entries(tags)) {
    if (there[key] === value || key === PROMPT_TEXT || key === PROMPT_TYPE) continue;
    const body = { name, version: known.version, key, value };
    await client.call("POST", "2.0/mlflow/model-versions/set-tag", nothing, { body });
  }
}

/** The version at which the alias points there; null when it is not there. */
export async function aliasThere(
  client: MlflowClient,
  name: string,
  alias: string,
): Promise<MlflowModelVersion | null> {
  try {
    const { model_version } = await client.call("GET", "2.0/mlflow/registered-models/alias", versionSchema, {
      query: { name, alias },
    });
    return model_version;
  } catch (error) {
    // a server says for a missing alias that the parameter is wrong, for a missing prompt that it does not exist
    const code = error instanceof MlflowError ? error.code : "";
    if (code === "INVALID_PARAMETER_VALUE" || code === "RESOURCE_DOES_NOT_EXIST") return null;
    throw error;
  }
}

/**
 * Moves the alias there and reads it back. MLflow has no compare-and-set: it is read just before, and where it points
 * at something else than was last seen nothing is moved. Throws `MovedOutside`.
 * @param expected texts of which one is expected there, if the alias is there at all
 */
export async function writeAlias(
  client: MlflowClient,
  { name }: Prompt,
  { alias }: Pick<AliasEvent, "alias">,
  { number, expected, isForced }: { number: string; expected: ReadonlySet<string>; isForced: boolean },
): Promise<void> {
  const there = await aliasThere(client, name, alias);
  if (there?.version !== number) {
    const isExpected = there === null || expected.has(tagsOf(there)[PROMPT_TEXT] ?? "");
    if (!isExpected && !isForced)
      throw new MovedOutside(
        `${alias} was moved outside Touchstone: it points at version ${there.version} there, whose words are not those that were in production here. It was left as it is.`,
      );
    const body = { name, alias, version: number };
    await client.call("POST", "2.0/mlflow/registered-models/alias", nothing, { body });
  }
  const back = await aliasThere(client, name, alias);
  if (back?.version === number) return;
  throw new MlflowError(
    `${alias} was read back, and points at ${back?.version ?? "nothing"}.`,
    200,
    "READ_BACK",
  );
}
