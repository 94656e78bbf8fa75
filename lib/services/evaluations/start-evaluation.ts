import "server-only";
import type { Project } from "@/db/repos/projects.repo";
import type { PromptVersion } from "@/db/repos/prompts.repo";
import { AppError } from "@/lib/contracts/errors";
import type { RoundOffer, StartEvaluationInput } from "@/lib/contracts/evaluations";
import type { Actor } from "@/lib/contracts/permissions";
import type { ModelAssignment } from "@/lib/contracts/projects";
import type { OptimizationRecord } from "@/lib/contracts/records";
import { sum } from "@/lib/util/math";
import { audit } from "../audit";
import { actorId } from "../authorize";
import { judgeInUse } from "../labels/judge-in-use";
import type { ServiceDeps } from "../service-deps";
import { planSets } from "../sets/plan-sets";
import { plannedRecords } from "../sets/readiness";
import { currentTargetVersion, currentTargetVersionId } from "../targets/current-target";

const PRODUCTION = "production";
const NO_CAPS = { maxMetricCalls: null, maxUsd: null, maxMinutes: null };

/** Freezes the records and inserts round and job. Sets have been given. Inside the caller's transaction. @returns id of the round */
export function startEvaluation(
  deps: ServiceDeps,
  actor: Actor,
  projectId: string,
  input: StartEvaluationInput,
): string {
  const { repos, now, newId } = deps;
  const project = repos.projects.byId(projectId);
  const version = versionOf(deps, projectId, input.promptVersionId);
  if (!project) throw new AppError("not-found", "There is no such project, or you are not a member of it.");
  const records = recordsFor(deps, projectId, input.recordIds);
  const items = records.map(({ id, revision, set }) => ({ recordId: id, revision, set }));
  const { judge, embedding } = project.models;
  const { task, targetVersionId, isAgent } = whoAnswers(deps, project, input.task);
  const inUse = judgeInUse(deps, projectId);
  const [evaluationId, jobId] = [newId("evl"), newId("job")];
  const who = { actorId: actorId(actor), at: now() };
  repos.jobs.enqueue({
    id: jobId,
    kind: "evaluation",
    projectId,
    subjectId: evaluationId,
    caps: NO_CAPS,
    total: items.length,
    ...who,
  });
  repos.evaluations.insert({
    id: evaluationId,
    projectId,
    promptVersionId: version.id,
    targetVersionId,
    judgeVersionId: inUse?.version.id ?? null,
    snapshotId: repos.snapshots.create(newId("snap"), projectId, items, now()).id,
    jobId,
    models: { task, judge, embedding },
    total: items.length,
    queueSize: input.queueSize,
    simulated: [...(isAgent ? [] : [task]), ...(inUse ? [judge] : [])].some(
      ({ connectionId }) => repos.connections.byId(connectionId)?.kind !== "real",
    ),
    ...who,
  });
  const compared = input.task ? { model: input.task.model } : {};
  const details = { records: items.length, promptVersionId: version.id, ...compared };
  audit(deps, actor, {
    projectId,
    action: "round-started",
    subjectType: "evaluation",
    subjectId: evaluationId,
    details,
  });
  return evaluationId;
}

/** Who answers now, or the model that is to be compared with it, which never is an agent. */
function whoAnswers(
  { repos }: ServiceDeps,
  project: Project,
  compared: ModelAssignment | undefined,
): { task: ModelAssignment; targetVersionId: string; isAgent: boolean } {
  if (compared === undefined) {
    const targetVersionId = currentTargetVersionId(repos, project.id);
    const isAgent = repos.targets.versionById(targetVersionId)?.config.kind === "http";
    return { task: project.models.task, targetVersionId, isAgent };
  }
  const mayUse = repos.connections.isGranted(compared.connectionId, project.id);
  const chat = repos.targets.list(project.id).find(({ kind }) => kind === "chat");
  const version = chat ? repos.targets.latestVersion(chat.id) : null;
  if (!mayUse || !version)
    throw new AppError(
      "no-connection",
      "This project may not use that connection. Choose one that plays a part in it under Settings, Models by role. Nothing was started.",
    );
  return { task: compared, targetVersionId: version.id, isAgent: false };
}

