import type { CandidateRow, RunView } from "@/lib/contracts/runs";
import { outcomeOf } from "./run-candidates";
import { candidateName } from "./run-names";
import type { ShownScale } from "./run-scale";

/** One candidate in the family tree, with those that came from it. */
export interface FamilyNode {
  candidateId: string;
  name: string;
  status: CandidateRow["status"];
  score: string | null;
  summary: string;
  outcome: string;
  isRecommended: boolean;
  isFront: boolean;
  /** Written by a person during the run. */
  isByHand: boolean;
  /** Parents besides the one it hangs under (a merge or a crossover has two). */
  otherParents: string[];
  children: FamilyNode[];
  /** 0 for the starting prompt. */
  depth: number;
}

/** The family tree: each candidate hangs under its first parent. Null until the starting prompt is known. */
export function prepareFamilyTree(view: RunView, scale: ShownScale): FamilyNode | null {
  const seed = view.candidates.find(({ candidateId }) => candidateId === view.seedCandidateId);
  if (!seed) return null;
  const known = new Set(view.candidates.map(({ candidateId }) => candidateId));
  const childrenOf = new Map<string, CandidateRow[]>();
  for (const row of view.candidates) {
    if (row === seed) continue;
    const [first = seed.candidateId] = row.parentIds.filter((id) => known.has(id) && id !== row.candidateId);
    childrenOf.set(first, [...(childrenOf.get(first) ?? []), row]);
  }
  const seen = new Set<string>();
  const nodeOf = (row: CandidateRow, depth: number): FamilyNode => {
    seen.add(row.candidateId);
    const children = (childrenOf.get(row.candidateId) ?? []).filter(
      ({ candidateId }) => !seen.has(candidateId),
    );
    return {
      candidateId: row.candidateId,
      name: candidateName(row.candidateId, view.seedCandidateId),
      status: row.status,
      score: row.meanScore === null ? null : scale.format(row.meanScore),
      summary: row.summary,
      outcome: outcomeOf(row, scale),
      isRecommended: row.candidateId === view.recommended?.candidateId,
      isFront: row.bestOn.length > 0,
      isByHand: row.byHand,
      otherParents: row.parentIds.slice(1).map((id) => candidateName(id, view.seedCandidateId)),
      children: children.map((child) => nodeOf(child, depth + 1)),
      depth,
    };
  };
  return nodeOf(seed, 0);
}

/** The tree as a list, parents before children: for a table, and for those who read by screen reader. */
export function flattenTree(root: FamilyNode | null): FamilyNode[] {
  return root ? [root, ...root.children.flatMap(flattenTree)] : [];
}
