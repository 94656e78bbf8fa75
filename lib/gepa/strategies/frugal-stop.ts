import { knownMean, knownScores } from "../scores";
import { memberOf, type SearchState, type Stop } from "../state";
import type { FrugalRun } from "./frugal-run";

/** All perfect, or the target reached: only when every valset example that can be scored is known (SPEC ST1, ST2). */
export function stopForScore(run: FrugalRun, state: SearchState): Stop | null {
  const best = memberOf(state, state.recommendedId);
  const ids = run.valIds.filter((id) => !state.unscorable.has(id) && !best.failed.has(id));
  if (ids.length === 0) return { reason: "rollouts-failing", detail: "No comparison record can be scored." };
  const scores = knownScores(best, ids);
  if (scores.length < ids.length) return null;
  if (scores.every((score) => score >= 1))
    return { reason: "solved", detail: "Every comparison record has the top score." };
  const average = knownMean(best, ids);
  if (average === null || average < run.input.targetScore) return null;
  return {
    reason: "target-score",
    detail: `The mean of ${average.toFixed(3)} reaches the target of ${run.input.targetScore}.`,
  };
}
