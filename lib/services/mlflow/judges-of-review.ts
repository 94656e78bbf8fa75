import "server-only";
import type { Judge, JudgeVersionSummary } from "@/db/repos/judges.repo";
import type { ServiceDeps } from "../service-deps";

export interface PushedJudge {
  judge: Judge;
  version: JudgeVersionSummary;
  /** As MLflow writes a model: provider and name. */
  model: string;
}

/** The judges on whose word a review rests: those of its newest look, else those of its run. */
export function judgesOfReview({ repos }: Pick<ServiceDeps, "repos">, reviewId: string): PushedJudge[] {
  const review = repos.reviews.byId(reviewId);
  const [look] = repos.evidence.listByReview(reviewId);
  const run = review?.runId ? repos.runs.byId(review.runId) : null;
  const ids = look?.judgeVersionIds ?? run?.manifest.judges.map(({ judgeVersionId }) => judgeVersionId) ?? [];
  const model = look?.models.judge?.model ?? run?.manifest.models.judge?.model ?? "unknown";
  return repos.judges.versionsByIds(ids).flatMap((version) => {
    const judge = repos.judges.byId(version.judgeId);
    return judge ? [{ judge, version, model: model.includes(":/") ? model : `openai:/${model}` }] : [];
  });
}
