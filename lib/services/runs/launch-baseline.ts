import "server-only";
import { isFinalJobState } from "@/lib/contracts/jobs";
import type { Preflight } from "@/lib/contracts/runs";
import { denormalise, gradeCount, type Scale } from "@/lib/judge";
import type { ServiceDeps } from "../service-deps";

/** Means are sums of parts, so equal grades differ by a rounding error. */
const HAIR = 1e-6;
/** Records that a probe asks: fewer equal grades than this may be chance. */
export const PROBE_RECORDS = 8;

/** What the last round of answers says of a prompt under a judge. */
export interface Baseline {
  /** Of the grades, normalised and as shown; null when none came about. */
  mean: number | null;
  shown: string | null;
  graded: number;
  /** Answers that could not be had, or not be graded. */
  failed: number;
  /** Cause of the first of them. */
  cause: string | null;
  /** Every answer has the same grade: then no edit could ever look better. */
  isConstant: boolean;
  jobId: string | null;
  isOver: boolean;
}

/** The newest round of this prompt version under this judge version, a probe or a whole one; null when there is none. */
export function baselineOf(
  repos: ServiceDeps["repos"],
  projectId: string,
  promptVersionId: string,
  judgeVersionId: string,
): Baseline | null {
  const round = repos.evaluations
    .list(projectId)
    .find((one) => one.promptVersionId === promptVersionId && one.judgeVersionId === judgeVersionId);
  const version = repos.judges.versionById(judgeVersionId);
  const judge = version ? repos.judges.byId(version.judgeId) : null;
  if (!judge || !round) return null;
  const counts = repos.evaluations.counts(round.id);
  const { graded, meanNormalised: mean } = counts;
  const atLeast = (line: number): number => repos.evaluations.countGradedAtLeast(round.id, line);
  const job = round.jobId === null ? null : repos.jobs.byId(round.jobId);
  const failed = counts.errors + counts.failedVerdicts;
  return {
    mean,
    shown: mean === null ? null : shownMean(judge.scale, mean),
    graded,
    failed,
    cause: failed === 0 ? null : repos.evaluations.firstFailure(round.id),
    isConstant: mean !== null && atLeast(mean - HAIR) === graded && atLeast(mean + HAIR) === 0,
    jobId: round.jobId,
    isOver: job === null || isFinalJobState(job.state),
  };
}

function shownMean(scale: Scale, mean: number): string {
  if (scale.kind === "numeric") return `${denormalise(scale, mean).toFixed(1)} of ${scale.max}`;
  if (scale.kind === "boolean") return `${Math.round(mean * 100)} % ${scale.trueLabel}`;
  return `${(1 + mean * (gradeCount(scale) - 1)).toFixed(1)} of ${gradeCount(scale)}`;
}

/** What a probe would ask, at which price, and how the last one went. */
export function probeOf(
  practiceIds: readonly string[],
  answerUsd: number | null,
  baseline: Baseline | null,
): Preflight["probe"] {
  // Spread over all of them: neighbours were often written in one sitting, about one thing.
  const step = Math.max(1, practiceIds.length / PROBE_RECORDS);
  const recordIds = practiceIds.filter((_, index) => Math.floor(index % step) === 0).slice(0, PROBE_RECORDS);
  return {
    recordIds,
    usd: answerUsd === null ? null : answerUsd * recordIds.length,
    last: baseline && {
      jobId: baseline.jobId,
      isOver: baseline.isOver,
      graded: baseline.graded,
      failed: baseline.failed,
      shown: baseline.shown,
    },
  };
}
