import type { FrugalOptions, OptimizeInput, ReferenceOptions } from "./options";

/** The reference's own defaults (research/gepa.md 1.1), with a hard budget. */
export const DEFAULT_REFERENCE_OPTIONS: ReferenceOptions = {
  selector: "pareto",
  epsilon: 0.1,
  topK: 5,
  frontierType: "instance",
  minibatchSize: 3,
  componentSelector: "round-robin",
  acceptance: "strict-improvement",
  skipPerfect: true,
  perfectScore: 1,
  sampling: { parents: 1, perParent: 1, sameParent: false },
  selection: { kind: "all" },
  merge: { enabled: false, maxInvocations: 5, overlapFloor: 5 },
  cacheEvaluation: false,
  budgetMode: "hard",
};

/** Chosen on the engine benchmark; `npm run bench -- engine` shows what they give. */
export const DEFAULT_FRUGAL_OPTIONS: FrugalOptions = {
  reflectionExamples: 8,
  inheritedExamples: true,
  rungSize: 4,
  seedIds: 12,
  acceptProbability: 0.55,
  dropProbability: 0.35,
  strictAcceptProbability: 0.7,
  strictDropProbability: 0.3,
  openingChain: 4,
  stallAfter: 4,
  crossover: false,
  shortenOnStall: false,
  endgameShare: 0.1,
  patience: null,
  leastGainPerCall: null,
};

/** With a reflection as dear as thirty answers, three examples buy more edits for the same money. */
const THRIFTY_REFLECTION_EXAMPLES = 3;

/**
 * How many examples a reflection is shown: fewer where the money cap, not the calls, is expected to end the run
 * (measured in the decision on lessons by price). Both in USD; null = no cap, or nothing known of the cost.
 */
export function lessonSize(maxUsd: number | null, expectedUsd: { high: number } | null): number {
  const isMoneyTight = maxUsd !== null && expectedUsd !== null && maxUsd < expectedUsd.high;
  return isMoneyTight ? THRIFTY_REFLECTION_EXAMPLES : DEFAULT_FRUGAL_OPTIONS.reflectionExamples;
}

export function referenceOptionsOf(input: OptimizeInput): ReferenceOptions {
  return { ...DEFAULT_REFERENCE_OPTIONS, ...input.reference };
}

export function frugalOptionsOf(input: OptimizeInput): FrugalOptions {
  return { ...DEFAULT_FRUGAL_OPTIONS, ...input.frugal };
}
