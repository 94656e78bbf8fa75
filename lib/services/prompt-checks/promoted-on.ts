import "server-only";
import type { AliasEvent } from "@/db/repos/aliases.repo";
import type { EvidenceLook } from "@/db/repos/evidence.repo";
import type { PromptCheck } from "@/db/repos/prompt-checks.repo";
import type { Review } from "@/db/repos/reviews.repo";
import { evidenceAge } from "../evidence/evidence-view";
import type { ServiceDeps } from "../service-deps";
import { foundOf } from "./found-of";

type Repos = ServiceDeps["repos"];

/** What is in production, with the look at the sealed records that it was promoted on. */
export interface Promoted {
  event: AliasEvent;
  review: Review;
  look: EvidenceLook;
}

/** Of the review that put the present version there; a version that was rolled back to keeps its own. Null: on no evidence. */
export function promotedOn(repos: Repos, promptId: string): Promoted | null {
  const current = repos.aliases.get(promptId, "production");
  const event = repos.aliases
    .history(promptId, "production")
    .find(({ toVersionId, reviewId }) => toVersionId === current?.versionId && reviewId !== null);
  const review = event?.reviewId ? repos.reviews.byId(event.reviewId) : null;
  const look = review && repos.evidence.listByReview(review.id).find(({ result }) => result !== null);
  return event && review && look ? { event, review, look } : null;
}

/**
 * Why the evidence of what is in production says little about today; null while it does, or where there was none. A check
 * that found no loss makes it young again: as old as the check is, and under the models and judges of the check.
 */
export function ageInProduction(
  deps: Pick<ServiceDeps, "repos">,
  promptId: string,
  now: number,
): string | null {
  const { repos } = deps;
  const promoted = promotedOn(repos, promptId);
  if (!promoted) return null;
  const { review, look } = promoted;
  const last = repos.promptChecks.listByLook(look.id).find((check) => isOver(repos, check));
  const { verdict = null, failing = [] } = last ? foundOf(deps, review, look, last) : {};
  if (verdict === "worse") return "When it was checked last, it answered worse than when it was promoted.";
  if (failing.length > 0)
    return `When it was checked last, ${failing.length} that must never fail failed, and had passed when it was promoted.`;
  const isConfirmed = last !== undefined && verdict !== "not-enough";
  return evidenceAge(repos, review, isConfirmed ? { ...last, look: look.look } : look, now);
}

/** Whether a check has come to its end. */
export function isOver(repos: Repos, { jobId }: PromptCheck): boolean {
  return repos.jobs.byId(jobId)?.state === "done";
}
