import "server-only";
import type { Actor, Permission, Role } from "@/lib/contracts/permissions";
import type { ProjectView } from "@/lib/contracts/projects";
import type { Readiness } from "@/lib/contracts/records";
import { can } from "../authorize";
import { blindWaitingFor } from "../blind/blind.service";
import { blindTraceIds } from "../labels/blind";
import { disagreementsOf } from "../labels/disagreements";
import { ageInProduction } from "../prompt-checks/promoted-on";
import type { ServiceDeps } from "../service-deps";

/** Everything the next action of a person is chosen from. Numbers are counts. */
export interface ProjectFacts {
  project: ProjectView;
  role: Role;
  may(permission: Permission): boolean;
  readiness: Readiness;
  records: number;
  answers: number;
  rounds: number;
  activeRound: { done: number; total: number } | null;
  queue: { id: string; leftForMe: number; leftForTeam: number } | null;
  /** Those that may teach; on how many answers, and by how many people. */
  labels: { total: number; withReason: number; newWithReason: number; answers: number; experts: number };
  judge: { id: string; version: number; guidelines: number } | null;
  openTeaching: string | null;
  activeRun: { id: string; number: number; paused: boolean; cause: string | null } | null;
  candidate: { runId: string; runNumber: number; candidateId: string } | null;
  /** Answers on which experts differ and nobody has decided; 0 for who may not settle them. */
  openDisagreements: number;
  runs: number;
  openReview: { id: string; number: number; author: string } | null;
  /** Answers that this person was asked to compare blind. */
  compareBlind: { reviewId: string; number: number; left: number } | null;
  broken: { what: string; href: string } | null;
  production: {
    promptName: string;
    version: number;
    since: number;
    evidence: string | null;
    /** Why its evidence says little about today; null while it does. */
    evidenceAge: string | null;
  } | null;
}

const MILLISECONDS_TO_NEVER = 0;

/** One pass over the project's tables; cheap enough for each page view. */
export function projectFactsOf(
  { repos, now }: Pick<ServiceDeps, "repos" | "now">,
  actor: Extract<Actor, { kind: "user" }>,
  project: ProjectView,
  role: Role,
  readiness: Readiness,
): ProjectFacts {
  const rounds = repos.evaluations.list(project.id);
  const jobs = repos.jobs.list(project.id, ["queued", "running", "paused", "failed"]);
  const roundJob = jobs.find(
    ({ kind, state }) => kind === "evaluation" && (state === "running" || state === "queued"),
  );
  return {
    project,
    role,
    may: (permission) => can(actor, permission, project.id),
    readiness,
    records: repos.records.counts(project.id).total,
    answers:
      repos.traces.list(project.id, { limit: 1 }).items.length === 0
        ? 0
        : rounds.reduce((all, { total }) => all + total, 0),
    rounds: rounds.length,
    activeRound: roundJob ? { done: roundJob.done, total: roundJob.total } : null,
    queue: queueOf(repos, project.id, actor.userId, now()),
    openDisagreements: openDisagreementsOf({ repos, now }, actor, project.id),
    ...teachingFacts(repos, project.id),
    ...runFacts(repos, project.id),
    compareBlind: blindWaitingFor(repos, project.id, actor.userId),
    broken: brokenOf(repos, project.id),
    production: productionOf(repos, project.id, now()),
  };
}

/** Counted for those who may settle them. */
function openDisagreementsOf(
  deps: Pick<ServiceDeps, "repos" | "now">,
  actor: Extract<Actor, { kind: "user" }>,
  projectId: string,
): number {
  if (!can(actor, "judges:use", projectId)) return 0;
  const blind = blindTraceIds(deps, actor, projectId);
  return disagreementsOf(deps, projectId, actor.userId, blind).filter(({ settled }) => !settled).length;
}

type Repos = ServiceDeps["repos"];

function queueOf(repos: Repos, projectId: string, userId: string, now: number): ProjectFacts["queue"] {
  const open = repos.queues.list(projectId).filter(({ closedAt }) => closedAt === null);
  const withProgress = open.map(({ id, expertsPerItem }) => ({
    id,
    expertsPerItem,
    progress: repos.queues.progress(id, userId, now),
  }));
  const mine = withProgress.find(({ progress }) => progress.leftForMe > 0) ?? withProgress[0];
  if (!mine) return null;
  const { total, doneByTeam, leftForMe } = mine.progress;
  return { id: mine.id, leftForMe, leftForTeam: Math.max(0, total * mine.expertsPerItem - doneByTeam) };
}

