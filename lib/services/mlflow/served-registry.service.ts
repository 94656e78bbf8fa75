import "server-only";
import type { Prompt, PromptVersion } from "@/db/repos/prompts.repo";
import { AppError } from "@/lib/contracts/errors";
import type {
  MlflowModelVersion,
  MlflowRegisteredModel,
  RegistrySearch,
} from "@/lib/contracts/mlflow-registry";
import type { Actor } from "@/lib/contracts/permissions";
import { authorize, can } from "../authorize";
import { baseUrlOf } from "../env";
import type { PromptsService } from "../prompts/prompts.service";
import type { ServiceDeps } from "../service-deps";
import { parseRegistryFilter } from "./registry-filter";
import { LATEST, promptTags, toModelVersion, toRegisteredModel, versionTags } from "./registry-form";

interface FoundModels {
  registered_models: MlflowRegisteredModel[];
  next_page_token?: string;
}
interface FoundVersions {
  model_versions: MlflowModelVersion[];
  next_page_token?: string;
}

/** Our prompts as MLflow's registry serves them. It reads: what changes a prompt goes through a review here. */
export function createServedRegistry(deps: ServiceDeps, prompts: Pick<PromptsService, "read">) {
  const { repos } = deps;
  return {
    prompt: (actor: Actor, name: string): MlflowRegisteredModel => modelOf(deps, find(deps, actor, name)),

    version: (actor: Actor, name: string, number: string): MlflowModelVersion => {
      const prompt = find(deps, actor, name);
      const wanted = /^\d{1,9}$/.test(number) ? Number(number) : 0;
      const version = repos.prompts.versionByNumber(prompt.id, wanted);
      if (!version) throw noVersion(prompt, number);
      return toModelVersion(prompt.name, version, repos.aliases.list(prompt.id));
    },

    /** Through the door of every other reader, so that the prompt's page tells who fetched what. */
    versionByAlias: (actor: Actor, name: string, alias: string): MlflowModelVersion => {
      const prompt = find(deps, actor, name);
      const isOwn = repos.aliases.get(prompt.id, alias) !== null;
      const { read } = prompts.read(actor, alias === LATEST && !isOwn ? name : `${name}@${alias}`);
      const version = repos.prompts.versionByNumber(prompt.id, read.version);
      if (!version) throw noVersion(prompt, String(read.version));
      return toModelVersion(prompt.name, version, repos.aliases.list(prompt.id));
    },

    latestVersions: (actor: Actor, name: string): MlflowModelVersion[] =>
      modelOf(deps, find(deps, actor, name)).latest_versions,

    searchPrompts: (actor: Actor, query: RegistrySearch): FoundModels => searchPrompts(deps, actor, query),

    searchVersions: (actor: Actor, query: RegistrySearch): FoundVersions =>
      searchVersions(deps, actor, query),

    /** Why a write is refused, with where it is done instead. Throws always; says nothing of what the actor may not see. */
    refuse: (actor: Actor, act: string, given: { name?: string; alias?: string; version?: string }): never =>
      refuse(deps, actor, act, given),
  };
}

function find({ repos }: ServiceDeps, actor: Actor, name: string): Prompt {
  const prompt = repos.prompts.byName(name);
  if (!prompt || !can(actor, "project:read", prompt.projectId))
    throw new AppError(
      "not-found",
      `Registered model with name=${name} not found: no prompt of yours has it.`,
    );
  authorize(actor, "project:read", prompt.projectId);
  return prompt;
}

function noVersion({ name }: Prompt, number: string): AppError {
  return new AppError("not-found", `Model version (name=${name}, version=${number}) not found.`);
}

function modelOf({ repos }: ServiceDeps, prompt: Prompt): MlflowRegisteredModel {
  return toRegisteredModel(prompt, repos.prompts.latestVersion(prompt.id), repos.aliases.list(prompt.id));
}

function readable({ repos }: ServiceDeps, actor: Actor): Prompt[] {
  const all = repos.prompts.list(actor.kind === "key" ? actor.projectId : undefined);
  return all.filter(({ projectId }) => can(actor, "project:read", projectId));
}

