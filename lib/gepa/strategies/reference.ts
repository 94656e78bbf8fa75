import { SEED_CANDIDATE_ID } from "../candidate";
import { referenceOptionsOf } from "../defaults";
import { hearControl, noteBudget, type Run } from "../run-context";
import { createEpochSampler } from "../sampler";
import { exampleScores, knownMean } from "../scores";
import {
  memberOf,
  type SearchState,
  type Stop,
  stopWith,
  withMember,
  withOutcomes,
  withReadings,
} from "../state";
import { stopForHealth } from "../stoppers";
import type { Strategy } from "../strategy";
import { admitAll } from "./reference-admission";
import { createReferenceDesk } from "./reference-desk";
import { proposeEdit } from "./reference-edit";
import { createMergeBook, isMergeDue, tryMerge } from "./reference-merge";
import { valIdsOf, withRanking } from "./reference-pool";
import { proposeOnce } from "./reference-proposals";
import type { ReferenceRun } from "./reference-run";

/** The rules of the published algorithm (SPEC section Reference), for comparison with the literature. */
export function createReferenceStrategy(base: Run): Strategy {
  const options = referenceOptionsOf(base.input);
  const run: ReferenceRun = {
    ...base,
    options,
    sampler: createEpochSampler(base.trainIds, options.minibatchSize, (epoch) => base.draw("epoch", epoch)),
    rollouts: createReferenceDesk(base, options.cacheEvaluation),
    merges: createMergeBook(),
  };
  let iteration = -1;
  return {
    admitSeed: (state) => admitSeed(run, state),

    async step(before) {
      const heard = await hearControl(run, before);
      const state = heard === before ? before : withRanking(run, heard);
      const tasks = tasksThatFit(run);
      const stop =
        state.stop ?? stopForScore(run, state) ?? stopForHealth(state.health) ?? stopForBudget(run, tasks);
      if (stop !== null) return { ...state, stop };
      iteration += 1;
      run.rollouts.open(callsToGrant(run));
      const next = await iterate(run, state, iteration, tasks);
      run.rollouts.settle();
      noteBudget(run);
      return next;
    },

    finish: async (state) => state,
  };
}

/** One iteration: a merge when one is due and found, else reflective proposals, their gate, and full validation. */
async function iterate(
  run: ReferenceRun,
  state: SearchState,
  iteration: number,
  tasks: number,
): Promise<SearchState> {
  const [edit] = state.steering.edits;
  if (edit) {
    const { state: proposed, gated } = await proposeEdit(run, state, iteration, edit);
    return admitAll(run, proposed, gated);
  }
  if (isMergeDue(run)) {
    run.merges.foundNew = false;
    const merged = await tryMerge(run, state, iteration);
    if (merged !== null) return merged;
  }
  run.merges.foundNew = false;
  const { state: proposed, gated } = await proposeOnce(run, state, iteration, tasks);
  return admitAll(run, proposed, gated);
}

async function admitSeed(run: ReferenceRun, initial: SearchState): Promise<SearchState> {
  const ids = run.valIds;
  if (run.ledger.available() < ids.length) {
    const detail = `Scoring the starting text takes ${ids.length} metric calls; the budget is ${run.ledger.max}.`;
    return stopWith(initial, "budget", detail);
  }
  const state = await hearControl(run, initial);
  if (state.stop !== null) return state;
  run.rollouts.open(Math.min(run.ledger.available(), 3 * ids.length));
  const seed = memberOf(state, SEED_CANDIDATE_ID);
  const batch = await run.rollouts.validate([seed], ids, "seed");
  run.rollouts.settle();
  const { scored, failed } = batch.of(seed);
  const scoredState = withOutcomes(
    withMember({ ...state, unscorable: new Map(failed) }, seed.id, (member) =>
      withReadings(member, scored, failed.keys()),
    ),
    batch.outcomes,
  );
  const known = memberOf(scoredState, seed.id);
  const meanScore = knownMean(known, ids);
  if (meanScore === null) return stopWith(scoredState, "seed-failed", [...failed.values()][0] ?? "no answer");
  if (
    run.options.frontierType !== "instance" &&
    ![...known.readings.values()].every(({ objectives }) => Object.keys(objectives).length > 0)
  )
    return stopWith(
      scoredState,
      "seed-failed",
      `The frontier type ${run.options.frontierType} needs scores by judge.`,
    );
  run.journal.decide({
    type: "seed-evaluated",
    candidateId: seed.id,
    scores: exampleScores(known, ids),
    meanScore,
    excluded: [...failed].map(([exampleId, cause]) => ({ exampleId, cause })),
    metricCalls: run.ledger.used(),
  });
  return withRanking(run, scoredState, { isFirst: true });
}

/** Most calls of one proposal: parent and child on the minibatch, then the whole valset; a merge tries five ids first. */
function worstCase(run: ReferenceRun): number {
  return 2 * run.options.minibatchSize + run.valIds.length;
}

/** How many proposals of an iteration the budget can finish (SPEC BU3); all of them in the reference's soft mode. */
function tasksThatFit(run: ReferenceRun): number {
  const { parents, perParent } = run.options.sampling;
  if (run.options.budgetMode === "soft") return parents * perParent;
  const least = isMergeDue(run) ? Math.max(worstCase(run), MERGE_CALLS + run.valIds.length) : worstCase(run);
  const available = run.ledger.available();
  return available < least ? 0 : Math.min(parents * perParent, Math.floor(available / worstCase(run)));
}

const MERGE_CALLS = 5;
/** In soft mode an iteration may spend what it needs: far more than any iteration can. */
const UNBOUNDED_CALLS = 1_000_000;

function callsToGrant(run: ReferenceRun): number {
  return run.options.budgetMode === "soft" ? UNBOUNDED_CALLS : run.ledger.available();
}

function stopForBudget(run: ReferenceRun, tasks: number): Stop | null {
  const { ledger, options } = run;
  const isSpent = options.budgetMode === "soft" ? ledger.used() >= ledger.max : tasks === 0;
  return isSpent
    ? { reason: "budget", detail: `${ledger.used()} of ${ledger.max} metric calls are used.` }
    : null;
}

function stopForScore(run: ReferenceRun, state: SearchState): Stop | null {
  const best = knownMean(memberOf(state, state.recommendedId), valIdsOf(run, state));
  if (best === null || best < run.input.targetScore) return null;
  if (best >= 1) return { reason: "solved", detail: "Every comparison record has the top score." };
  return {
    reason: "target-score",
    detail: `The mean of ${best.toFixed(3)} reaches the target of ${run.input.targetScore}.`,
  };
}
