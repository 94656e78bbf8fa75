/** An 80 % range: about one run in ten ends below, one in ten above. */
export interface Range {
  low: number;
  high: number;
}

export interface PlanInput {
  /** Hard cap on metric calls. */
  maxMetricCalls: number;
  valsetSize: number;
  trainsetSize: number;
  strategy: "frugal" | "reference";
  /** Rollouts in flight. */
  concurrency: number;
}

/** How a strategy will probably spend its budget. */
export interface RunPlan {
  proposals: Range;
  /** Calls of the reflection model, repair turns included. */
  reflections: Range;
  /** Metric calls used in all; a search may stop early. */
  metricCalls: Range;
  /** Metric calls after the seed. */
  searchCalls: Range;
  /** Rounds of rollouts that wait for each other: on the seed, and after it. */
  seedRounds: number;
  rounds: Range;
}

/** The plan of a strategy over all its budget. */
export function runPlan(input: PlanInput): RunPlan {
  return input.strategy === "frugal" ? frugalPlan(input) : referencePlan(input);
}

/** Examples on which `frugal` scores the seed before the first edit. */
const SEED_IDS = 12;
/** Metric calls an edit takes: nearly all are raced on one or two rungs, few on the whole valset. */
const CALLS_A_PROPOSAL: Range = { low: 4.8, high: 10 };
/** From this budget on, a tenth may be kept for the final choice. */
const ENDGAME = { fromCalls: 150, share: 0.1 };
/** The opening chain takes three reflections more than it gives edits; the rest is repair turns. */
const EXTRA_REFLECTIONS: Range = { low: 3, high: 5 };
/** Rollouts of one rung: four of the child, and of the incumbent where a pair is missing. */
const RUNG: Range = { low: 4, high: 6 };

/**
 * Plan of `frugal`, with figures seen over the simulated worlds of the engine benchmark at 40 to 300 calls (10th and
 * 90th percentile of 4.7 to 6.5 and 9.0 to 10.0 calls an edit).
 */
function frugalPlan({ maxMetricCalls, valsetSize, concurrency }: PlanInput): RunPlan {
  const seedCalls = Math.min(SEED_IDS, valsetSize, maxMetricCalls);
  const left = maxMetricCalls - seedCalls;
  const kept = maxMetricCalls < ENDGAME.fromCalls ? 0 : Math.floor(ENDGAME.share * maxMetricCalls);
  // A small valset makes a race short.
  const cheap = Math.min(CALLS_A_PROPOSAL.low, valsetSize);
  const dear = Math.min(CALLS_A_PROPOSAL.high, valsetSize);
  const proposals = {
    low: Math.min(left, Math.max(1, Math.floor((left - kept) / dear))),
    high: Math.min(left, Math.max(1, Math.floor(left / cheap))),
  };
  const isIdle = left === 0;
  const used = { low: maxMetricCalls - kept, high: maxMetricCalls };
  const searchCalls = { low: used.low - seedCalls, high: left };
  const roundsOf = (calls: number, rung: number): number =>
    Math.ceil(calls / rung) * Math.ceil(rung / concurrency);
  return {
    proposals,
    reflections: {
      low: isIdle ? 0 : proposals.low + EXTRA_REFLECTIONS.low,
      high: isIdle ? 0 : proposals.high + EXTRA_REFLECTIONS.high,
    },
    metricCalls: used,
    searchCalls,
    seedRounds: Math.ceil(seedCalls / concurrency),
    rounds: { low: roundsOf(searchCalls.low, RUNG.high), high: roundsOf(searchCalls.high, RUNG.low) },
  };
}

const MINIBATCH = 3;
/** Share of edits that pass the minibatch gate and so cost a whole valset; blind at three examples, hence wide. */
const ACCEPTED: Range = { low: 0.4, high: 0.9 };

/**
 * Plan of `reference`: V calls for the seed, then 2m an edit and V more for each one accepted, hence
 * N ≈ (B − V) / (2m + aV); under a hard budget the next edit starts only while 2m + V are left.
 */
function referencePlan({ maxMetricCalls, valsetSize, trainsetSize, concurrency }: PlanInput): RunPlan {
  const minibatch = Math.min(MINIBATCH, trainsetSize);
  const worst = 2 * minibatch + valsetSize;
  const seedCalls = Math.min(valsetSize, maxMetricCalls);
  const left = maxMetricCalls - seedCalls;
  const countAt = (accepted: number): number =>
    left < worst ? 0 : 1 + Math.floor((left - worst) / (2 * minibatch + accepted * valsetSize));
  const proposals = { low: countAt(ACCEPTED.high), high: countAt(ACCEPTED.low) };
  const spent = proposals.low === 0 ? 0 : Math.max(left - worst, 2 * minibatch);
  const searchCalls = { low: spent, high: proposals.high === 0 ? 0 : left };
  const perProposal = (accepted: number): number =>
    2 * Math.ceil(minibatch / concurrency) + accepted * Math.ceil(valsetSize / concurrency);
  return {
    proposals,
    reflections: proposals,
    metricCalls: { low: seedCalls + searchCalls.low, high: seedCalls + searchCalls.high },
    searchCalls,
    seedRounds: Math.ceil(seedCalls / concurrency),
    rounds: {
      low: proposals.low * perProposal(ACCEPTED.low),
      high: proposals.high * perProposal(ACCEPTED.high),
    },
  };
}
