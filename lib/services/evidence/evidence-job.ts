import "server-only";
import type { EvidenceLook } from "@/db/repos/evidence.repo";
import type { Review } from "@/db/repos/reviews.repo";
import type { StoredRollout } from "@/db/repos/rollouts.repo";
import type { PinnedRecord } from "@/db/repos/snapshots.repo";
import type { RolloutJudge } from "@/lib/rollouts/types";
import type { RolloutFrame, RolloutRunner } from "@/lib/services/rollouts/rollout-runner";
import { mapLimit } from "@/lib/util/map-limit";
import type { JobContext, JobHandler } from "../jobs/job-types";
import { createPausingModels } from "../jobs/pausing-caller";
import { judgesOf, targetOf } from "../runs/run-frame";
import type { ServiceDeps } from "../service-deps";
import { provePromptUsed } from "../targets/prove-prompt-used";
import {
  CONFIRMING_SAMPLES,
  indexReadings,
  isScored,
  looksLikeLoss,
  passesGuard,
  type Readings,
  SCORING_SAMPLES,
  type Side,
  sides,
} from "./evidence-readings";
import { createEvidenceScale, type EvidenceScale } from "./evidence-scale";
import { summarizeEvidence } from "./summarize-evidence";

const CONCURRENCY = 16;

/** One reading of one record under one of the two prompts. */
type Read = (side: Side, record: PinnedRecord, sample: number, purpose: string) => Promise<StoredRollout>;

/**
 * Does a look at the sealed records. Every reading is stored under the look, so a job that was cut off, paused or
 * taken up again goes on from what is there and buys nothing twice.
 */
export function createEvidenceJob(deps: ServiceDeps, rollouts: RolloutRunner): JobHandler {
  return async (context) => {
    const look = deps.repos.evidence.byId(context.job.subjectId);
    const review = look && deps.repos.reviews.byId(look.reviewId);
    if (!look || !review) throw new Error("The review of this look does not exist any more.");
    if (look.result !== null) return;
    const judges = judgesOfLook(deps, review, look);
    const records = deps.repos.snapshots.listForEvidence(look.snapshotId ?? "");
    const read = createRead({ deps, rollouts, context, review, look, judges });
    const scale = createEvidenceScale(judges);
    await proveAgent(deps, review, look, records, context);
    await scoreAll(records, read, context);
    await confirm(records, currentReadings(deps, look), scale, read, context);
    keepResult(deps, look, records, judges);
  };
}

/** The judges of a look as they were pinned, with the weights of the run. */
export function judgesOfLook(
  deps: Pick<ServiceDeps, "repos">,
  review: Review,
  look: Pick<EvidenceLook, "judgeVersionIds" | "models">,
): RolloutJudge[] {
  const weights = review.runId === null ? [] : (deps.repos.runs.byId(review.runId)?.manifest.judges ?? []);
  const judges = look.judgeVersionIds.map((judgeVersionId, index) => ({
    judgeVersionId,
    weight: weights[index]?.weight ?? 1 / look.judgeVersionIds.length,
    floor: null,
  }));
  return judgesOf(deps, { judges, models: look.models });
}

/** An agent that ignored its prompt would make the comparison one of luck. */
async function proveAgent(
  deps: ServiceDeps,
  review: Review,
  look: EvidenceLook,
  [record]: readonly PinnedRecord[],
  context: JobContext,
): Promise<void> {
  if (!record) return;
  await provePromptUsed(deps, {
    jobId: context.job.id,
    target: targetOf(deps, { targetVersionId: look.targetVersionId ?? "", models: look.models }),
    components: Object.keys(review.components),
    inputs: record.inputs,
    models: createPausingModels(deps.models.forJob(context.job.id), context),
    context,
  });
}

interface ReadParts {
  deps: ServiceDeps;
  rollouts: RolloutRunner;
  context: JobContext;
  review: Review;
  look: EvidenceLook;
  judges: readonly RolloutJudge[];
}

