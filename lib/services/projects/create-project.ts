import "server-only";
import type { Project } from "@/db/repos/projects.repo";
import type { PromptVersion } from "@/db/repos/prompts.repo";
import type { About, ProjectModels, ProjectSettings } from "@/lib/contracts/projects";
import { sha256Hex } from "@/lib/util/hash";
import { DEFAULT_COMPONENT, prepareVersion } from "../prompts/new-version";
import type { ServiceDeps } from "../service-deps";

export interface ProjectPlan {
  name: string;
  about: About;
  models: ProjectModels;
  settings: ProjectSettings;
  isSample: boolean;
  /** First version of its prompt, put into production at once; "" = none yet. */
  startingPrompt: string;
  actorId: string;
}

export interface MadeProject {
  project: Project;
  promptId: string;
  targetVersionId: string;
  version: PromptVersion | null;
}

/** A project with its prompt and a chat target. Inside the caller's transaction. */
export function makeProject(
  deps: Pick<ServiceDeps, "repos" | "now" | "newId">,
  plan: ProjectPlan,
): MadeProject {
  const { repos, now, newId } = deps;
  const { name, about, models, settings, isSample, actorId } = plan;
  const at = now();
  const slug = freeName(slugOf(name), (candidate) => repos.projects.bySlug(candidate) !== null);
  const project = repos.projects.insert({
    id: newId("prj"),
    name,
    slug,
    about,
    models,
    settings,
    isSample,
    createdAt: at,
  });
  for (const connectionId of connectionsOf(models)) repos.connections.grant(connectionId, project.id, at);
  const promptName = freeName(slug, (candidate) => repos.prompts.byName(candidate) !== null);
  const prompt = repos.prompts.insert({
    id: newId("prm"),
    projectId: project.id,
    name: promptName,
    createdAt: at,
  });
  const target = repos.targets.insert({
    id: newId("tgt"),
    projectId: project.id,
    name,
    kind: "chat",
    createdAt: at,
  });
  const targetVersion = repos.targets.addVersion({
    id: newId("tgv"),
    targetId: target.id,
    config: { kind: "chat" },
    sealedHeaders: null,
    contentHash: sha256Hex("chat"),
    createdBy: actorId,
    createdAt: at,
  });
  const version = plan.startingPrompt.trim() === "" ? null : registerFirst(deps, prompt.id, plan);
  return { project, promptId: prompt.id, targetVersionId: targetVersion.id, version };
}

/** Version 1, put into production at once: the first set of an empty alias needs no test (architecture.md, Gate). */
function registerFirst(
  { repos, now, newId }: Pick<ServiceDeps, "repos" | "now" | "newId">,
  promptId: string,
  { startingPrompt, isSample, actorId }: ProjectPlan,
): PromptVersion {
  const at = now();
  const first = repos.prompts.addVersion(
    prepareVersion({
      id: newId("prv"),
      promptId,
      components: { [DEFAULT_COMPONENT]: startingPrompt },
      layout: [DEFAULT_COMPONENT],
      modelConfig: {},
      commitMessage: "Starting prompt",
      tags: {},
      source: isSample ? "sample" : "written",
      actorId,
      at,
    }),
  );
  repos.aliases.move({
    promptId,
    alias: "production",
    expectedCurrent: null,
    toVersionId: first.id,
    event: {
      id: newId("ale"),
      kind: "initial",
      reason: "The starting prompt.",
      reviewId: null,
      evidenceSentence: null,
      selfApproved: false,
      overridden: false,
      actorId,
      at,
    },
  });
  return first;
}

function connectionsOf({ task, judge, reflection, embedding }: ProjectModels): Set<string> {
  return new Set(
    [task, judge, reflection, ...(embedding ? [embedding] : [])].map(({ connectionId }) => connectionId),
  );
}

function slugOf(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase();
  return (
    plain
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 60) || "project"
  );
}

function freeName(base: string, isTaken: (name: string) => boolean): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base}-${number}`;
    if (!isTaken(name)) return name;
  }
}
