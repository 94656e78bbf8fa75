import { type NumberPair, pearson } from "./paired";

/**
 * Spearman's rank correlation, −1 to 1: Pearson's correlation of the ranks, ties at their mean rank (the general form;
 * the short formula with Σd² is wrong where grades tie). Spearman, "The proof and measurement of association" (1904).
 * Null under two pairs and when one side does not vary.
 */
export function spearman(pairs: readonly NumberPair[]): number | null {
  const xRanks = meanRanks(pairs.map(([x]) => x));
  const yRanks = meanRanks(pairs.map(([, y]) => y));
  return pearson(xRanks.map((rank, index): NumberPair => [rank, yRanks[index] as number]));
}

/** Ranks from 1, equal values at the mean of the ranks they take up. */
export function meanRanks(values: readonly number[]): number[] {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value);
  const ranks = new Array<number>(values.length).fill(0);
  let start = 0;
  while (start < order.length) {
    let end = start;
    while (order[end + 1]?.value === order[start]?.value && end + 1 < order.length) end++;
    for (const { index } of order.slice(start, end + 1)) ranks[index] = (start + end) / 2 + 1;
    start = end + 1;
  }
  return ranks;
}
