/**
 * Counts by category: `grid[i][j]` pairs have the first value `categories[i]` and the second `categories[j]`.
 * Throws `RangeError` on a value outside `categories`, and when a category stands there twice.
 */
export function confusionGrid<Value>(
  pairs: readonly (readonly [Value, Value])[],
  categories: readonly Value[],
): number[][] {
  const indexOf = new Map(categories.map((value, index) => [value, index]));
  if (indexOf.size !== categories.length)
    throw new RangeError("confusionGrid: a category stands there twice");
  const grid = categories.map(() => categories.map(() => 0));
  for (const [first, second] of pairs) {
    const [row, column] = [indexOf.get(first), indexOf.get(second)];
    const cells = row === undefined ? undefined : grid[row];
    if (cells === undefined || column === undefined)
      throw new RangeError(`confusionGrid: ${String(first)} or ${String(second)} is no category`);
    cells[column] = (cells[column] ?? 0) + 1;
  }
  return grid;
}

/** Does the judge put answers on the same side of *good enough* as the expert? Counts first, rates after. */
export interface PassRates {
  /** Both say good enough. */
  truePositives: number;
  /** Too kind: the judge passes what the expert fails. */
  falsePositives: number;
  /** Both say not good enough. */
  trueNegatives: number;
  /** Too harsh: the judge fails what the expert passes. */
  falseNegatives: number;
  /** Share of the expert's passes that the judge passes; null when there is none. */
  tpr: number | null;
  /** Share of the expert's fails that the judge fails; null when there is none. */
  tnr: number | null;
  /** Youden's J = TPR + TNR − 1 ("Index for rating diagnostic tests", Cancer 1950); null when a side is empty. */
  j: number | null;
}

export function passRates(pairs: readonly { expert: boolean; judge: boolean }[]): PassRates {
  const count = (expert: boolean, judge: boolean): number =>
    pairs.filter((pair) => pair.expert === expert && pair.judge === judge).length;
  const [truePositives, falseNegatives] = [count(true, true), count(true, false)];
  const [trueNegatives, falsePositives] = [count(false, false), count(false, true)];
  const tpr = share(truePositives, falseNegatives);
  const tnr = share(trueNegatives, falsePositives);
  const j = tpr === null || tnr === null ? null : tpr + tnr - 1;
  return { truePositives, falsePositives, trueNegatives, falseNegatives, tpr, tnr, j };
}

function share(hits: number, misses: number): number | null {
  return hits + misses === 0 ? null : hits / (hits + misses);
}