const NO_LABELS: ProjectFacts["labels"] = {
  total: 0,
  withReason: 0,
  newWithReason: 0,
  answers: 0,
  experts: 0,
};

function teachingFacts(
  repos: Repos,
  projectId: string,
): Pick<ProjectFacts, "labels" | "judge" | "openTeaching"> {
  const judge = repos.judges.list(projectId).find(({ kind }) => kind === "model");
  if (!judge) return { labels: NO_LABELS, judge: null, openTeaching: null };
  const teachings = repos.alignments.list(judge.id);
  const inUse = repos.judges.inUse(judge.id);
  const lastTaughtAt =
    teachings.find(({ draftVersionId }) => draftVersionId !== null)?.createdAt ?? MILLISECONDS_TO_NEVER;
  const labels = repos.labels.listTeaching(projectId, judge.id);
  const reasoned = labels.filter(({ reason }) => reason.trim() !== "");
  return {
    labels: {
      total: labels.length,
      withReason: reasoned.length,
      newWithReason: reasoned.filter(({ createdAt }) => createdAt > lastTaughtAt).length,
      answers: new Set(labels.map(({ traceId }) => traceId)).size,
      experts: new Set(labels.map(({ author }) => author.id)).size,
    },
    judge: {
      id: judge.id,
      version: inUse?.version ?? 0,
      guidelines: inUse?.guidelines.filter(({ active }) => active).length ?? 0,
    },
    openTeaching:
      teachings.find(({ decision, draftVersionId }) => decision === "open" && draftVersionId !== null)?.id ??
      null,
  };
}

function runFacts(
  repos: Repos,
  projectId: string,
): Pick<ProjectFacts, "activeRun" | "candidate" | "runs" | "openReview"> {
  const runs = repos.runs.list(projectId);
  const active = runs.find(({ state }) => ["queued", "running", "paused"].includes(state));
  const reviews = repos.reviews.list(projectId);
  const open = reviews.find(({ state }) => state === "open" || state === "approved");
  const latest = runs[0];
  const isBetter =
    latest?.state === "done" &&
    latest.recommendedCandidateId !== null &&
    latest.recommendedCandidateId !== "c0" &&
    (latest.recommendedScore ?? 0) > (latest.seedScore ?? 0);
  const isReviewed = reviews.some(({ runId }) => runId === latest?.id);
  return {
    activeRun: active
      ? { id: active.id, number: active.number, paused: active.state === "paused", cause: active.cause }
      : null,
    candidate:
      latest && isBetter && !isReviewed
        ? { runId: latest.id, runNumber: latest.number, candidateId: latest.recommendedCandidateId ?? "" }
        : null,
    runs: runs.length,
    openReview: open ? { id: open.id, number: open.number, author: open.author } : null,
  };
}

/** The newest piece of long work that stopped by itself and waits for somebody. */
function brokenOf(repos: Repos, projectId: string): ProjectFacts["broken"] {
  const paused = repos.jobs
    .list(projectId, ["paused"])
    .find(({ cause }) => cause !== null && !cause.startsWith("Paused by"));
  if (!paused) return null;
  const place =
    paused.kind === "import"
      ? "records"
      : paused.kind === "run"
        ? `runs/${paused.subjectId}`
        : paused.kind === "alignment"
          ? `judge/teach/${paused.subjectId}`
          : paused.kind === "evidence"
            ? "reviews"
            : paused.kind === "prompt-check"
              ? "prompts"
              : "answers";
  return { what: paused.cause ?? "", href: `/p/${projectId}/${place}` };
}

function productionOf(repos: Repos, projectId: string, at: number): ProjectFacts["production"] {
  for (const prompt of repos.prompts.list(projectId)) {
    const alias = repos.aliases.get(prompt.id, "production");
    if (!alias) continue;
    const moved = repos.aliases.history(prompt.id, "production")[0];
    return {
      promptName: prompt.name,
      version: alias.version,
      since: alias.since,
      evidence: moved?.evidenceSentence ?? null,
      evidenceAge: ageInProduction({ repos }, prompt.id, at),
    };
  }
  return null;
}
