import type { RunView } from "@/lib/contracts/runs";
import { candidateName } from "./run-names";
import type { ShownScale } from "./run-scale";

export interface RecordCell {
  candidateId: string;
  /** "4"; "–" not scored yet; "×" could not be scored. */
  text: string;
  /** 0..1; null when there is none. */
  score: number | null;
  isFailed: boolean;
  /** Among the best on this record. */
  isBest: boolean;
}

export interface RecordRow {
  recordId: string;
  question: string;
  /** Only learned from, not compared on. */
  isPracticeOnly: boolean;
  /** Why it left the comparison; null when it did not. */
  excluded: string | null;
  cells: RecordCell[];
}

export interface RecordGrid {
  columns: { candidateId: string; name: string }[];
  rows: RecordRow[];
}

/** Grades of a single record are shown as a grade is given: "4", not "4.0". */
function formatCell(score: number, scale: ShownScale): string {
  return String(Number(scale.toShown(score).toFixed(2)));
}

/** Rows and columns of the grid without its cells: a large grid makes only the cells that are seen. */
export interface GridAxes {
  columns: { candidateId: string; name: string }[];
  rows: Omit<RecordRow, "cells">[];
  cellOf(recordId: string, candidateId: string): RecordCell;
}

/** Comparison records first, in the run's order, then those only learned from; candidates that were scored. */
export function prepareGridAxes(
  view: RunView,
  scale: ShownScale,
  questions: Readonly<Record<string, string>>,
): GridAxes {
  const shown = view.candidates.filter(
    ({ candidateId, status }) => status !== "refused" && view.scores[candidateId],
  );
  const onValset = new Set(view.valset);
  const ids = [...view.valset, ...view.trainset.filter((id) => !onValset.has(id))];
  const causes = new Map(view.excluded.map(({ exampleId, cause }) => [exampleId, cause]));
  const bestOn = new Map(shown.map(({ candidateId, bestOn: records }) => [candidateId, new Set(records)]));
  return {
    columns: shown.map(({ candidateId }) => ({
      candidateId,
      name: candidateName(candidateId, view.seedCandidateId),
    })),
    rows: ids.map((recordId) => ({
      recordId,
      question: questions[recordId] ?? recordId,
      isPracticeOnly: !onValset.has(recordId),
      excluded: causes.get(recordId) ?? null,
    })),
    cellOf: (recordId, candidateId) => {
      const score = view.scores[candidateId]?.[recordId];
      const text = score === undefined ? "–" : score === null ? "×" : formatCell(score, scale);
      const isBest = bestOn.get(candidateId)?.has(recordId) ?? false;
      return { candidateId, text, score: score ?? null, isFailed: score === null, isBest };
    },
  };
}

/** The grid with all its cells. */
export function prepareRecordGrid(
  view: RunView,
  scale: ShownScale,
  questions: Readonly<Record<string, string>>,
): RecordGrid {
  const { columns, rows, cellOf } = prepareGridAxes(view, scale, questions);
  return {
    columns,
    rows: rows.map((row) => ({
      ...row,
      cells: columns.map(({ candidateId }) => cellOf(row.recordId, candidateId)),
    })),
  };
}
