import "server-only";
import type { Alignment } from "@/db/repos/alignments.repo";
import type { Judge } from "@/db/repos/judges.repo";
import {
  type AlignDeps,
  type AlignProgress,
  align,
  type Guideline,
  type JudgeSnapshot,
  learnedFrom,
  measureAgreement,
  measureGuidelineEffects,
  planChecking,
  unalign,
} from "@/lib/judge";
import type { JobContext, JobHandler } from "../jobs/job-types";
import { judgeSnapshotOf } from "../runs/run-frame";
import type { ServiceDeps } from "../service-deps";
import { alignmentModels, jobsOfAlignment } from "./alignment-models";
import { type AlignmentReport, reportOf, withTest } from "./alignment-report";
import { FOLD_SEED } from "./preflight";
import { pinnedTeachingSet, type TeachingSet } from "./teaching-labels";

/** Names of the stages, as the job tells them; a page has words for each. */
export type TeachingStage =
  | "distilling"
  | "consolidating"
  | "guidelines-ready"
  | "testing"
  | "effects"
  | "done";

/**
 * Teaches a judge: guidelines and remembered answers first, readable as a draft as soon as they are there, then the
 * test on answers it has not seen. Started again after a crash it asks for nothing that is paid for, and makes no
 * second draft.
 */
export function createAlignmentJob(deps: ServiceDeps): JobHandler {
  return async (context) => {
    const alignment = deps.repos.alignments.byId(context.job.subjectId);
    const judge = alignment && deps.repos.judges.byId(alignment.judgeId);
    if (!alignment || !judge) throw new Error("The teaching of this job does not exist.");
    const base = judgeSnapshotOf(deps, alignment.baseVersionId);
    const set = pinnedTeachingSet(deps, judge, alignment.labelIds);
    const frame: Frame = {
      deps,
      context,
      alignment,
      judge,
      base,
      set,
      split: planChecking(set.labels, FOLD_SEED),
      kept: guidelinesToKeep(base, set),
      models: await alignmentModels(deps, alignment, context),
    };
    const report = alignment.draftVersionId === null ? await learn(frame) : alignment.report;
    if (report !== null) await measure(frame, report);
    setStage(context, "done", 1, 1);
  };
}

interface Frame {
  deps: ServiceDeps;
  context: JobContext;
  alignment: Alignment;
  judge: Judge;
  base: JudgeSnapshot;
  set: TeachingSet;
  split: ReturnType<typeof planChecking>;
  kept: readonly Guideline[];
  models: AlignDeps;
}

/**
 * What the judge knows already stays, less what came from labels that count no more: a guideline goes with its last
 * label, and one that lost some of them is learned anew (alignment.md, Unalign).
 */
function guidelinesToKeep(base: JudgeSnapshot, { labels }: TeachingSet): Guideline[] {
  const counting = new Set(labels.map(({ labelId }) => labelId));
  const gone = [...learnedFrom(base)].filter((id) => !counting.has(id));
  const { snapshot, affected } = unalign(base, base.versionId, gone);
  const again = new Set(affected.map(({ id }) => id));
  return snapshot.guidelines.filter(({ id }) => !again.has(id));
}

async function learn({
  deps,
  context,
  alignment,
  judge,
  base,
  set,
  split,
  kept,
  models,
}: Frame): Promise<AlignmentReport> {
  const onProgress = ({ stage, done, total }: AlignProgress): void => {
    if (stage !== "done") setStage(context, stage, done, total);
  };
  const result = await align(
    { base, labels: split.teaching, guidelinesKept: kept, onProgress },
    models,
    context.signal,
  );
  const report = reportOf(result.report, set.skipped, split.checking.length);
  const { repos, now, newId } = deps;
  const draftVersionId = newId("jdv");
  repos.transaction(() => {
    repos.judges.addVersion({
      id: draftVersionId,
      judgeId: judge.id,
      status: "draft",
      origin: "aligned",
      parentVersionId: base.versionId,
      alignmentId: alignment.id,
      instructions: base.instructions,
      anchors: base.anchors.map((anchor) => ({ ...anchor })),
      goodEnough: base.goodEnough,
      models: repos.judges.versionById(base.versionId)?.models ?? {},
      guidelines: result.guidelines.map(storedGuideline),
      episodes: result.episodes.map((episode) => ({
        ...episode,
        vector: episode.vector && [...episode.vector],
      })),
      retrieval: result.retrieval,
      rule: null,
      actorId: alignment.createdById,
      at: now(),
    });
    repos.alignments.update(alignment.id, { draftVersionId, report, ...spent(deps, alignment) });
  });
  setStage(context, "guidelines-ready", 1, 1);
  return report;
}

