import { frugalOptionsOf } from "../defaults";
import { orderExamples, raceLimit as raceLimitOf } from "../example-order";
import { type Lane, openLane } from "../lanes";
import { hearControl, noteBudget, type Run } from "../run-context";
import { type SearchState, stopWith, withMember } from "../state";
import { stopForCost, stopForHealth, stopForPatience } from "../stoppers";
import type { Strategy } from "../strategy";
import { type Attempt, attemptProposal } from "./frugal-attempt";
import { confirmFinalists, endgameReserve } from "./frugal-endgame";
import { type Plan, planProposal, turnsOf } from "./frugal-plan";
import { withRecommendation } from "./frugal-ranking";
import type { FrugalRun } from "./frugal-run";
import { admitSeed } from "./frugal-seed";
import { settleAttempt } from "./frugal-settle";
import { stopForScore } from "./frugal-stop";

/**
 * Few metric calls for a good text (SPEC section Frugal): nothing is rolled out twice, children race the leader on small
 * paired rungs and are dropped or accepted as soon as the evidence is clear, and each turn starts one proposal or decides
 * the oldest one in flight.
 */
export function createFrugalStrategy(base: Run): Strategy {
  const order = orderExamples(base.trainIds, base.valIds, base.draw("example-order"));
  const raceLimit = raceLimitOf(base.trainIds, base.valIds);
  const run: FrugalRun = { ...base, options: frugalOptionsOf(base.input), order, raceLimit };
  const lanes: Lane<Attempt>[] = [];

  const settleOldest = async (state: SearchState): Promise<SearchState> => {
    const lane = lanes.shift();
    if (lane === undefined) return state;
    const attempt = await lane.follow(run.journal, run.ledger);
    run.ledger.settle(lane.wallet);
    noteBudget(run);
    return settleAttempt(run, state, attempt);
  };

  const launch = (state: SearchState, calls: number): SearchState => {
    const wallet = run.ledger.grant(calls);
    const plan = planProposal(run, state, wallet, lanes.length);
    lanes.push(openLane(wallet, (report) => attemptProposal(run, state, plan, report)));
    return afterLaunch(state, plan);
  };

  return {
    admitSeed: (state) => admitSeed(run, state),

    async step(before) {
      if (lanes.length === run.input.lanes) return settleOldest(before);
      const heard = await hearControl(run, before);
      const state = heard === before ? before : withRecommendation(run, heard);
      const stop =
        state.stop ??
        stopForScore(run, state) ??
        stopForHealth(state.health) ??
        stopForPatience(state.health, run.options.patience) ??
        stopForCost(state.health, callsPerProposal(run, state), run.options.leastGainPerCall);
      if (stop !== null) return { ...state, stop };
      const calls = callsForNext(run, lanes.length);
      if (calls >= run.options.rungSize) return launch(state, calls);
      if (lanes.length > 0) return settleOldest(state);
      return stopWith(state, "budget", `${run.ledger.used()} of ${run.ledger.max} metric calls are used.`);
    },

    async finish(stopped) {
      let state = stopped;
      while (lanes.length > 0) state = await settleOldest(state);
      return confirmFinalists(run, state);
    },
  };
}

/** An even share of what is left, two rungs at least: where not every lane can have them, fewer start (SPEC LA3). */
function callsForNext(run: FrugalRun, inFlight: number): number {
  const free = Math.max(0, run.ledger.available() - endgameReserve(run));
  const lanes = Math.min(run.input.lanes - inFlight, Math.floor(free / (2 * run.options.rungSize)));
  return Math.floor(free / Math.max(1, lanes));
}

/** Metric calls that a proposal took so far, on average; infinite before the first. */
function callsPerProposal(run: FrugalRun, { health }: SearchState): number {
  return run.ledger.used() / health.gains.length;
}

function afterLaunch(state: SearchState, plan: Plan): SearchState {
  const moved = withMember(state, plan.parent.id, (member) => ({
    ...member,
    componentPointer: member.componentPointer + turnsOf(plan),
  }));
  const steering = plan.edit ? { ...state.steering, edits: state.steering.edits.slice(1) } : state.steering;
  const shortened = plan.shortening ? new Set([...state.shortened, plan.parent.id]) : state.shortened;
  return { ...moved, steering, shortened, proposals: state.proposals + 1 };
}
