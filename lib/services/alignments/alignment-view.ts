import "server-only";
import type { Alignment } from "@/db/repos/alignments.repo";
import type { AlignmentView } from "@/lib/contracts/judges";
import type { ServiceDeps } from "../service-deps";

/** A teaching as it goes over the wire: its state, stage and progress are its job's. */
export function alignmentView({ repos }: Pick<ServiceDeps, "repos">, alignment: Alignment): AlignmentView {
  const job = alignment.jobId === null ? null : repos.jobs.byId(alignment.jobId);
  const { id, judgeId, draftVersionId, decision, before, after, human, verdict, report } = alignment;
  const { modelCalls, costUsd, simulated, createdAt } = alignment;
  return {
    id,
    judgeId,
    state: job?.state ?? "done",
    stage: job?.stage ?? "done",
    progress: { done: job?.done ?? 1, total: job?.total ?? 1 },
    cause: job?.cause ?? null,
    draftVersionId,
    decision,
    before,
    after,
    human,
    verdict,
    report,
    modelCalls,
    costUsd,
    simulated,
    createdAt,
  };
}
