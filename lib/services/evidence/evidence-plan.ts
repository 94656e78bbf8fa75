import "server-only";
import type { ModelPins } from "@/db/formats";
import type { Project } from "@/db/repos/projects.repo";
import type { PromptVersion } from "@/db/repos/prompts.repo";
import type { Review } from "@/db/repos/reviews.repo";
import { AppError } from "@/lib/contracts/errors";
import type { OptimizationRecord } from "@/lib/contracts/records";
import type { ServiceDeps } from "../service-deps";
import { currentTargetVersionId } from "../targets/current-target";

type Repos = ServiceDeps["repos"];

const PRODUCTION = "production";
/** Where a change goes whose evidence is simulated, in a project that has a real connection. */
const SANDBOX = "sandbox";

/** What both sides of a look are asked and graded with, frozen when it is bought. */
interface EvidencePlan {
  judgeVersionIds: string[];
  models: ModelPins;
  targetVersionId: string;
  simulated: boolean;
}

/**
 * Judges and models of a look: the run's, each judge at the version in use and each role at the model in use now, since
 * evidence from a retired one would be stale from its first minute. A hand-written text takes the judge in use.
 * Throws `not-ready` without a judge or an assistant, `evidence-mixed` when answers and grades are not of one kind.
 */
export function planEvidence(repos: Repos, review: Pick<Review, "projectId" | "runId">): EvidencePlan {
  const { project, judgeVersionIds, targetVersionId } = planParts(repos, review);
  if (judgeVersionIds.length === 0) {
    throw new AppError(
      "not-ready",
      "No judge is in use, so nothing can grade the answers. Put a judge to use, then score the sealed records.",
    );
  }
  const { task, judge } = project.models;
  const kinds = [answersKind(repos, project, targetVersionId), kindOf(repos, judge.connectionId)];
  if (new Set(kinds).size > 1) {
    throw new AppError(
      "evidence-mixed",
      "The answers and the grades would not both come from real models, and mixed evidence is never compared. " +
        "Nothing was sent. Choose models of one kind under Settings, Models and connections.",
    );
  }
  return { judgeVersionIds, models: { task, judge }, targetVersionId, simulated: kinds[0] !== "real" };
}

/** The parts of a plan without its checks, for what is only shown. */
function planParts(repos: Repos, { projectId, runId }: Pick<Review, "projectId" | "runId">) {
  const project = repos.projects.byId(projectId);
  if (!project) throw new AppError("not-found", "There is no such project, or you are not a member of it.");
  const run = runId === null ? null : repos.runs.byId(runId);
  const judgeVersionIds = run
    ? run.manifest.judges.map(({ judgeVersionId }) => versionInUse(repos, judgeVersionId))
    : projectJudge(repos, projectId);
  return { project, judgeVersionIds, targetVersionId: currentTargetVersionId(repos, projectId) };
}

function versionInUse(repos: Repos, judgeVersionId: string): string {
  const judgeId = repos.judges.versionById(judgeVersionId)?.judgeId;
  return (judgeId === undefined ? null : repos.judges.inUse(judgeId))?.id ?? judgeVersionId;
}

function projectJudge(repos: Repos, projectId: string): string[] {
  const judge = repos.judges
    .list(projectId)
    .find(({ id, kind }) => kind === "model" && repos.judges.inUse(id) !== null);
  const version = judge ? repos.judges.inUse(judge.id) : null;
  return version ? [version.id] : [];
}

type Kind = "real" | "simulated";

function kindOf(repos: Repos, connectionId: string): Kind {
  return repos.connections.byId(connectionId)?.kind ?? "simulated";
}

/** An agent of one's own is real, whatever models grade it. */
function answersKind(repos: Repos, { models }: Project, targetVersionId: string): Kind {
  const isAgent = repos.targets.versionById(targetVersionId)?.config.kind === "http";
  return isAgent ? "real" : kindOf(repos, models.task.connectionId);
}

/** Simulated evidence moves `production` only where there is no real connection at all (architecture.md). */
export function targetAliasOf(repos: Repos, projectId: string, simulated: boolean): string {
  if (!simulated) return PRODUCTION;
  const hasReal = repos.connections.listForProject(projectId).some(({ kind }) => kind === "real");
  return hasReal ? SANDBOX : PRODUCTION;
}

/** The version that an alias points at now. */
export function baselineOf(repos: Repos, promptId: string, alias: string): PromptVersion | null {
  const current = repos.aliases.get(promptId, alias);
  return current ? repos.prompts.versionById(current.versionId) : null;
}

/** The records of a look: all sealed ones, then those that must never fail and are not sealed. For evidence alone. */
export function recordsOfLook(
  repos: Repos,
  projectId: string,
): { sealed: OptimizationRecord[]; guard: OptimizationRecord[] } {
  const sealed = repos.records.listSealed(projectId);
  const ids = new Set(sealed.map(({ id }) => id));
  return { sealed, guard: repos.records.listCritical(projectId).filter(({ id }) => !ids.has(id)) };
}
