import { SEED_CANDIDATE_ID } from "../candidate";
import { exampleScores } from "../scores";
import { memberOf, type SearchState, withMember, withOutcomes, withReadings } from "../state";
import type { Attempt } from "./frugal-attempt";
import { shownMean } from "./frugal-ranking";
import type { FrugalRun } from "./frugal-run";
import { withShown } from "./frugal-teaching";

/** The state with what the lane learned of parent and incumbent, whatever became of the child. */
export function withLearned(run: FrugalRun, state: SearchState, attempt: Attempt): SearchState {
  const { end, parent, shownIds } = attempt;
  let next = withOutcomes(state, attempt.outcomes);
  for (const member of end.kind === "raced" ? [parent, end.result.incumbent] : [parent])
    next = withMember(next, member.id, (known) => withReadings(known, member.readings, member.failed));
  next = withMember(next, parent.id, (known) => withShown(known, shownIds));
  return withUnscorable(run, next);
}

/** SPEC RO6: an example that fails on the seed leaves the comparison, also when that shows later. */
function withUnscorable(run: FrugalRun, state: SearchState): SearchState {
  const seed = memberOf(state, SEED_CANDIDATE_ID);
  const late = [...seed.failed].filter((id) => !state.unscorable.has(id));
  if (late.length === 0) return state;
  const cause = "could not be scored on the starting text";
  const unscorable = new Map([...state.unscorable, ...late.map((id) => [id, cause] as const)]);
  run.journal.decide({
    type: "seed-evaluated",
    candidateId: seed.id,
    scores: exampleScores(seed, run.order),
    meanScore: shownMean(run, seed),
    excluded: [...unscorable].map(([exampleId, why]) => ({ exampleId, cause: why })),
    metricCalls: run.ledger.used(),
  });
  return { ...state, unscorable };
}
