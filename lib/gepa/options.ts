import type { Candidate, Example } from "./types";

export type StrategyName = "frugal" | "reference";
export type FrontierType = "instance" | "objective" | "hybrid" | "cartesian";

/** Options of the strategy `reference`, with the reference's defaults (research/gepa.md 1.1). */
export interface ReferenceOptions {
  selector: "pareto" | "current-best" | "epsilon-greedy" | "top-k-pareto";
  epsilon: number;
  topK: number;
  frontierType: FrontierType;
  minibatchSize: number;
  componentSelector: "round-robin" | "all";
  acceptance: "strict-improvement" | "improvement-or-equal";
  skipPerfect: boolean;
  perfectScore: number;
  sampling: { parents: number; perParent: number; sameParent: boolean };
  selection: { kind: "all" } | { kind: "best" } | { kind: "top-k"; k: number };
  merge: { enabled: boolean; maxInvocations: number; overlapFloor: number };
  cacheEvaluation: boolean;
  /** `soft` overshoots as the reference does (conformance only); `hard` never exceeds the budget. */
  budgetMode: "hard" | "soft";
}

/** Measures of the strategy `frugal`, each switchable (engine.md, Two strategies). */
export interface FrugalOptions {
  /** Examples shown to a reflection. `lessonSize` says how many where money is what ends the run. */
  reflectionExamples: number;
  rungSize: number;
  /** Fill a lesson with answers of ancestors to examples that the parent has not met (SPEC RF3). */
  inheritedExamples: boolean;
  /** Ids the seed is scored on before the first reflection; the rest is topped up when pairing needs it. */
  seedIds: number;
  /** A child is accepted when it is better than the incumbent with this probability; the value when few calls are left. */
  acceptProbability: number;
  /** A child is dropped when the probability falls to this; the value when few calls are left. */
  dropProbability: number;
  /** The same two thresholds when 300 calls or more are left; between, they move in a straight line. */
  strictAcceptProbability: number;
  strictDropProbability: number;
  /** Reflections chained at the start before the first evaluation, each over other failures while there are any. */
  openingChain: number;
  /** Proposals without a new best after which selection samples the front. */
  stallAfter: number;
  crossover: boolean;
  /** On a stall, ask once for a shorter text of a leader that has grown (SPEC SH1 to SH3); for tasks where length hurts. */
  shortenOnStall: boolean;
  /** Share of the budget kept for confirming the final few; applied from 150 calls up. */
  endgameShare: number;
  /** Proposals without a new best after which the run ends; null = never. */
  patience: number | null;
  /**
   * What a metric call must be expected to bring, in score (0..1), or the run ends (SPEC ST9): 0.0003 means 30 calls for
   * one point of a hundred. null = spend the whole budget.
   */
  leastGainPerCall: number | null;
}

export interface OptimizeInput {
  seedCandidate: Candidate;
  trainset: readonly Example[];
  valset: readonly Example[];
  /** Hard cap on metric calls. */
  maxMetricCalls: number;
  /** Every random draw derives from (seed, decision, purpose). */
  seed: number;
  strategy: StrategyName;
  lanes: number;
  /** Rollouts in flight at most inside this run. Changes no decision. */
  concurrency: number;
  /** Normalised score at which the search may stop; 1 = all perfect. */
  targetScore: number;
  /** Floors by judge: a candidate whose mean on that judge is below is never recommended. */
  floors: Readonly<Record<string, number>>;
  guidance: ProposalGuidance;
  reference?: Partial<ReferenceOptions>;
  frugal?: Partial<FrugalOptions>;
}

/** What the reflection prompt is told beside the examples. */
export interface ProposalGuidance {
  /** The project's About card in prose. */
  description: string;
  /** `{{variables}}` a component must keep, by component. */
  keepVariables: Readonly<Record<string, readonly string[]>>;
  guidelines: readonly { id: string; text: string }[];
  /** Longest text accepted for a component, in characters. */
  maxComponentChars: number;
  editStyle: "small-edits" | "rewrite";
}