function createRead({ deps, rollouts, context, review, look, judges }: ReadParts): Read {
  const baseline = deps.repos.prompts.versionById(look.baselineVersionId ?? "");
  if (!baseline) throw new Error("The version that this look compares with does not exist any more.");
  const target = targetOf(deps, { targetVersionId: look.targetVersionId ?? "", models: look.models });
  const frame: Omit<RolloutFrame, "layout"> = {
    owner: { kind: "evidence", id: look.id },
    target,
    judges,
    models: createPausingModels(deps.models.forJob(context.job.id), context),
    memo: target.kind === "http" ? "here" : "anywhere",
  };
  return async (side, record, sample, purpose) => {
    const { components, layout } = side === "baseline" ? baseline : review;
    await context.whilePaused();
    return rollouts.run(
      { ...frame, layout },
      { candidateId: side, components, record, sample, purpose },
      context.signal,
    );
  };
}

/** Both sides of every record; a reading that failed is tried twice more. */
async function scoreAll(records: readonly PinnedRecord[], read: Read, context: JobContext): Promise<void> {
  const asks = records.flatMap((record) => sides.map((side) => ({ side, record })));
  let done = 0;
  context.setProgress({ done, total: asks.length, stage: "scoring" });
  await mapLimit(
    asks,
    CONCURRENCY,
    async ({ side, record }) => {
      for (const sample of SCORING_SAMPLES) {
        if (isScored(await read(side, record, sample, "evidence"))) break;
      }
      done += 1;
      context.setProgress({ done });
    },
    context.signal,
  );
}

/** Three fresh readings of each side where a loss may be noise, and of each failure of the guard set. */
async function confirm(
  records: readonly PinnedRecord[],
  readings: Readings,
  scale: EvidenceScale,
  read: Read,
  context: JobContext,
): Promise<void> {
  const asks = records.flatMap((record) =>
    sidesToConfirm(record, readings, scale).map((side) => ({ side, record })),
  );
  if (asks.length === 0) return;
  const all = asks.flatMap((ask) => CONFIRMING_SAMPLES.map((sample) => ({ ...ask, sample })));
  const scored = records.length * sides.length;
  let done = scored;
  context.setProgress({ done, total: scored + all.length, stage: "confirming" });
  await mapLimit(
    all,
    CONCURRENCY,
    async ({ side, record, sample }) => {
      await read(side, record, sample, "confirmation");
      done += 1;
      context.setProgress({ done });
    },
    context.signal,
  );
}

function sidesToConfirm(
  { recordId, set, critical }: PinnedRecord,
  readings: Readings,
  scale: EvidenceScale,
): readonly Side[] {
  const before = readings.counted("baseline", recordId);
  const after = readings.counted("candidate", recordId);
  if (set === "sealed" && looksLikeLoss(scale, before, after)) return sides;
  return critical && !passesGuard(scale, after) ? ["candidate"] : [];
}

function currentReadings({ repos }: ServiceDeps, look: EvidenceLook): Readings {
  return indexReadings(repos.rollouts.listByOwner({ kind: "evidence", id: look.id }));
}

function keepResult(
  { repos }: ServiceDeps,
  look: EvidenceLook,
  records: readonly PinnedRecord[],
  judges: readonly RolloutJudge[],
): void {
  const totals = look.jobId === null ? [] : repos.paidCalls.totals(look.jobId);
  const costs = totals.map(({ costUsd }) => costUsd);
  const result = summarizeEvidence({
    records,
    rollouts: repos.rollouts.listByOwner({ kind: "evidence", id: look.id }),
    judges,
    look: look.look,
    seed: look.id,
    modelCalls: totals.reduce((all, { calls }) => all + calls, 0),
    costUsd:
      costs.length === 0 || costs.includes(null)
        ? null
        : costs.reduce<number>((all, one) => all + (one ?? 0), 0),
  });
  repos.evidence.setResult(look.id, result);
}
