import "server-only";
import type { Evaluation } from "@/db/repos/evaluations.repo";
import type { StoredRollout } from "@/db/repos/rollouts.repo";
import type { PinnedRecord } from "@/db/repos/snapshots.repo";
import type { RolloutFrame, RolloutRunner } from "@/lib/services/rollouts/rollout-runner";
import { mapLimit } from "@/lib/util/map-limit";
import type { JobContext } from "../jobs/job-types";
import { createPausingModels } from "../jobs/pausing-caller";
import type { JobModels } from "../models/model-gateway";
import { makeQueue } from "../queues/make-queue";
import { judgeSnapshotOf, targetSnapshotOf } from "../runs/run-frame";
import type { ServiceDeps } from "../service-deps";
import { roundNumber } from "./evaluation-view";
import { judgeUngraded, ungradedOf } from "./judge-answers";
import { provenanceOf } from "./provenance";

const CONCURRENCY = 16;
/** Rounds have one text a round, so one name does for all their rollouts. */
const CANDIDATE = "prompt";

/**
 * Does a round of answers: answers what has no answer yet, has ungraded answers graded, makes the queue. Started
 * again after a kill it goes on from what is stored, and pays for nothing twice.
 */
export function createEvaluationJob(
  deps: ServiceDeps,
  rollouts: RolloutRunner,
): (context: JobContext) => Promise<void> {
  return async (context) => {
    const evaluation = deps.repos.evaluations.byId(context.job.subjectId);
    if (!evaluation) throw new Error("The round of answers of this job does not exist.");
    const models = createPausingModels(deps.models.forJob(context.job.id), context);
    const waiting = unanswered(deps, evaluation);
    let done = evaluation.total - waiting.length - ungradedOf(deps, evaluation).length;
    const tell = (stage: string): void => context.setProgress({ stage, done, total: evaluation.total });
    const advance = (stage: string) => (): void => {
      done += 1;
      tell(stage);
    };
    tell("answering");
    await answerAll(deps, rollouts, evaluation, waiting, models, context, advance("answering"));
    await judgeUngraded(deps, evaluation, models, context, advance("grading"));
    queueForLabels(deps, evaluation);
  };
}

/** Frozen practice records of the round without an answer. A round whose answers were recorded has none. */
function unanswered({ repos }: ServiceDeps, { id, snapshotId }: Evaluation): PinnedRecord[] {
  if (snapshotId === null) return [];
  const answered = new Set(repos.traces.listByEvaluation(id).map(({ recordId }) => recordId));
  return repos.snapshots.listForEngine(snapshotId).filter(({ recordId }) => !answered.has(recordId));
}

async function answerAll(
  deps: ServiceDeps,
  rollouts: RolloutRunner,
  evaluation: Evaluation,
  records: readonly PinnedRecord[],
  models: JobModels,
  context: JobContext,
  onAnswered: () => void,
): Promise<void> {
  if (records.length === 0) return;
  const { frame, components, limit } = frameOf(deps, evaluation, models);
  await mapLimit(
    records,
    limit,
    async (record) => {
      await context.whilePaused();
      const ask = { candidateId: CANDIDATE, components, record, sample: 0, purpose: "evaluation" };
      const rollout = await rollouts.run(frame, ask, context.signal);
      keepAnswer(deps, evaluation, record, rollout);
      onAnswered();
    },
    context.signal,
  );
}

function frameOf(deps: ServiceDeps, evaluation: Evaluation, models: JobModels) {
  const { repos } = deps;
  const { promptVersionId, targetVersionId, judgeVersionId, models: pins } = evaluation;
  const version = promptVersionId === null ? null : repos.prompts.versionById(promptVersionId);
  const targetVersion = targetVersionId === null ? null : repos.targets.versionById(targetVersionId);
  if (!version || !targetVersion || !pins.task)
    throw new Error("The prompt or the assistant of this round does not exist any more.");
  const target = targetSnapshotOf(deps, targetVersion, pins.task);
  const judge =
    judgeVersionId !== null && pins.judge
      ? { snapshot: judgeSnapshotOf(deps, judgeVersionId), weight: 1, model: pins.judge }
      : null;
  const frame: RolloutFrame = {
    owner: { kind: "evaluation", id: evaluation.id },
    target,
    layout: version.layout,
    judges: judge ? [judge] : [],
    models,
    memo: target.kind === "http" ? "here" : "anywhere",
  };
  const { config } = targetVersion;
  const limit = config.kind === "http" ? Math.min(CONCURRENCY, config.maxConcurrency) : CONCURRENCY;
  return { frame, components: version.components, limit };
}

/** An answer is an answer, also where no judge could grade it: only silence of the assistant is an ERROR. */
function keepAnswer(
  deps: ServiceDeps,
  evaluation: Evaluation,
  record: PinnedRecord,
  rollout: StoredRollout,
): void {
  const { repos, now, newId } = deps;
  const { id: evaluationId, projectId, promptVersionId, targetVersionId, simulated } = evaluation;
  const { output, steps, outputKey, latencyMs, costUsd, verdicts } = rollout;
  const asked = record.inputs.messages.findLast(({ role }) => role === "user")?.content ?? "";
  const traceId = newId("trc");
  repos.transaction(() => {
    repos.traces.insert({
      id: traceId,
      projectId,
      recordId: record.recordId,
      recordRevision: record.revision,
      evaluationId,
      promptVersionId,
      targetVersionId,
      state: output === null ? "ERROR" : "OK",
      question: asked.trim().replace(/\s+/g, " ").slice(0, 500),
      output: output ?? "",
      cause: output === null ? rollout.cause : null,
      steps,
      provenance: provenanceOf(deps, repos.records.byId(record.recordId), simulated),
      outputKey,
      simulated,
      latencyMs,
      costUsd,
      createdAt: now(),
    });
    for (const verdict of verdicts)
      repos.traces.addVerdict({ ...verdict, traceId, sample: 0, rawReply: null, createdAt: now() });
  });
}

/** At the end the answers that teach most wait for the experts. */
function queueForLabels(deps: ServiceDeps, evaluation: Evaluation): void {
  const { repos } = deps;
  const { id, projectId, queueSize, judgeVersionId, createdById } = evaluation;
  const version = judgeVersionId === null ? null : repos.judges.versionById(judgeVersionId);
  if (
    queueSize === 0 ||
    !version ||
    repos.queues.list(projectId).some(({ evaluationId }) => evaluationId === id)
  )
    return;
  const name = `Round ${roundNumber(deps, evaluation)}`;
  const plan = {
    projectId,
    judgeId: version.judgeId,
    evaluationId: id,
    traceIds: null,
    size: queueSize,
    expertsPerItem: 1,
    name,
  };
  repos.transaction(() => makeQueue(deps, { ...plan, actorId: createdById }));
}
