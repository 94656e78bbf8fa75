import "server-only";
import type { Alignment } from "@/db/repos/alignments.repo";
import type { Judge } from "@/db/repos/judges.repo";
import { AppError } from "@/lib/contracts/errors";
import type { TeachingPreflight } from "@/lib/contracts/judge-page";
import type { AlignmentView, DifferenceOutcome } from "@/lib/contracts/judges";
import type { Actor, Permission } from "@/lib/contracts/permissions";
import { audit } from "../audit";
import { actorId, authorize } from "../authorize";
import { findJudge, findVersion } from "../judges/judge-views";
import { putToUse } from "../judges/put-to-use";
import type { ServiceDeps } from "../service-deps";
import { createAlignmentJob } from "./alignment-job";
import { alignmentView } from "./alignment-view";
import { activeTeaching, baseVersionOf, preflightOf } from "./preflight";
import { teachingSetOf } from "./teaching-labels";

export const alignmentActions = ["pause", "resume", "cancel", "retry"] as const;
export type AlignmentAction = (typeof alignmentActions)[number];

/** Teaching a judge from labels: what it would cost, starting it, watching it, and deciding on its draft. */
export function createAlignmentsService(deps: ServiceDeps) {
  const { repos } = deps;
  const view = (alignment: Alignment): AlignmentView => alignmentView(deps, alignment);
  return {
    /** Spends nothing. */
    preflight: (actor: Actor, judgeId: string): TeachingPreflight =>
      preflightOf(deps, findJudge(deps, actor, "judges:draft", judgeId)),

    /** Newest first. */
    list: (actor: Actor, judgeId: string): AlignmentView[] =>
      repos.alignments.list(findJudge(deps, actor, "project:read", judgeId).id).map(view),

    get: (actor: Actor, alignmentId: string): AlignmentView =>
      view(findAlignment(deps, actor, "project:read", alignmentId)),

    /** Pins labels and models, and returns at once; the job does the rest. */
    start: (actor: Actor, judgeId: string): AlignmentView =>
      view(start(deps, actor, findJudge(deps, actor, "judges:draft", judgeId))),

    control: async (actor: Actor, alignmentId: string, action: AlignmentAction): Promise<AlignmentView> => {
      const alignment = findAlignment(deps, actor, "judges:draft", alignmentId);
      await control(deps, actor, alignment, action);
      return view(findAlignment(deps, actor, "project:read", alignmentId));
    },

    /** Use the taught judge, or keep the old one. Nothing is put to use by itself. */
    decide: (
      actor: Actor,
      alignmentId: string,
      decision: "used" | "kept-old",
    ): { alignment: AlignmentView; rulerSentence: string | null } => {
      const alignment = findAlignment(deps, actor, "judges:use", alignmentId);
      const rulerSentence = decide(deps, actor, alignment, decision);
      return { alignment: view(findAlignment(deps, actor, "project:read", alignmentId)), rulerSentence };
    },

    /** Who was wrong where an expert and the judge differ; the last word on a label counts. */
    settle: (actor: Actor, alignmentId: string, labelId: string, outcome: DifferenceOutcome): AlignmentView =>
      view(settle(deps, actor, findAlignment(deps, actor, "labels:write", alignmentId), labelId, outcome)),
  };
}

/** Lets the runner do jobs of this kind. */
export function registerAlignmentJobs(deps: ServiceDeps): void {
  deps.jobs.register("alignment", createAlignmentJob(deps));
}

/** The teaching, when the actor may do this in its project. */
export function findAlignment(
  { repos }: Pick<ServiceDeps, "repos">,
  actor: Actor,
  permission: Permission,
  alignmentId: string,
): Alignment {
  const alignment = repos.alignments.byId(alignmentId);
  if (!alignment)
    throw new AppError("not-found", "There is no such teaching, or you are not a member of its project.");
  authorize(actor, permission, alignment.projectId);
  return alignment;
}

function start(deps: ServiceDeps, actor: Actor, judge: Judge): Alignment {
  const { repos, now, newId, jobs } = deps;
  const alignmentId = newId("aln");
  const alignment = repos.transaction(() => {
    const { blocks, activeAlignmentId, simulated } = preflightOf(deps, judge);
    if (activeAlignmentId !== null)
      throw new AppError("conflict", blocks ?? "", { extra: { activeAlignmentId } });
    const base = baseVersionOf(deps, judge);
    const project = repos.projects.byId(judge.projectId);
    if (blocks !== null || !base || !project)
      throw new AppError("not-ready", blocks ?? "This judge cannot be taught yet.");
    const { judge: judging, reflection, embedding } = project.models;
    const labelIds = teachingSetOf(deps, judge).labels.map(({ labelId }) => labelId);
    const jobId = enqueue(deps, actor, judge.projectId, alignmentId);
    audit(deps, actor, {
      projectId: judge.projectId,
      action: "teaching-started",
      subjectType: "alignment",
      subjectId: alignmentId,
      details: { judgeId: judge.id, baseVersion: base.version, labels: labelIds.length },
    });
    return repos.alignments.insert({
      id: alignmentId,
      projectId: judge.projectId,
      judgeId: judge.id,
      baseVersionId: base.id,
      jobId,
      labelIds,
      models: { judge: judging, reflection, embedding },
      simulated,
      actorId: actorId(actor),
      at: now(),
    });
  });
  jobs.wake();
  return alignment;
}

