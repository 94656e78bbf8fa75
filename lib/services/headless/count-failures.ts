import "server-only";
import type { Run } from "@/db/repos/runs.repo";
import type { ServiceDeps } from "../service-deps";

/** What went wrong on the way to a result, however the run ended. Kinds and reasons that did not occur are left out. */
export interface HeadlessFailures {
  /** Attempts of calls that failed, also those that a repetition made good: by role, then kind of trouble. */
  calls: { task: Counts; judge: Counts; reflection: Counts };
  /** Answered calls whose reply could not be used, so that the model was asked again. */
  repairs: { judge: number; reflection: number };
  /** Answers of the search that could not be had or scored. */
  rollouts: number;
  /** Suggested edits that were refused, by reason. */
  proposals: Counts;
  /** Records of the holdout that could not be scored and were left out. */
  holdout: number;
}

type Counts = Record<string, number>;

export function countFailures(
  { repos, models }: Pick<ServiceDeps, "repos" | "models">,
  run: Run,
  holdout: number,
): HeadlessFailures {
  const troubles = models.troublesOf(run.jobId);
  const repairs = repos.paidCalls.repairs(run.jobId);
  const callsOf = (role: string): Counts => sorted(troubles.get(role) ?? new Map());
  const repairsOf = (role: string): number => repairs.find((one) => one.role === role)?.calls ?? 0;
  return {
    calls: { task: callsOf("task"), judge: callsOf("judge"), reflection: callsOf("reflection") },
    repairs: { judge: repairsOf("judge"), reflection: repairsOf("reflection") },
    rollouts: repos.rollouts
      .listByOwner({ kind: "run", id: run.id })
      .filter(({ status }) => status === "failed").length,
    proposals: refusals(repos, run.id),
    holdout,
  };
}

function refusals(repos: ServiceDeps["repos"], runId: string): Counts {
  const counts = new Map<string, number>();
  for (const { body } of repos.runEvents.listByType(runId, ["proposal-refused"]))
    if (body.type === "proposal-refused") counts.set(body.reason, (counts.get(body.reason) ?? 0) + 1);
  return sorted(counts);
}

/** By name, so that equal runs print equal lines. */
function sorted(counts: ReadonlyMap<string, number>): Counts {
  return Object.fromEntries([...counts].sort(([a], [b]) => a.localeCompare(b)));
}