function searchPrompts(deps: ServiceDeps, actor: Actor, query: RegistrySearch): FoundModels {
  const matches = parseRegistryFilter(query.filter);
  const found = readable(deps, actor)
    .filter(({ name }) => matches({ name, tags: promptTags() }))
    .map((prompt) => modelOf(deps, prompt));
  const sorted = inOrder(found, query.order_by, {
    name: ({ name }) => name,
    creation_timestamp: (model) => model.creation_timestamp,
    last_updated_timestamp: (model) => model.last_updated_timestamp,
  });
  const { page, next } = pageOf(sorted, query);
  return { registered_models: page, ...next };
}

function searchVersions(deps: ServiceDeps, actor: Actor, query: RegistrySearch): FoundVersions {
  const { repos } = deps;
  const matches = parseRegistryFilter(query.filter);
  const found = readable(deps, actor).flatMap((prompt) => {
    const aliases = repos.aliases.list(prompt.id);
    return repos.prompts
      .versions(prompt.id)
      .filter((version: PromptVersion) => matches({ name: prompt.name, tags: versionTags(version) }))
      .map((version) => toModelVersion(prompt.name, version, aliases));
  });
  const sorted = inOrder(found, query.order_by, {
    name: ({ name }) => name,
    version_number: ({ version }) => Number(version),
    creation_timestamp: (version) => version.creation_timestamp,
    last_updated_timestamp: (version) => version.last_updated_timestamp,
  });
  const { page, next } = pageOf(sorted, query);
  return { model_versions: page, ...next };
}

type Keys<Item> = Readonly<Record<string, (item: Item) => string | number>>;

/** `order_by` as MLflow writes it: "name ASC". Stable, so that what it leaves open stays in the order of names. */
function inOrder<Item>(items: readonly Item[], orderBy: readonly string[], keys: Keys<Item>): Item[] {
  return orderBy.toReversed().reduce(
    (sorted, part) => {
      const [, field = "", direction = "ASC"] = /^\s*`?(\w+)`?(?:\s+(ASC|DESC))?\s*$/i.exec(part) ?? [];
      const key = keys[field === "timestamp" ? "last_updated_timestamp" : field];
      if (!key)
        throw new AppError(
          "invalid-input",
          `"${part}" cannot be sorted by; possible are ${Object.keys(keys).join(", ")}, each with ASC or DESC.`,
        );
      const sign = direction.toUpperCase() === "DESC" ? -1 : 1;
      return sorted.toSorted((a, b) => {
        const [x, y] = [key(a), key(b)];
        return x === y ? 0 : x < y ? -sign : sign;
      });
    },
    [...items],
  );
}

function pageOf<Item>(
  items: readonly Item[],
  { max_results: size, page_token: token }: RegistrySearch,
): { page: Item[]; next: { next_page_token?: string } } {
  if (token !== "" && !/^\d{1,9}$/.test(token))
    throw new AppError("invalid-input", "This page token is none of ours. Start again without one.");
  const start = Number(token || 0);
  const end = start + size;
  return { page: items.slice(start, end), next: end < items.length ? { next_page_token: String(end) } : {} };
}

function refuse(
  deps: ServiceDeps,
  actor: Actor,
  act: string,
  { name = "", alias, version }: { name?: string; alias?: string; version?: string },
): never {
  const prompt = deps.repos.prompts.byName(name);
  const mine = prompt && can(actor, "project:read", prompt.projectId) ? prompt : null;
  const place = mine ? ` ${baseUrlOf(deps.env)}/p/${mine.projectId}/prompts` : "";
  const nothing = "Nothing was changed.";
  if (mine && alias !== undefined && act.endsWith("registered-models/alias")) {
    const current = deps.repos.aliases.get(mine.id, alias);
    const stays = current ? `It stays at version ${current.version}.` : "It does not exist yet.";
    const asked = version === undefined ? "be taken away" : `move to version ${version}`;
    throw new AppError(
      "forbidden",
      `The alias "${alias}" of ${mine.name} cannot ${asked} from here: an alias moves only by a review that is promoted in Touchstone, on evidence from sealed records and with somebody's approval, or by a rollback. ${stays} ${nothing} Open a review under${place}.`,
    );
  }
  const what = mine
    ? `${mine.name} is kept by Touchstone: its versions are immutable and come from reviews; they are not written, tagged or deleted through MLflow's API.`
    : "Touchstone serves MLflow's prompt registry for reading. New prompts are made in Touchstone, or imported from an MLflow server that a project is connected with.";
  throw new AppError("forbidden", `${what} ${nothing}${place === "" ? "" : ` See${place}.`}`);
}
