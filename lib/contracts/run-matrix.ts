import { z } from "zod";
import { type RunSnapshot, type RunView, runSnapshotSchema, runViewSchema } from "./runs";

/** A pair that was not scored yet. */
const OPEN = -2;
/** A pair that could not be scored. */
const FAILED = -1;

/**
 * Candidates × records as they cross the wire. Record ids and distinct scores stand once; a row holds, for each record,
 * the place of its score in `values`, −1 for "could not be scored", −2 for "not scored"; what follows the last known
 * one is left out. Five hundred candidates on two hundred records take a tenth of what nested objects would.
 */
export const scoreMatrixSchema = z.object({
  records: z.array(z.string()),
  values: z.array(z.number()),
  rows: z.record(z.string(), z.array(z.number().int().min(OPEN))),
});
export type ScoreMatrix = z.infer<typeof scoreMatrixSchema>;

/** The run's snapshot as routes and pages hand it out. */
export const wireRunSnapshotSchema = runSnapshotSchema.extend({
  view: runViewSchema.omit({ scores: true }).extend({ matrix: scoreMatrixSchema }),
});
export type WireRunSnapshot = z.infer<typeof wireRunSnapshotSchema>;

export function packRunSnapshot({ view: { scores, ...view }, ...run }: RunSnapshot): WireRunSnapshot {
  return { ...run, view: { ...view, matrix: packScores(scores) } };
}

export function unpackRunSnapshot({ view: { matrix, ...view }, ...run }: WireRunSnapshot): RunSnapshot {
  return { ...run, view: { ...view, scores: unpackScores(matrix) } };
}

/** `unpackScores(packScores(scores))` equals `scores`. */
export function packScores(scores: RunView["scores"]): ScoreMatrix {
  const records = new Map<string, number>();
  const values = new Map<number, number>();
  const placeIn = <Key>(places: Map<Key, number>, key: Key): number => {
    const known = places.get(key) ?? places.size;
    places.set(key, known);
    return known;
  };
  const rows = Object.entries(scores).map(([candidateId, known]) => {
    const row: number[] = [];
    for (const [recordId, score] of Object.entries(known)) {
      const column = placeIn(records, recordId);
      while (row.length <= column) row.push(OPEN);
      row[column] = score === null ? FAILED : placeIn(values, score);
    }
    return [candidateId, row] as const;
  });
  return { records: [...records.keys()], values: [...values.keys()], rows: Object.fromEntries(rows) };
}

export function unpackScores({ records, values, rows }: ScoreMatrix): RunView["scores"] {
  return Object.fromEntries(
    Object.entries(rows).map(([candidateId, row]) => {
      const known: Record<string, number | null> = {};
      for (const [column, place] of row.entries()) {
        const recordId = records[column];
        if (place === OPEN || recordId === undefined) continue;
        known[recordId] = place === FAILED ? null : (values[place] ?? null);
      }
      return [candidateId, known];
    }),
  );
}