/** What a new round would do, before anybody presses the button. */
export function roundOffer(deps: ServiceDeps, projectId: string): RoundOffer {
  const { repos } = deps;
  const task = repos.projects.byId(projectId)?.models.task;
  const connection = task ? repos.connections.byId(task.connectionId) : null;
  const records = countRecords(deps, projectId);
  const isLocal = connection?.kind !== "real" && agentUrl(deps, projectId) === null;
  return {
    prompts: promptChoices(deps, projectId),
    records,
    host: isLocal ? null : new URL(agentUrl(deps, projectId) ?? connection?.baseUrl ?? "").host,
    costUsd: costOf(deps, projectId, records),
    judgeName: judgeInUse(deps, projectId)?.judge.name ?? null,
  };
}

function versionOf({ repos }: ServiceDeps, projectId: string, versionId: string): PromptVersion {
  const version = repos.prompts.versionById(versionId);
  if (!version || repos.prompts.byId(version.promptId)?.projectId !== projectId) {
    throw new AppError("not-found", "This version of the prompt does not exist in this project.");
  }
  return version;
}

/** Practice records with a question: of the ids, else all. A sealed record is never answered in a round. */
function recordsFor(
  { repos }: ServiceDeps,
  projectId: string,
  ids: readonly string[] | undefined,
): OptimizationRecord[] {
  if (ids === undefined) {
    const records = repos.records.listPractice(projectId).filter(hasQuestion);
    if (records.length > 0) return records;
    throw new AppError(
      "not-ready",
      "No practice record has a question yet. Write records first, then get answers.",
    );
  }
  const unique = [...new Set(ids)];
  const records = repos.records.findForEngine(projectId, unique).filter(hasQuestion);
  if (records.length > 0 && records.length === unique.length) return records;
  throw new AppError(
    "invalid-input",
    `${unique.length - records.length} of the ${unique.length} records cannot be answered: only practice records with a question can; sealed ones are kept for reviews. Nothing was started.`,
  );
}

function hasQuestion({ inputs }: Pick<OptimizationRecord, "inputs">): boolean {
  return inputs.messages.some(({ role, content }) => role === "user" && content.trim() !== "");
}

function countRecords(deps: ServiceDeps, projectId: string): number {
  const practice = deps.repos.records.listPractice(projectId).filter(hasQuestion).length;
  const live = deps.repos.records.live(projectId);
  if (live.every(({ set }) => set !== "unassigned")) return practice;
  return (
    practice +
    planSets(projectId, plannedRecords(deps, projectId, live)).filter(({ set }) => set === "practice").length
  );
}

function promptChoices({ repos }: ServiceDeps, projectId: string): RoundOffer["prompts"] {
  return repos.prompts.list(projectId).flatMap((prompt) => {
    const live = repos.aliases.get(prompt.id, PRODUCTION)?.versionId;
    const choices = repos.prompts.versions(prompt.id).map(({ id, version }) => ({
      versionId: id,
      label: `${prompt.name} v${version}${id === live ? ", in production" : ""}`,
      inProduction: id === live,
    }));
    return choices.sort((a, b) => Number(b.inProduction) - Number(a.inProduction));
  });
}

function agentUrl({ repos }: ServiceDeps, projectId: string): string | null {
  const config = currentTargetVersion(repos, projectId)?.config;
  return config?.kind === "http" ? config.url : null;
}

/** From what the last round's answers cost; grading is not part of it, nor is anything known before the first round. */
function costOf({ repos }: ServiceDeps, projectId: string, records: number): number | null {
  const [last] = repos.evaluations.list(projectId).filter(({ simulated }) => !simulated);
  if (!last?.jobId) return null;
  const totals = repos.paidCalls.totals(last.jobId);
  if (totals.length === 0 || totals.some(({ costUsd }) => costUsd === null) || last.total === 0) return null;
  return (sum(totals.map(({ costUsd }) => costUsd ?? 0)) / last.total) * records;
}
