import { SEED_CANDIDATE_ID } from "../candidate";
import { frontEvent } from "../recommend";
import { MAX_READINGS, runJobs } from "../rollout-desk";
import { hearControl } from "../run-context";
import { exampleScores } from "../scores";
import { memberOf, type SearchState, stopWith, withMember, withOutcomes, withReadings } from "../state";
import { shownMean, withRecommendation } from "./frugal-ranking";
import type { FrugalRun } from "./frugal-run";

/** SPEC FS1: the seed meets a few examples first; the rest is topped up when a pair needs it. */
export async function admitSeed(run: FrugalRun, initial: SearchState): Promise<SearchState> {
  const ids = run.order.slice(0, run.options.seedIds);
  if (run.ledger.available() < ids.length) {
    const detail = `Scoring the starting text takes ${ids.length} metric calls; the budget is ${run.ledger.max}.`;
    return stopWith(initial, "budget", detail);
  }
  const heard = await hearControl(run, initial);
  if (heard.stop !== null) return heard;
  const wallet = run.ledger.grant(Math.min(run.ledger.available(), MAX_READINGS * ids.length));
  const seed = memberOf(heard, SEED_CANDIDATE_ID);
  const jobs = ids.map((exampleId) => ({ runnable: seed, exampleId }));
  const batch = await runJobs(run.desk, wallet, jobs, "seed");
  run.ledger.settle(wallet);
  const { scored, failed } = batch.of(seed);
  const learned = withMember(heard, seed.id, (member) => withReadings(member, scored, failed.keys()));
  const state = withOutcomes({ ...learned, unscorable: new Map(failed) }, batch.outcomes);
  const known = memberOf(state, seed.id);
  if (scored.size === 0) return stopWith(state, "seed-failed", [...failed.values()][0] ?? "no answer");
  run.journal.decide({
    type: "seed-evaluated",
    candidateId: seed.id,
    scores: exampleScores(known, ids),
    meanScore: shownMean(run, known),
    excluded: [...failed].map(([exampleId, cause]) => ({ exampleId, cause })),
    metricCalls: run.ledger.used(),
  });
  run.journal.decide(frontEvent(state, run.valIds));
  return withRecommendation(run, state, true);
}
