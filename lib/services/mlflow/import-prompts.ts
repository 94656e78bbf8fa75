import "server-only";
import type { Prompt } from "@/db/repos/prompts.repo";
import type { Actor } from "@/lib/contracts/permissions";
import { aliasSchema, promptNameSchema } from "@/lib/contracts/prompts";
import { audit } from "../audit";
import { actorId } from "../authorize";
import { contentHashOf, DEFAULT_COMPONENT, prepareVersion } from "../prompts/new-version";
import type { ServiceDeps } from "../service-deps";
import type { RemotePrompt, RemoteVersion } from "./import-content";
import { leaveOut, type Tally } from "./import-tally";

type Deps = Pick<ServiceDeps, "repos" | "now" | "newId">;

/** What is done with one prompt there. */
interface PromptPlan {
  remote: RemotePrompt;
  /** Null: it is made. */
  known: Prompt | null;
  /** Versions whose content is not here yet, oldest first. */
  fresh: RemoteVersion[];
  /** Aliases that are empty here, with the content that they point at. */
  aliases: { alias: string; contentHash: string; number: string }[];
}

/**
 * Decides on each prompt. Versions are told by their content: the same text is never registered twice. An alias that
 * points anywhere here already is left where it is: it moves only by a review.
 */
export function planPrompts(
  deps: Deps,
  projectId: string,
  prompts: readonly RemotePrompt[],
  maySetAliases: boolean,
  tally: Tally,
): PromptPlan[] {
  return prompts.flatMap((remote) => {
    const problem = nameProblem(deps, projectId, remote.name);
    if (problem === null) return [planPrompt(deps, remote, maySetAliases, tally)];
    for (const _ of remote.versions) leaveOut(tally, "versions", `Prompt ${remote.name}: ${problem}`);
    return [];
  });
}

function nameProblem({ repos }: Deps, projectId: string, name: string): string | null {
  if (!promptNameSchema.safeParse(name).success)
    return "its name has characters that a name here cannot have.";
  const known = repos.prompts.byName(name);
  if (known && known.projectId !== projectId)
    return "a prompt of another project on this server has its name; agents fetch by name, so it must be its own.";
  return null;
}

function planPrompt({ repos }: Deps, remote: RemotePrompt, maySetAliases: boolean, tally: Tally): PromptPlan {
  const known = repos.prompts.byName(remote.name);
  const there = new Set(known ? repos.prompts.versions(known.id).map(({ contentHash }) => contentHash) : []);
  const hashes = new Map<string, string>();
  const fresh: RemoteVersion[] = [];
  for (const version of remote.versions) {
    if (version.text === null) {
      leaveOut(tally, "versions", `Prompt ${remote.name}, version ${version.number}: ${version.problem}.`);
      continue;
    }
    const hash = contentHashOf(contentOf(version));
    hashes.set(version.number, hash);
    if (there.has(hash)) tally.counts.versions.same += 1;
    else {
      there.add(hash);
      fresh.push(version);
      tally.counts.versions.fresh += 1;
    }
  }
  const aliases = remote.aliases.flatMap(({ alias, number }) => {
    const contentHash = hashes.get(number);
    const problem = aliasProblem({ repos }, known, { alias, number, contentHash }, maySetAliases);
    if (problem === "same") tally.counts.aliases.same += 1;
    else if (problem !== null) leaveOut(tally, "aliases", `Alias ${remote.name}@${alias}: ${problem}`);
    if (problem !== null || contentHash === undefined) return [];
    tally.counts.aliases.fresh += 1;
    return [{ alias, contentHash, number }];
  });
  return { remote, known, fresh, aliases };
}

/** Why an alias is not set; "same" when it points at the same content here already; null when it can be. */
function aliasProblem(
  { repos }: Pick<Deps, "repos">,
  known: Prompt | null,
  { alias, number, contentHash }: { alias: string; number: string; contentHash: string | undefined },
  maySetAliases: boolean,
): string | null {
  if (contentHash === undefined) return `version ${number}, at which it points there, was left out.`;
  if (!aliasSchema.safeParse(alias).success) return "its name cannot be an alias here.";
  const current = known && repos.aliases.get(known.id, alias);
  if (!current)
    return maySetAliases
      ? null
      : "it is empty here. Somebody who may promote can set it by this import, or by a review.";
  const version = repos.prompts.versionById(current.versionId);
  if (version?.contentHash === contentHash) return "same";
  return `it points at version ${number} there and stays at v${current.version} here: an alias moves only by a review.`;
}

/** Writes what was planned, a prompt a transaction. */
export function applyPrompts(
  deps: Deps,
  projectId: string,
  plans: readonly PromptPlan[],
  actor: Actor,
  url: string,
): void {
  for (const plan of plans)
    if (plan.fresh.length + plan.aliases.length > 0)
      deps.repos.transaction(() => applyPrompt(deps, projectId, plan, actor, url));
}

function applyPrompt(
  deps: Deps,
  projectId: string,
  { remote, fresh, aliases }: PromptPlan,
  actor: Actor,
  url: string,
): void {
  const { repos, now, newId } = deps;
  const prompt =
    repos.prompts.byName(remote.name) ??
    repos.prompts.insert({ id: newId("prm"), projectId, name: remote.name, createdAt: now() });
  const by = { actorId: actorId(actor), at: now() };
  for (const version of fresh) {
    const { message: commitMessage, number, tags } = version;
    const facts = {
      id: newId("pv"),
      promptId: prompt.id,
      commitMessage,
      source: `MLflow, version ${number}`,
    };
    repos.prompts.addVersion(prepareVersion({ ...facts, ...contentOf(version), tags, ...by }));
  }
  for (const { alias, contentHash, number } of aliases) {
    const version = repos.prompts.versionByHash(prompt.id, contentHash);
    if (!version || repos.aliases.get(prompt.id, alias)) continue;
    const reason = `It pointed at version ${number} of the MLflow server at ${url} when it was imported.`;
    const facts = { reviewId: null, evidenceSentence: null, selfApproved: false, overridden: false };
    const event = { id: newId("ale"), kind: "initial" as const, reason, ...facts, ...by };
    repos.aliases.move({ promptId: prompt.id, alias, expectedCurrent: null, toVersionId: version.id, event });
  }
  audit(deps, actor, {
    projectId,
    action: "prompt-imported",
    subjectType: "prompt",
    subjectId: prompt.id,
    details: { from: url, versions: fresh.length, aliases: aliases.map(({ alias }) => alias) },
  });
}

function contentOf({ text, modelConfig }: RemoteVersion) {
  return { components: { [DEFAULT_COMPONENT]: text ?? "" }, layout: [DEFAULT_COMPONENT], modelConfig };
}