/**
 * Agreement before and after on answers that neither had seen, stored as soon as it is known; then what single
 * guidelines do. Nothing is measured where nothing can be held out.
 */
async function measure(frame: Frame, report: AlignmentReport): Promise<void> {
  const { deps, context, alignment, base, split, kept, models } = frame;
  const agreement = await measureAgreement(
    {
      base,
      labels: split.teaching,
      guidelinesKept: kept,
      seed: FOLD_SEED,
      onProgress: ({ done, total }) => setStage(context, "testing", done, total),
    },
    models,
    context.signal,
  );
  const { before, after, headline, human } = agreement;
  const { answers, pairs, sameSide, sameGrade } = human;
  const isMeasured = agreement.folds.length > 0;
  const tested = withTest(report, agreement);
  deps.repos.alignments.update(alignment.id, {
    before: isMeasured ? withQuestions(deps, before) : null,
    after: isMeasured ? withQuestions(deps, after) : null,
    human: { answers, pairs, sameSide, sameGrade, alpha: human.alpha?.value ?? null },
    verdict: headline.n > 0 ? headline.verdict : null,
    report: tested,
    ...spent(deps, alignment),
  });
  const effects = await measureEffects(frame);
  // Somebody may have settled a difference meanwhile.
  const latest = deps.repos.alignments.byId(alignment.id)?.report ?? tested;
  deps.repos.alignments.update(alignment.id, { report: { ...latest, effects }, ...spent(deps, alignment) });
}

/** What single guidelines of the draft do, on the labels kept aside; empty where that cannot be said yet. */
async function measureEffects(frame: Frame): Promise<AlignmentReport["effects"]> {
  const { deps, context, alignment, split, models } = frame;
  const draftVersionId = deps.repos.alignments.byId(alignment.id)?.draftVersionId ?? null;
  if (draftVersionId === null || split.checking.length === 0) return [];
  setStage(context, "effects", 0, 1);
  const draft = judgeSnapshotOf(deps, draftVersionId);
  return (await measureGuidelineEffects(draft, split.checking, models, context.signal)) ?? [];
}

/** A case is shown by its question as lists show it, not by the whole conversation. */
function withQuestions<Table extends { cases: { traceId: string; question: string }[] }>(
  { repos }: ServiceDeps,
  table: Table,
): Table {
  const questions = new Map(
    repos.traces
      .byIds([...new Set(table.cases.map(({ traceId }) => traceId))])
      .map(({ id, question }) => [id, question]),
  );
  const cases = table.cases.map((one) => ({ ...one, question: questions.get(one.traceId) ?? one.question }));
  return { ...table, cases };
}

function storedGuideline(guideline: Guideline) {
  return {
    ...guideline,
    sourceLabelIds: [...guideline.sourceLabelIds],
    conflictsWith: [...guideline.conflictsWith],
  };
}

/** Calls and money of all tries together; no money where one of the prices is not known. Vectors are no model calls. */
function spent({ repos }: ServiceDeps, alignment: Alignment): { modelCalls: number; costUsd: number | null } {
  const totals = jobsOfAlignment({ repos }, alignment).flatMap((jobId) => repos.paidCalls.totals(jobId));
  const costs = totals.map(({ costUsd }) => costUsd);
  return {
    modelCalls: totals.filter(({ role }) => role !== "embedding").reduce((all, { calls }) => all + calls, 0),
    costUsd: costs.includes(null) ? null : costs.reduce<number>((all, cost) => all + (cost ?? 0), 0),
  };
}

function setStage(context: JobContext, stage: TeachingStage, done: number, total: number): void {
  context.setProgress({ stage, done, total });
}
