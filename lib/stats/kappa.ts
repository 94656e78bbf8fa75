import { sum } from "@/lib/util/math";
import { confusionGrid } from "./confusion";

export type KappaWeights = "none" | "linear" | "quadratic";

/**
 * Cohen's κ of two raters over the same items, at most 1, 0 = no better than chance from the raters' own habits.
 * Weighted by how far apart two categories stand in `categories` (their order is the scale): `linear` (Cicchetti and
 * Allison) or `quadratic` (Fleiss and Cohen 1973); `none` counts every difference alike (Cohen 1960, 1968).
 * Null where chance alone would never disagree: no pairs, or both raters used one and the same category throughout.
 * Throws `RangeError` on a value outside `categories`.
 */
export function cohenKappa<Value>(
  pairs: readonly (readonly [Value, Value])[],
  categories: readonly Value[],
  weights: KappaWeights = "none",
): number | null {
  const grid = confusionGrid(pairs, categories);
  const rows = grid.map((row) => sum(row));
  const columns = grid.map((_, column) => sum(grid.map((row) => row[column] ?? 0)));
  let [observed, expected] = [0, 0];
  for (const [row, cells] of grid.entries()) {
    for (const [column, count] of cells.entries()) {
      const distance = disagreement(row, column, weights);
      observed += distance * count;
      expected += (distance * (rows[row] ?? 0) * (columns[column] ?? 0)) / pairs.length;
    }
  }
  return expected > 0 ? 1 - observed / expected : null;
}

function disagreement(row: number, column: number, weights: KappaWeights): number {
  if (weights === "none") return row === column ? 0 : 1;
  return weights === "linear" ? Math.abs(row - column) : (row - column) ** 2;
}
