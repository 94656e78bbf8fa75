import type { CandidateRow, RunView } from "@/lib/contracts/runs";
import { assertNever } from "@/lib/util/assert-never";
import { candidateName, candidateNumber, countOf } from "./run-names";
import { reasonOf } from "./run-reasons";
import type { ShownScale } from "./run-scale";

/** A row of the run page's candidates. */
export interface PreparedCandidate {
  candidateId: string;
  /** "5"; "–" for the starting prompt. */
  number: string;
  name: string;
  status: CandidateRow["status"];
  isRecommended: boolean;
  isFront: boolean;
  /** On the judge's scale; null when it has no score. */
  score: string | null;
  /** "best on 9 of 21 records"; "" when it is best on none. */
  bestOn: string;
  /** "from 3", "from the starting prompt"; "" for the starting prompt itself. */
  from: string;
  summary: string;
  /** What became of it, in words; "" while it is tried and once it is accepted. */
  outcome: string;
}

const ORDER: Readonly<Record<CandidateRow["status"], number>> = {
  trying: 1,
  accepted: 2,
  seed: 2,
  rejected: 3,
  refused: 3,
};

/** The recommended first, then what is being tried, then by score; rejected and refused ones last, newest first. */
export function prepareCandidateRows(view: RunView, scale: ShownScale): PreparedCandidate[] {
  const recommendedId = view.recommended?.candidateId ?? null;
  const places = new Map(view.candidates.map(({ candidateId }, index) => [candidateId, index]));
  const rank = (row: CandidateRow): number => (row.candidateId === recommendedId ? 0 : ORDER[row.status]);
  const placeOf = (row: CandidateRow): number => places.get(row.candidateId) ?? 0;
  return view.candidates
    .toSorted((a, b) => {
      if (rank(a) !== rank(b)) return rank(a) - rank(b);
      if (rank(a) === 2) return (b.meanScore ?? -1) - (a.meanScore ?? -1) || placeOf(a) - placeOf(b);
      return placeOf(b) - placeOf(a);
    })
    .map((row) => prepareRow(row, view, scale));
}

function prepareRow(row: CandidateRow, view: RunView, scale: ShownScale): PreparedCandidate {
  const compared =
    view.valset.length - view.excluded.filter(({ exampleId }) => view.valset.includes(exampleId)).length;
  const isSeed = row.candidateId === view.seedCandidateId;
  const hasScore = row.meanScore !== null && row.status !== "refused" && row.status !== "rejected";
  return {
    candidateId: row.candidateId,
    number: isSeed ? "–" : candidateNumber(row.candidateId),
    name: candidateName(row.candidateId, view.seedCandidateId),
    status: row.status,
    isRecommended: row.candidateId === view.recommended?.candidateId,
    isFront: row.bestOn.length > 0,
    score: hasScore ? scale.format(row.meanScore as number) : null,
    bestOn: row.bestOn.length === 0 ? "" : `best on ${row.bestOn.length} of ${countOf(compared, "record")}`,
    from: fromWords(row, view),
    summary: row.summary,
    outcome: outcomeOf(row, scale),
  };
}

function fromWords({ parentIds }: CandidateRow, { seedCandidateId }: RunView): string {
  if (parentIds.length === 0) return "";
  const names = parentIds.map((id) => (id === seedCandidateId ? "the starting prompt" : candidateNumber(id)));
  return `from ${names.join(" and ")}`;
}

/** "refused: lost {{team}}, not scored, nothing spent", "rejected: 3.2 on 12 records, its parent had 3.5" (ux.md 7.5). */
export function outcomeOf(row: CandidateRow, scale: ShownScale): string {
  switch (row.status) {
    case "seed":
    case "trying":
    case "accepted":
      return "";
    case "refused":
      return row.reason === "rollouts-failing"
        ? `refused: ${reasonOf(row)}`
        : `refused: ${reasonOf(row)}, not scored, nothing spent`;
    case "rejected": {
      const { compared, parentIds } = row;
      if (compared === null) return `rejected: ${reasonOf(row)}`;
      const on = compared.records > 0 ? ` on ${countOf(compared.records, "record")}` : "";
      const isParent = compared.otherId === null || parentIds.includes(compared.otherId);
      const other = isParent ? "its parent" : candidateName(compared.otherId as string);
      const why =
        row.reason === "below-floor" || row.reason === "dropped-by-selection" ? `, ${reasonOf(row)}` : "";
      return `rejected: ${scale.format(compared.mean)}${on}, ${other} had ${scale.format(compared.otherMean)}${why}`;
    }
    default:
      return assertNever(row.status);
  }
}

/** "Waiting: 1 · accepted 4 · refused 3" */
export function candidateCounts(view: RunView): {
  trying: number;
  accepted: number;
  refused: number;
  rejected: number;
} {
  const of = (status: CandidateRow["status"]): number =>
    view.candidates.filter((row) => row.status === status).length;
  return { trying: of("trying"), accepted: of("accepted"), refused: of("refused"), rejected: of("rejected") };
}
