import { sum } from "@/lib/util/math";
import type { ReferenceOptions } from "./options";

/** Scores of parent and child on the same minibatch, in the same order. */
export interface GateScores {
  before: readonly number[];
  after: readonly number[];
}

export type AcceptanceCriterion = (scores: GateScores) => boolean;

/** SPEC AC1. */
export const strictImprovement: AcceptanceCriterion = ({ before, after }) => sum(after) > sum(before);

/** SPEC AC2. */
export const improvementOrEqual: AcceptanceCriterion = ({ before, after }) => sum(after) >= sum(before);

export function acceptanceCriterionOf(options: ReferenceOptions): AcceptanceCriterion {
  return options.acceptance === "strict-improvement" ? strictImprovement : improvementOrEqual;
}

/**
 * Which of an iteration's proposals go on to full validation (SPEC AC3): all that pass, the one with the largest gain
 * (first on ties), or the k largest (stable).
 */
export function selectProposals<Item extends GateScores>(
  selection: ReferenceOptions["selection"],
  accepts: AcceptanceCriterion,
  proposals: readonly Item[],
): Item[] {
  const passing = proposals.filter(accepts);
  if (selection.kind === "all") return passing;
  const gainOf = ({ before, after }: Item): number => sum(after) - sum(before);
  const byGain = passing.toSorted((a, b) => gainOf(b) - gainOf(a));
  return byGain.slice(0, selection.kind === "best" ? 1 : selection.k);
}
