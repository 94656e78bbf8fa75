import "server-only";
import type { Review } from "@/db/repos/reviews.repo";
import { AppError } from "@/lib/contracts/errors";
import type { Actor } from "@/lib/contracts/permissions";
import type { OptimizationRecord } from "@/lib/contracts/records";
import type { RolloutRunner } from "@/lib/services/rollouts/rollout-runner";
import { audit } from "../audit";
import { actorId } from "../authorize";
import type { ServiceDeps } from "../service-deps";
import type { SetsService } from "../sets/sets.service";
import { createEvidenceJob } from "./evidence-job";
import { noSealedRecords, refusalOf } from "./evidence-offer";
import { baselineOf, planEvidence, recordsOfLook, targetAliasOf } from "./evidence-plan";

export const evidenceActions = ["pause", "resume", "cancel"] as const;
export type EvidenceAction = (typeof evidenceActions)[number];

export function registerEvidenceJobs(deps: ServiceDeps, rollouts: RolloutRunner): void {
  deps.jobs.register("evidence", createEvidenceJob(deps, rollouts));
}

export type EvidenceService = ReturnType<typeof createEvidenceService>;

const itemOf = ({ id, revision, set }: OptimizationRecord) => ({ recordId: id, revision, set });

/** Looks at the sealed records. Whoever calls has checked who may. */
export function createEvidenceService(deps: ServiceDeps, sets: Pick<SetsService, "assignSets">) {
  const { repos, jobs, now, newId } = deps;
  return {
    /** Buys one counted look: freezes records, judges and models, and starts its job. Returns at once. */
    buy: (actor: Actor, review: Review): void => {
      // On the server's account: who may buy evidence need not be one who may get answers.
      sets.assignSets({ kind: "system", name: actor.name }, review.projectId);
      repos.transaction(() => {
        const refusal = refusalOf(repos, review);
        if (refusal) throw refusal;
        const plan = planEvidence(repos, review);
        const { projectId, promptId } = review;
        const { sealed, guard } = recordsOfLook(repos, projectId);
        if (sealed.length === 0) throw noSealedRecords();
        const baseline = baselineOf(repos, promptId, targetAliasOf(repos, projectId, plan.simulated));
        const records = [...sealed, ...guard];
        const snapshot = repos.snapshots.create(newId("snp"), projectId, records.map(itemOf), now());
        const [lookId, jobId] = [newId("evd"), newId("job")];
        const who = { actorId: actorId(actor), at: now() };
        const caps = { maxMetricCalls: null, maxUsd: null, maxMinutes: null };
        repos.jobs.enqueue({
          id: jobId,
          kind: "evidence",
          projectId,
          subjectId: lookId,
          caps,
          total: 2 * records.length,
          ...who,
        });
        const look = repos.evidence.insert({
          id: lookId,
          reviewId: review.id,
          jobId,
          baselineVersionId: baseline?.id ?? null,
          snapshotId: snapshot.id,
          contentHash: review.contentHash,
          ...plan,
          ...who,
        });
        audit(deps, actor, {
          projectId,
          action: "evidence-bought",
          subjectType: "review",
          subjectId: review.id,
          details: { look: look.look, sealed: sealed.length, critical: guard.length },
        });
      });
      jobs.wake();
    },

    /** A look that was cancelled stays counted; it shows nothing. */
    control: async (actor: Actor, review: Review, action: EvidenceAction): Promise<void> => {
      const [look] = repos.evidence.listByReview(review.id);
      if (!look?.jobId || look.result !== null)
        throw new AppError("conflict", "No look at the sealed records is under way.");
      const subject = { projectId: review.projectId, subjectType: "review", subjectId: review.id };
      audit(deps, actor, { ...subject, action: `evidence-${action}`, details: { look: look.look } });
      if (action === "pause") jobs.pause(look.jobId, `Paused by ${actor.name}.`);
      else if (action === "resume") jobs.resume(look.jobId);
      else await jobs.cancel(look.jobId, `Cancelled by ${actor.name}.`);
    },
  };
}