function enqueue(
  { repos, now, newId }: ServiceDeps,
  actor: Actor,
  projectId: string,
  alignmentId: string,
): string {
  const caps = { maxMetricCalls: null, maxUsd: null, maxMinutes: null };
  const job = {
    id: newId("job"),
    kind: "alignment",
    projectId,
    subjectId: alignmentId,
    caps,
    total: 1,
  } as const;
  return repos.jobs.enqueue({ ...job, actorId: actorId(actor), at: now() }).id;
}

async function control(
  deps: ServiceDeps,
  actor: Actor,
  alignment: Alignment,
  action: AlignmentAction,
): Promise<void> {
  const { jobs } = deps;
  const { state } = alignmentView(deps, alignment);
  const isOver = ["done", "failed", "cancelled"].includes(state);
  if (action === "retry") return retry(deps, actor, alignment, isOver);
  if (isOver || alignment.jobId === null) {
    throw new AppError("conflict", "This teaching is over; what it learned is kept. Nothing was changed.");
  }
  audit(deps, actor, {
    projectId: alignment.projectId,
    action: `teaching-${action}`,
    subjectType: "alignment",
    subjectId: alignment.id,
  });
  if (action === "pause") jobs.pause(alignment.jobId, `Paused by ${actor.name}.`);
  else if (action === "resume") jobs.resume(alignment.jobId);
  else await jobs.cancel(alignment.jobId, `Cancelled by ${actor.name}.`);
}

/** Asks again for what failed; replies that are there are not bought again. The incomplete draft is retired. */
function retry(deps: ServiceDeps, actor: Actor, alignment: Alignment, isOver: boolean): void {
  const { repos, jobs } = deps;
  const isWhole = alignment.report?.partial === false && alignmentView(deps, alignment).state === "done";
  if (!isOver || isWhole || alignment.decision !== "open") {
    throw new AppError(
      "conflict",
      "Nothing of this teaching failed or waits to be asked again. Nothing was changed.",
    );
  }
  const judge = repos.judges.byId(alignment.judgeId);
  if (judge && activeTeaching(deps, judge) !== null) {
    throw new AppError(
      "conflict",
      "The judge is being taught already. Wait for its end, then try this one again.",
    );
  }
  repos.transaction(() => {
    const jobId = enqueue(deps, actor, alignment.projectId, alignment.id);
    if (alignment.draftVersionId !== null) repos.judges.setStatus(alignment.draftVersionId, "retired");
    repos.alignments.update(alignment.id, {
      jobId,
      draftVersionId: null,
      before: null,
      after: null,
      verdict: null,
      report: null,
    });
    audit(deps, actor, {
      projectId: alignment.projectId,
      action: "teaching-retry",
      subjectType: "alignment",
      subjectId: alignment.id,
    });
  });
  jobs.wake();
}

function decide(
  deps: ServiceDeps,
  actor: Actor,
  alignment: Alignment,
  decision: "used" | "kept-old",
): string | null {
  const { repos } = deps;
  const judge = findJudge(deps, actor, "judges:use", alignment.judgeId);
  if (alignment.decision !== "open") {
    throw new AppError(
      "conflict",
      alignment.decision === "used"
        ? "This judge was put to use already."
        : "The old judge was kept. Put this version to use from the list of versions if you want it after all.",
    );
  }
  if (activeTeaching(deps, judge) === alignment.id || alignment.draftVersionId === null) {
    throw new AppError(
      "not-ready",
      "It is still being tested on answers that it has not seen. Decide when the result is there.",
    );
  }
  const version = findVersion(deps, judge, alignment.draftVersionId);
  if (decision === "used") return putToUse(deps, actor, judge, version);
  repos.transaction(() => {
    repos.alignments.update(alignment.id, { decision });
    repos.judges.setStatus(version.id, "retired");
    audit(deps, actor, {
      projectId: judge.projectId,
      action: "judge-kept",
      subjectType: "judge",
      subjectId: judge.id,
      details: { refused: version.version },
    });
  });
  return null;
}

function settle(
  deps: ServiceDeps,
  actor: Actor,
  alignment: Alignment,
  labelId: string,
  outcome: DifferenceOutcome,
): Alignment {
  const { repos, now } = deps;
  const { report, after } = alignment;
  if (report === null || !after?.cases.some((one) => one.labelId === labelId)) {
    throw new AppError("not-found", "This teaching has no test of that label.");
  }
  return repos.transaction(() => {
    const others = report.settled.filter((one) => one.labelId !== labelId);
    const settled = [...others, { labelId, outcome, by: actor.name, at: now() }];
    audit(deps, actor, {
      projectId: alignment.projectId,
      action: "difference-settled",
      subjectType: "label",
      subjectId: labelId,
      details: { outcome },
    });
    return repos.alignments.update(alignment.id, { report: { ...report, settled } }) ?? alignment;
  });
}
