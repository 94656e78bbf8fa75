import { sum } from "@/lib/util/math";

export type MeasurementLevel = "nominal" | "ordinal" | "interval";

/**
 * Krippendorff's α, at most 1, 0 = as if values were dealt out by chance. `units[u]` holds the values that any number
 * of raters gave to unit u; null = this rater did not rate it. Units with fewer than two values are left out.
 * Nominal and ordered categories are passed as their position on the scale.
 * Null when fewer than two units can be compared, or when all comparable values are the same.
 * Source: Krippendorff, "Computing Krippendorff's alpha-reliability" (2011).
 */
export function krippendorffAlpha(
  units: readonly (readonly (number | null)[])[],
  level: MeasurementLevel,
): number | null {
  const comparable = units
    .map((unit) => unit.filter((value) => value !== null))
    .filter((values) => values.length >= 2);
  if (comparable.length < 2) return null;
  const { values, coincidences } = coincidenceMatrix(comparable);
  const totals = coincidences.map((row) => sum(row));
  const all = sum(totals);
  const distance = squaredDistance(level, values, totals);
  let [observed, expected] = [0, 0];
  for (const [row, cells] of coincidences.entries()) {
    for (const [column, count] of cells.entries()) {
      const gap = distance(row, column);
      observed += count * gap;
      expected += (totals[row] ?? 0) * (totals[column] ?? 0) * gap;
    }
  }
  return expected === 0 ? null : 1 - ((all - 1) * observed) / expected;
}

/** Every ordered pair of values inside a unit counts 1 / (number of the unit's values − 1). */
function coincidenceMatrix(units: readonly (readonly number[])[]): {
  values: number[];
  coincidences: number[][];
} {
  const values = [...new Set(units.flat())].sort((a, b) => a - b);
  const indexOf = new Map(values.map((value, index) => [value, index]));
  const coincidences = values.map(() => values.map(() => 0));
  for (const unit of units) {
    for (const [first, a] of unit.entries()) {
      const row = coincidences[indexOf.get(a) ?? 0] ?? [];
      for (const [second, b] of unit.entries()) {
        if (first === second) continue;
        const column = indexOf.get(b) ?? 0;
        row[column] = (row[column] ?? 0) + 1 / (unit.length - 1);
      }
    }
  }
  return { values, coincidences };
}

/** The squared difference function of a level of measurement, between the values at two indexes. */
function squaredDistance(
  level: MeasurementLevel,
  values: readonly number[],
  totals: readonly number[],
): (row: number, column: number) => number {
  switch (level) {
    case "nominal":
      return (row, column) => (row === column ? 0 : 1);
    case "interval":
      return (row, column) => ((values[row] ?? 0) - (values[column] ?? 0)) ** 2;
    case "ordinal":
      return (row, column) => {
        const [low, high] = [Math.min(row, column), Math.max(row, column)];
        const ends = ((totals[low] ?? 0) + (totals[high] ?? 0)) / 2;
        return low === high ? 0 : (sum(totals.slice(low, high + 1)) - ends) ** 2;
      };
  }
}
