import type { RunView } from "@/lib/contracts/runs";

/** How one candidate did beside another, record by record. Only what both were scored on is compared. */
export interface CandidateComparison {
  /** Record ids, in the run's order. */
  improved: string[];
  regressed: string[];
  unchanged: string[];
  /** Records on which only one of the two was scored. */
  notShared: string[];
  /** Mean difference over the shared records, normalised; null when there is none. */
  meanDifference: number | null;
}

export type Outcome = "improved" | "regressed" | "unchanged" | "notShared";

/** Differences under this are none: scores are means of grades. */
const SAME = 1e-9;

export function compareCandidates(view: RunView, candidateId: string, otherId: string): CandidateComparison {
  const [own, other] = [view.scores[candidateId] ?? {}, view.scores[otherId] ?? {}];
  const onValset = new Set(view.valset);
  const ids = [...view.valset, ...view.trainset.filter((id) => !onValset.has(id))];
  const comparison: CandidateComparison = {
    improved: [],
    regressed: [],
    unchanged: [],
    notShared: [],
    meanDifference: null,
  };
  const differences: number[] = [];
  for (const id of ids) {
    const [score, before] = [own[id], other[id]];
    if (typeof score === "number" && typeof before === "number") {
      differences.push(score - before);
      comparison[outcomeOf(score - before)].push(id);
    } else if (typeof score === "number" || typeof before === "number") comparison.notShared.push(id);
  }
  if (differences.length > 0)
    comparison.meanDifference = differences.reduce((all, one) => all + one, 0) / differences.length;
  return comparison;
}

function outcomeOf(difference: number): "improved" | "regressed" | "unchanged" {
  if (difference > SAME) return "improved";
  return difference < -SAME ? "regressed" : "unchanged";
}

/** Record id → how it went; for a list that is filtered by it. */
export function outcomesByRecord(comparison: CandidateComparison): Map<string, Outcome> {
  const kinds: readonly Outcome[] = ["improved", "regressed", "unchanged", "notShared"];
  return new Map(kinds.flatMap((kind) => comparison[kind].map((id) => [id, kind] as const)));
}
