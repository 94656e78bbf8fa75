import "server-only";
import type { Review } from "@/db/repos/reviews.repo";
import { blindOf } from "../blind/blind.service";
import { evidenceViewOf } from "../evidence/evidence-view";
import type { ServiceDeps } from "../service-deps";

type Repos = ServiceDeps["repos"];

/** The evidence in one line for the alias's history; null where none was needed or had. */
export function evidenceSentenceOf(repos: Repos, review: Review): string | null {
  const evidence = evidenceViewOf(repos, review);
  if (!evidence?.verdict) return null;
  const simulated = evidence.simulated ? " Simulated." : "";
  return `${evidence.headline} ${evidence.sentence}${simulated}`;
}

/** The commit message of a version, written from its evidence: what changed, how sure it is, why it went live. */
export function commitMessageOf(repos: Repos, review: Review, reason: string): string {
  const run = review.runId === null ? null : repos.runs.byId(review.runId);
  const what = run
    ? `Candidate ${review.candidateId} of run ${run.number}, review ${review.number}.`
    : `Hand-written, review ${review.number}.`;
  const evidence = evidenceSentenceOf(repos, review) ?? "First version: no comparison was needed.";
  const blind = blindOf(repos, repos.evidence.listByReview(review.id)[0]);
  const compared = blind && blind.candidate + blind.production + blind.same > 0 ? blind.sentence : "";
  return [what, evidence, compared, reason.trim()].filter((line) => line !== "").join("\n");
}

/** Tags of a version, as the reference system names them; scores are means on the judge's own scale. */
export function versionTagsOf(repos: Repos, review: Review): Record<string, string> {
  const evidence = evidenceViewOf(repos, review);
  const run = review.runId === null ? null : repos.runs.byId(review.runId);
  const [look] = repos.evidence.listByReview(review.id);
  const judges = repos.judges.versionsByIds(
    look?.judgeVersionIds ?? run?.manifest.judges.map(({ judgeVersionId }) => judgeVersionId) ?? [],
  );
  const named = judges.map(
    ({ judgeId, version }) => `${repos.judges.byId(judgeId)?.name ?? judgeId} v${version}`,
  );
  const score = (mean: number | null | undefined): string | null =>
    typeof mean === "number" ? String(Number(mean.toFixed(4))) : null;
  const tags: Record<string, string | null> = {
    optimization: run ? "gepa" : "hand-written",
    initial_score: score(evidence?.meanBefore),
    final_score: score(evidence?.meanAfter),
    judge: named.length === 0 ? null : named.join(", "),
    run: run?.id ?? null,
    review: review.id,
    simulated: (evidence?.simulated ?? review.simulated) ? "true" : null,
  };
  return Object.fromEntries(
    Object.entries(tags).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}
