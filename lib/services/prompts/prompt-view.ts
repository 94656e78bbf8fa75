import "server-only";
import type { AliasEvent } from "@/db/repos/aliases.repo";
import type { Prompt, PromptVersion } from "@/db/repos/prompts.repo";
import type {
  AliasEventView,
  PromptRead,
  PromptReader,
  PromptVersionView,
  PromptView,
} from "@/lib/contracts/prompts";
import { ageInProduction } from "../prompt-checks/promoted-on";
import type { ServiceDeps } from "../service-deps";

type Repos = ServiceDeps["repos"];

/** A prompt with everything that the Prompts page tells of it. */
export function promptViewOf(repos: Repos, { id, projectId, name }: Prompt, now: number): PromptView {
  return {
    id,
    projectId,
    name,
    aliases: repos.aliases.list(id).map(({ alias, version, since }) => ({ alias, version, since })),
    versions: repos.prompts.versions(id).map(versionViewOf),
    history: repos.aliases.history(id).map(aliasEventViewOf),
    readers: readersOf(repos, id),
    evidenceAge: ageInProduction({ repos }, id, now),
    mlflow: mlflowState(repos, id, projectId),
  };
}

/** What became of the newest move of production on the project's MLflow server, in words. */
function mlflowState(repos: Repos, promptId: string, projectId: string): string | null {
  const [event] = repos.aliases.history(promptId, "production");
  if (!event || !repos.mlflow.link(projectId)?.writesOnPromote) return null;
  switch (repos.mlflow.pushOfEvent(event.id)?.state) {
    case "written":
      return "In step with MLflow: it was written there and read back.";
    case "waiting":
      return "It waits to be written to MLflow.";
    case "held":
      return "MLflow has other words: production was moved there, outside Touchstone.";
    case "given-up":
      return "It could not be written to MLflow.";
    case undefined:
      return "It is not written to MLflow: it went live before that was set up.";
  }
}

/** Who fetched it by an alias, and what they hold. */
export function readersOf(repos: Repos, promptId: string): PromptReader[] {
  const fetches = repos.prompts.fetches(promptId);
  const numbers = new Map(
    repos.prompts
      .versionsByIds(fetches.map(({ versionId }) => versionId))
      .map(({ id, version }) => [id, version]),
  );
  return fetches.flatMap(({ alias, reader, versionId, firstAt, lastAt }) => {
    const version = numbers.get(versionId);
    return version === undefined ? [] : [{ alias, reader, version, firstAt, lastAt }];
  });
}

export function versionViewOf({ createdById: _, ...version }: PromptVersion): PromptVersionView {
  return version;
}

export function aliasEventViewOf(event: AliasEvent): AliasEventView {
  const { promptId: _p, fromVersionId: _f, toVersionId: _t, createdById: _c, ...view } = event;
  return view;
}

/** What an agent gets. */
export function promptReadOf(name: string, alias: string | null, version: PromptVersion): PromptRead {
  const { components, layout, variables, modelConfig, contentHash, tags, commitMessage, createdAt, text } =
    version;
  return {
    name,
    version: version.version,
    alias,
    text,
    components,
    layout,
    variables,
    modelConfig,
    contentHash,
    tags,
    commitMessage,
    createdAt,
  };
}
