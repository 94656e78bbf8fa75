import "server-only";
import type { EvidenceLook } from "@/db/repos/evidence.repo";
import type { PromptCheck } from "@/db/repos/prompt-checks.repo";
import type { Review } from "@/db/repos/reviews.repo";
import type { StoredRollout } from "@/db/repos/rollouts.repo";
import type { PinnedRecord } from "@/db/repos/snapshots.repo";
import type { RolloutFrame, RolloutRunner } from "@/lib/services/rollouts/rollout-runner";
import { mapLimit } from "@/lib/util/map-limit";
import { judgesOfLook } from "../evidence/evidence-job";
import { indexReadings, isScored } from "../evidence/evidence-readings";
import type { JobContext, JobHandler } from "../jobs/job-types";
import { createPausingModels } from "../jobs/pausing-caller";
import { targetOf } from "../runs/run-frame";
import type { ServiceDeps } from "../service-deps";
import { type CheckSide, checkSides } from "./found-of";

const CONCURRENCY = 16;
const TRIES = [0, 1, 2] as const;
/** Samples of one check; those of each are its own, so that an answer known from before is never taken for a fresh one. */
const SAMPLES_A_CHECK = 1_000;

/**
 * Reads both sides of every record of the look: the answer that was kept is graded by today's judges, and today's
 * assistant answers anew. Each reading is stored, so that what was cut off goes on and buys nothing twice.
 */
export function createPromptCheckJob(deps: ServiceDeps, rollouts: RolloutRunner): JobHandler {
  return async (context) => {
    const { repos } = deps;
    const check = repos.promptChecks.byId(context.job.subjectId);
    const look = check && repos.evidence.byId(check.lookId);
    const review = look && repos.reviews.byId(look.reviewId);
    if (!check || !look || !review)
      throw new Error("The promotion that this checks does not exist any more.");
    const records = repos.snapshots.listForEvidence(look.snapshotId ?? "");
    const read = createRead({ deps, rollouts, context, check, look, review });
    const asks = records.flatMap((record) => checkSides.map((side) => ({ side, record })));
    let done = 0;
    context.setProgress({ done, total: asks.length, stage: "scoring" });
    await mapLimit(
      asks,
      CONCURRENCY,
      async ({ side, record }) => {
        for (const attempt of TRIES) {
          await context.whilePaused();
          const reading = await read[side](record, attempt);
          if (reading === null || isScored(reading)) break;
        }
        done += 1;
        context.setProgress({ done });
      },
      context.signal,
    );
  };
}

interface ReadParts {
  deps: ServiceDeps;
  rollouts: RolloutRunner;
  context: JobContext;
  check: PromptCheck;
  look: EvidenceLook;
  review: Review;
}

/** A reading of one side; null where there is nothing to read: the record had no answer then. */
type Read = (record: PinnedRecord, attempt: number) => Promise<StoredRollout | null>;

function createRead({ deps, rollouts, context, check, look, review }: ReadParts): Record<CheckSide, Read> {
  const { repos } = deps;
  const version = repos.prompts.versionById(check.versionId);
  if (!version) throw new Error("The version that is checked does not exist any more.");
  const { components, layout } = version;
  const ofLook = indexReadings(repos.rollouts.listByOwner({ kind: "evidence", id: look.id }));
  const frame: Omit<RolloutFrame, "target"> = {
    owner: { kind: "prompt-check", id: check.id },
    layout,
    judges: judgesOfLook(deps, review, check),
    models: createPausingModels(deps.models.forJob(context.job.id), context),
    memo: "here",
  };
  const then = { targetVersionId: look.targetVersionId ?? "", models: look.models };
  const ask = { components, purpose: "prompt-check" };
  return {
    kept: async (record, attempt) => {
      const known = ofLook.counted("candidate", record.recordId);
      if (!known?.output) return null;
      // The first grading is of the sample that was kept, so that a grade of the same judges is known and costs nothing.
      const sample = attempt === 0 ? known.sample : check.number * SAMPLES_A_CHECK + attempt;
      const target = targetOf(deps, then);
      return rollouts.run(
        { ...frame, target },
        { ...ask, candidateId: "kept", record, sample, known },
        context.signal,
      );
    },
    fresh: (record, attempt) =>
      rollouts.run(
        { ...frame, target: targetOf(deps, check) },
        { ...ask, candidateId: "fresh", record, sample: check.number * SAMPLES_A_CHECK + attempt },
        context.signal,
      ),
  };
}
