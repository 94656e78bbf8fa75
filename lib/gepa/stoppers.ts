import type { Health, Stop } from "./state";

const MAX_UNUSABLE_IN_ROW = 5;
const MAX_REFUSED_IN_ROW = 10;
const MIN_ROLLOUTS = 10;
const MAX_FAILING_SHARE = 0.2;
const MIN_UNMOVED_PROPOSALS = 5;
const MIN_UNMOVED_PAIRS = 20;

/** Stop rules that hold for every strategy (SPEC ST3 to ST6). Null = go on. */
export function stopForHealth(health: Health): Stop | null {
  const failing = health.recentRollouts.filter((isScored) => !isScored).length;
  if (health.rolloutsSeen >= MIN_ROLLOUTS && failing > MAX_FAILING_SHARE * health.recentRollouts.length)
    return {
      reason: "rollouts-failing",
      detail: `${failing} of the last ${health.recentRollouts.length} answers could not be had or scored.`,
    };
  if (health.unusableInRow >= MAX_UNUSABLE_IN_ROW)
    return {
      reason: "reflection-failing",
      detail: `${health.unusableInRow} suggested edits in a row could not be used.`,
    };
  if (health.refusedInRow >= MAX_REFUSED_IN_ROW)
    return {
      reason: "no-improvement",
      detail: `${health.refusedInRow} suggested edits in a row brought nothing new.`,
    };
  if (health.unmovedInRow >= MIN_UNMOVED_PROPOSALS && health.unmovedPairs >= MIN_UNMOVED_PAIRS)
    return {
      reason: "no-improvement",
      detail: `The scores do not react to the text: ${health.unmovedInRow} edits in a row changed none of ${health.unmovedPairs} scores.`,
    };
  return null;
}

/** Decided proposals that the expectation looks back on. */
const GAIN_WINDOW = 10;
/** What an edit is believed to bring before anything is known; counts like one more proposal. */
const PRIOR_GAIN = 0.02;

/**
 * SPEC ST9: the next proposal is expected to bring less than it costs. The expectation is the mean of the last gains,
 * drawn a little towards the prior; the cost is the calls of a proposal so far, at `leastGainPerCall` each.
 */
export function stopForCost(
  { gains }: Pick<Health, "gains">,
  callsPerProposal: number,
  leastGainPerCall: number | null,
): Stop | null {
  if (leastGainPerCall === null || gains.length < GAIN_WINDOW) return null;
  const recent = gains.slice(-GAIN_WINDOW);
  const expected = (recent.reduce((total, gain) => total + gain, 0) + PRIOR_GAIN) / (GAIN_WINDOW + 1);
  if (expected >= leastGainPerCall * callsPerProposal) return null;
  return {
    reason: "gain-below-cost",
    detail: `The next edit would take about ${Math.round(callsPerProposal)} metric calls and is expected to bring ${expected.toFixed(4)}: the last ${GAIN_WINDOW} brought ${recent.filter((gain) => gain > 0).length} improvements.`,
  };
}

/** SPEC ST7. */
export function stopForPatience(health: Health, patience: number | null): Stop | null {
  if (patience === null || health.sinceImprovement < patience) return null;
  return {
    reason: "no-improvement",
    detail: `${health.sinceImprovement} edits in a row brought no better candidate.`,
  };
}
