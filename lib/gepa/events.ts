import type { ControlInput } from "./ports";
import type { CandidateId, ExampleId, ProposalId, RefusalReason, RolloutPurpose, StopReason } from "./types";

/** Example → normalised score; null = could not be scored. */
export interface ExampleScore {
  exampleId: ExampleId;
  score: number | null;
}

/** How a parent was picked. */
export type ParentPick =
  | "only"
  | "best"
  | "front"
  | "epsilon"
  | "top-k"
  | "pinned"
  | "by-hand"
  | "to-shorten";

/**
 * Decisions: the same at any concurrency and latency, so a replay of the journal meets them again.
 * `decision` counts from 1 in order of emission. They carry ids and scores, no long texts.
 */
export type DecisionEvent = { decision: number } & (
  | {
      type: "run-started";
      strategy: "frugal" | "reference";
      seedCandidateId: CandidateId;
      components: readonly string[];
      trainset: readonly ExampleId[];
      valset: readonly ExampleId[];
      maxMetricCalls: number;
      lanes: number;
      seed: number;
    }
  | {
      type: "seed-evaluated";
      candidateId: CandidateId;
      scores: readonly ExampleScore[];
      /** Mean over the ids scored so far. */
      meanScore: number;
      /** Records that could not be scored on the seed and left the valset. */
      excluded: readonly { exampleId: ExampleId; cause: string }[];
      metricCalls: number;
    }
  | { type: "parent-selected"; proposalId: ProposalId; parentId: CandidateId; pick: ParentPick }
  | {
      type: "minibatch-chosen";
      proposalId: ProposalId;
      parentId: CandidateId;
      component: string;
      exampleIds: readonly ExampleId[];
      scores: readonly ExampleScore[];
    }
  | {
      type: "reflection-answered";
      proposalId: ProposalId;
      parentIds: readonly CandidateId[];
      component: string;
      summary: string;
      /** Ids of the examples the changed sentences say they answer. */
      citedExampleIds: readonly ExampleId[];
    }
  | {
      type: "proposal-refused";
      proposalId: ProposalId;
      parentIds: readonly CandidateId[];
      reason: RefusalReason;
      detail: string;
    }
  | {
      type: "rung-finished";
      proposalId: ProposalId;
      candidateId: CandidateId;
      parentIds: readonly CandidateId[];
      exampleIds: readonly ExampleId[];
      /** Means over the ids that both have. */
      childMean: number;
      incumbentMean: number;
      incumbentId: CandidateId;
      outcome: "promising" | "losing" | "accepted";
      metricCalls: number;
    }
  | {
      type: "candidate-accepted";
      proposalId: ProposalId;
      candidateId: CandidateId;
      parentIds: readonly CandidateId[];
      /** Scores on the valset ids seen so far (all of them after a full validation). */
      scores: readonly ExampleScore[];
      meanScore: number;
      fullyValidated: boolean;
      metricCalls: number;
    }
  | {
      type: "candidate-rejected";
      proposalId: ProposalId;
      candidateId: CandidateId;
      parentIds: readonly CandidateId[];
      reason: "not-better" | "losing-early" | "dropped-by-selection" | "below-floor";
      childMean: number;
      parentMean: number;
      exampleIds: readonly ExampleId[];
      scores: readonly ExampleScore[];
      metricCalls: number;
    }
  | {
      type: "front-updated";
      /** Candidate → valset examples on which it is (among) the best, after dominated candidates are removed. */
      front: readonly { candidateId: CandidateId; bestOn: readonly ExampleId[] }[];
    }
  | {
      type: "merge-proposed";
      proposalId: ProposalId;
      parentIds: readonly CandidateId[];
      ancestorId: CandidateId;
    }
  | {
      type: "merge-rejected";
      proposalId: ProposalId;
      parentIds: readonly CandidateId[];
      childMean: number;
      parentMean: number;
      metricCalls: number;
    }
  | { type: "crossover-proposed"; proposalId: ProposalId; parentIds: readonly CandidateId[] }
  | {
      type: "hand-edit-proposed";
      proposalId: ProposalId;
      parentIds: readonly CandidateId[];
      /** Components whose text a person changed. */
      components: readonly string[];
      summary: string;
    }
  | {
      type: "recommendation-changed";
      candidateId: CandidateId;
      /** Posterior or raw mean by which it leads, 0..1, and on how many valset ids it rests. */
      estimate: number;
      scoredOn: number;
      metricCalls: number;
    }
  | { type: "input-received"; afterDecision: number; input: ControlInput }
  | {
      type: "run-ended";
      stopReason: StopReason;
      detail: string;
      recommendedCandidateId: CandidateId;
      seedScore: number | null;
      recommendedScore: number | null;
      metricCalls: number;
    }
);

/** Telemetry: for the live view and the forecast; never decides anything, skipped on replay. */
export type TelemetryEvent =
  | {
      type: "reflection-started";
      proposalId: ProposalId;
      parentIds: readonly CandidateId[];
      exampleIds: readonly ExampleId[];
    }
  | {
      type: "rollout-finished";
      candidateId: CandidateId;
      exampleId: ExampleId;
      sample: number;
      purpose: RolloutPurpose;
      score: number | null;
      /** False when the engine's memo answered (free). */
      charged: boolean;
      cause?: string;
      metricCalls: number;
    }
  | {
      type: "budget-updated";
      metricCalls: number;
      reserved: number;
      maxMetricCalls: number;
      reflections: number;
    }
  | { type: "phase-changed"; phase: "seed" | "searching" | "finishing" };

export type GepaEvent = DecisionEvent | TelemetryEvent;
