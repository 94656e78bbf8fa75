import "server-only";
import type { Review } from "@/db/repos/reviews.repo";
import { AppError } from "@/lib/contracts/errors";
import type { EvidenceOffer } from "@/lib/contracts/reviews";
import type { ServiceDeps } from "../service-deps";
import { baselineOf, planEvidence, recordsOfLook, targetAliasOf } from "./evidence-plan";
import { manyLooksNote } from "./evidence-words";

type Repos = ServiceDeps["repos"];

/** What the next look would take and why it may not be bought, told before the click. Reads no sealed text into a page. */
export function evidenceOfferOf(repos: Repos, review: Review): EvidenceOffer {
  const looks = repos.evidence.listByReview(review.id);
  const { sealed, guard } = recordsOfLook(repos, review.projectId);
  const project = repos.projects.byId(review.projectId);
  const connection = repos.connections.byId(project?.models.task.connectionId ?? "");
  const simulated = connection?.kind !== "real";
  const answers = 2 * (sealed.length + guard.length);
  const refusal = refusalOf(repos, review);
  return {
    look: looks.length + 1,
    sealed: sealed.length,
    critical: guard.length + sealed.filter(({ critical }) => critical).length,
    answers,
    usd: simulated ? null : estimateUsd(repos, review, answers),
    host: simulated || !connection ? "the simulated models inside this program" : hostOf(connection.baseUrl),
    simulated,
    needed:
      baselineOf(
        repos,
        review.promptId,
        targetAliasOf(repos, review.projectId, looks[0]?.simulated ?? review.simulated),
      ) !== null,
    blocked: refusal?.detail ?? null,
    note: manyLooksNote(looks.length),
  };
}

/** Why no look may be bought now; null when it may. */
export function refusalOf(repos: Repos, review: Review): AppError | null {
  if (review.state === "promoted" || review.state === "declined") {
    return new AppError(
      "conflict",
      `This review is ${review.state}, so nothing more is scored for it. Open a new one.`,
    );
  }
  const [latest] = repos.evidence.listByReview(review.id);
  const job = latest?.jobId ? repos.jobs.byId(latest.jobId) : null;
  if (latest?.result === null && job && ["queued", "running", "paused"].includes(job.state)) {
    return new AppError(
      "conflict",
      "A look at the sealed records is under way already. Wait for it, or cancel it first.",
    );
  }
  try {
    const { simulated } = planEvidence(repos, review);
    const baseline = baselineOf(repos, review.promptId, targetAliasOf(repos, review.projectId, simulated));
    if (baseline === null) {
      return new AppError(
        "not-ready",
        "Nothing is in production yet, so there is nothing to compare with. The first version needs no test.",
      );
    }
    if (baseline.contentHash === review.contentHash) {
      return new AppError(
        "not-ready",
        `These are the words of v${baseline.version}, which is there already. There is nothing to compare.`,
      );
    }
    return null;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

export function noSealedRecords(): AppError {
  return new AppError(
    "not-ready",
    "No record is sealed yet, so there is nothing that the search has not seen. Write more records: three in ten are sealed when they are first used.",
  );
}

/** From what an answer and its grade cost in the run; null where a price is not known. */
function estimateUsd(repos: Repos, review: Review, answers: number): number | null {
  const jobId = review.runId === null ? undefined : repos.runs.byId(review.runId)?.jobId;
  const totals = jobId === undefined ? [] : repos.paidCalls.totals(jobId);
  let each = 0;
  for (const role of ["task", "judge"]) {
    const total = totals.find((one) => one.role === role);
    if (!total || total.calls === 0 || total.costUsd === null) return null;
    each += total.costUsd / total.calls;
  }
  return each * answers;
}

function hostOf(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl;
}
