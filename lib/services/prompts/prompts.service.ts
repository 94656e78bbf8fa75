import "server-only";
import type { Prompt, PromptVersion } from "@/db/repos/prompts.repo";
import { isErased } from "@/lib/contracts/erasure";
import { AppError } from "@/lib/contracts/errors";
import type { Actor, Permission } from "@/lib/contracts/permissions";
import {
  type AliasEventView,
  aliasSchema,
  type PromptRead,
  type PromptVersionView,
  type PromptView,
  promptNameSchema,
} from "@/lib/contracts/prompts";
import { sha256Hex } from "@/lib/util/hash";
import { audit } from "../audit";
import { actorId, authorize, can } from "../authorize";
import { checkedComponents } from "../reviews/open-review";
import type { ServiceDeps } from "../service-deps";
import { createFetchNotes, type NoteFetch } from "./fetch-notes";
import { prepareVersion } from "./new-version";
import { aliasEventViewOf, promptReadOf, promptViewOf, versionViewOf } from "./prompt-view";
import { rollBack } from "./roll-back";

interface NewPromptInput {
  name: string;
  components: Record<string, string>;
  layout: string[];
}

/** A read with what makes it cacheable. */
interface CacheableRead {
  read: PromptRead;
  /** Strong: changes whenever the answer does. */
  etag: string;
  cacheControl: string;
}

const ALIAS_CACHE = "private, max-age=30, stale-while-revalidate=30, stale-if-error=86400";
const VERSION_CACHE = "private, max-age=31536000, immutable";

export type PromptsService = ReturnType<typeof createPromptsService>;

/** Prompts: their versions, who points where, and what agents fetch. */
export function createPromptsService(deps: ServiceDeps) {
  const { repos } = deps;
  const noteFetch = createFetchNotes(deps);
  return {
    list: (actor: Actor, projectId: string): PromptView[] => {
      authorize(actor, "project:read", projectId);
      return repos.prompts.list(projectId).map((prompt) => promptViewOf(repos, prompt, deps.now()));
    },

    /** A prompt with its first version. No alias points at it yet: its first review puts it in production. */
    create: (actor: Actor, projectId: string, input: NewPromptInput): PromptView =>
      createPrompt(deps, actor, projectId, input),

    /** A hand-written version, or the one that holds these words already. No alias moves. */
    addVersion: (
      actor: Actor,
      ref: string,
      input: { components: Record<string, string>; commitMessage: string },
    ): PromptVersionView => {
      const prompt = find(deps, actor, "runs:write", ref);
      return versionViewOf(addVersion(deps, actor, prompt, { ...input, source: "written" }));
    },

    /** What an agent fetches: `name@alias`, or `name` for the newest version. Throws `unknown-alias` with those that exist. */
    read: (actor: Actor, ref: string): CacheableRead => readByRef(deps, noteFetch, actor, ref),

    /** One immutable version. */
    readVersion: (actor: Actor, ref: string, number: string): CacheableRead =>
      readVersion(deps, actor, ref, number),

    /** Newest first; `liveAt` = the event by which the alias pointed where it did at that moment. */
    aliasHistory: (
      actor: Actor,
      ref: string,
      alias: string,
      at?: number,
    ): { items: AliasEventView[]; liveAt: AliasEventView | null } => {
      const prompt = find(deps, actor, "project:read", ref);
      const items = repos.aliases.history(prompt.id, alias).map(aliasEventViewOf);
      if (items.length === 0) throw unknownAlias(deps, prompt, alias);
      const event = repos.aliases.at(prompt.id, alias, at ?? deps.now());
      return { items, liveAt: event && aliasEventViewOf(event) };
    },

    /** Puts an alias back to a version it pointed at before: alone, and at once. */
    rollBack: (
      actor: Actor,
      ref: string,
      alias: string,
      input: { toVersion: number; expectedCurrent: number; reason: string },
    ): PromptView => {
      const prompt = find(deps, actor, "prompts:promote", ref);
      rollBack(deps, actor, prompt, alias, input);
      return promptViewOf(repos, prompt, deps.now());
    },
  };
}

function readByRef(deps: ServiceDeps, noteFetch: NoteFetch, actor: Actor, ref: string): CacheableRead {
  const { name, alias } = parseRef(ref);
  const prompt = find(deps, actor, "project:read", name);
  const version = alias === null ? deps.repos.prompts.latestVersion(prompt.id) : atAlias(deps, prompt, alias);
  if (!version) throw new AppError("not-found", `The prompt ${name} has no version yet.`);
  if (alias !== null && actor.kind === "key") {
    noteFetch(prompt.id, { alias, reader: actor.name, versionId: version.id });
  }
  return {
    read: promptReadOf(prompt.name, alias, version),
    etag: `${textTag(version)}-${alias ?? "latest"}-v${version.version}`,
    cacheControl: ALIAS_CACHE,
  };
}

function readVersion(deps: ServiceDeps, actor: Actor, ref: string, number: string): CacheableRead {
  const prompt = find(deps, actor, "project:read", ref);
  const wanted = /^\d{1,9}$/.test(number) ? Number(number) : 0;
  const version = deps.repos.prompts.versionByNumber(prompt.id, wanted);
  if (!version) throw new AppError("not-found", `The prompt ${prompt.name} has no version ${number}.`);
  return {
    read: promptReadOf(prompt.name, null, version),
    etag: `${textTag(version)}-v${version.version}`,
    cacheControl: VERSION_CACHE,
  };
}

