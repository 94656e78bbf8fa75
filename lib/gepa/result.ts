import { SEED_CANDIDATE_ID } from "./candidate";
import type { Run } from "./run-context";
import { exampleScores, knownMean, sharedIds } from "./scores";
import { memberOf, type SearchState } from "./state";
import type { Candidate, CandidateId, ExampleId, StopReason } from "./types";

/** One candidate that was evaluated. */
export interface CandidateSummary {
  id: CandidateId;
  parentIds: readonly CandidateId[];
  candidate: Candidate;
  isAccepted: boolean;
  /** Valset scores that are known. */
  scores: readonly { exampleId: ExampleId; score: number | null }[];
  /** Mean over them; null when none is known. */
  meanScore: number | null;
}

export interface OptimizeResult {
  stopReason: StopReason;
  detail: string;
  recommendedId: CandidateId;
  recommended: Candidate;
  /** Means of seed and recommended candidate over the valset examples that both were scored on; null when there is none. */
  seedScore: number | null;
  recommendedScore: number | null;
  metricCalls: number;
  /** Calls of the reflection model, repairs included. */
  reflectionCalls: number;
  /** Proposals started. */
  proposals: number;
  /** In order of decision; the seed first. */
  candidates: readonly CandidateSummary[];
}

export function noteSearchStart(run: Run): void {
  const { input, journal } = run;
  journal.decide({
    type: "run-started",
    strategy: input.strategy,
    seedCandidateId: SEED_CANDIDATE_ID,
    components: run.components,
    trainset: run.trainIds,
    valset: run.valIds,
    maxMetricCalls: input.maxMetricCalls,
    lanes: input.lanes,
    seed: input.seed,
  });
  journal.note({ type: "phase-changed", phase: "seed" });
}

export function summarize(run: Run, state: SearchState): OptimizeResult {
  const { stop } = state;
  if (stop === null) throw new Error("a run that has not stopped has no result");
  const [seed, recommended] = [memberOf(state, SEED_CANDIDATE_ID), memberOf(state, state.recommendedId)];
  const shared = sharedIds(seed, recommended, run.valIds);
  return {
    stopReason: stop.reason,
    detail: stop.detail,
    recommendedId: recommended.id,
    recommended: recommended.candidate,
    seedScore: knownMean(seed, shared.length > 0 ? shared : run.valIds),
    recommendedScore: knownMean(recommended, shared.length > 0 ? shared : run.valIds),
    metricCalls: run.ledger.used(),
    reflectionCalls: run.reflectionCalls(),
    proposals: state.proposals,
    candidates: state.members.map((member) => ({
      id: member.id,
      parentIds: member.parentIds,
      candidate: member.candidate,
      isAccepted: member.isAccepted,
      scores: exampleScores(member, run.valIds),
      meanScore: knownMean(member, run.valIds),
    })),
  };
}

export function noteSearchEnd(run: Run, result: OptimizeResult): OptimizeResult {
  run.journal.decide({
    type: "run-ended",
    stopReason: result.stopReason,
    detail: result.detail,
    recommendedCandidateId: result.recommendedId,
    seedScore: result.seedScore,
    recommendedScore: result.recommendedScore,
    metricCalls: result.metricCalls,
  });
  return result;
}