/** The hash of the words; other words, once some were erased: an agent that holds the old ones must not be told to keep them. */
function textTag({ contentHash, components }: PromptVersion): string {
  const text = JSON.stringify(components);
  return isErased(text) ? `${contentHash}-${sha256Hex(text).slice(0, 12)}` : contentHash;
}

/** A prompt by name or id. A prompt of somebody else's project does not exist for the actor. */
function find({ repos }: ServiceDeps, actor: Actor, permission: Permission, ref: string): Prompt {
  const prompt = repos.prompts.byName(ref) ?? repos.prompts.byId(ref);
  if (!prompt || !can(actor, "project:read", prompt.projectId)) {
    throw new AppError(
      "not-found",
      `There is no prompt named ${ref}, or it is in a project that is not yours.`,
    );
  }
  authorize(actor, permission, prompt.projectId);
  return prompt;
}

function parseRef(ref: string): { name: string; alias: string | null } {
  const at = ref.lastIndexOf("@");
  return at === -1 ? { name: ref, alias: null } : { name: ref.slice(0, at), alias: ref.slice(at + 1) };
}

function atAlias(deps: ServiceDeps, prompt: Prompt, alias: string): PromptVersion {
  const current = aliasSchema.safeParse(alias).success ? deps.repos.aliases.get(prompt.id, alias) : null;
  const version = current ? deps.repos.prompts.versionById(current.versionId) : null;
  if (!version) throw unknownAlias(deps, prompt, alias);
  return version;
}

function unknownAlias({ repos }: ServiceDeps, prompt: Prompt, alias: string): AppError {
  const aliases = repos.aliases.list(prompt.id).map((one) => one.alias);
  const known =
    aliases.length === 0 ? "It has none yet: promote a version first." : `It has: ${aliases.join(", ")}.`;
  return new AppError("unknown-alias", `The prompt ${prompt.name} has no alias "${alias}". ${known}`, {
    extra: { aliases },
  });
}

function createPrompt(
  deps: ServiceDeps,
  actor: Actor,
  projectId: string,
  { name, components, layout }: NewPromptInput,
): PromptView {
  const { repos, now, newId } = deps;
  authorize(actor, "runs:write", projectId);
  const parsed = promptNameSchema.safeParse(name);
  if (!parsed.success) {
    const message = parsed.error.issues[0]?.message ?? "This name cannot be used.";
    throw new AppError("invalid-input", `${message} Nothing was saved.`, {
      errors: [{ path: "name", message }],
    });
  }
  const missing = layout.find((part) => (components[part] ?? "").trim() === "");
  if (
    missing !== undefined ||
    new Set(layout).size !== layout.length ||
    Object.keys(components).length !== layout.length
  ) {
    const message =
      missing === undefined
        ? "The layout names each part once, and no other."
        : `The part "${missing}" has no text.`;
    throw new AppError("invalid-input", `${message} Nothing was saved.`, {
      errors: [{ path: "components", message }],
    });
  }
  return repos.transaction(() => {
    if (repos.prompts.byName(name)) {
      const message =
        "Another prompt on this server has this name; agents fetch by name, so it must be its own.";
      throw new AppError("conflict", `${message} Nothing was saved.`, {
        errors: [{ path: "name", message }],
      });
    }
    const prompt = repos.prompts.insert({ id: newId("prm"), projectId, name, createdAt: now() });
    const version = prepareVersion({
      id: newId("pv"),
      promptId: prompt.id,
      components,
      layout,
      modelConfig: {},
      commitMessage: "First version.",
      tags: {},
      source: "written",
      actorId: actorId(actor),
      at: now(),
    });
    repos.prompts.addVersion(version);
    audit(deps, actor, {
      projectId,
      action: "prompt-created",
      subjectType: "prompt",
      subjectId: prompt.id,
      details: { name },
    });
    return promptViewOf(repos, prompt, deps.now());
  });
}

function addVersion(
  deps: ServiceDeps,
  actor: Actor,
  prompt: Prompt,
  input: { components: Record<string, string>; commitMessage: string; source: string },
): PromptVersion {
  const { repos, now, newId } = deps;
  return repos.transaction(() => {
    const latest = repos.prompts.latestVersion(prompt.id);
    const components = checkedComponents(input.components, latest);
    const { layout = Object.keys(components), modelConfig = {} } = latest ?? {};
    const { commitMessage, source } = input;
    const version = repos.prompts.addVersion(
      prepareVersion({
        id: newId("pv"),
        promptId: prompt.id,
        components,
        layout,
        modelConfig,
        commitMessage,
        tags: {},
        source,
        actorId: actorId(actor),
        at: now(),
      }),
    );
    const isNew = version.version > (latest?.version ?? 0);
    if (isNew) {
      audit(deps, actor, {
        projectId: prompt.projectId,
        action: "prompt-version-written",
        subjectType: "prompt",
        subjectId: prompt.id,
        details: { version: version.version },
      });
    }
    return version;
  });
}
