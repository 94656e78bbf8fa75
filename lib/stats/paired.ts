import { mean, sum } from "@/lib/util/math";

/** Two readings of one thing: (expert, judge), (before, after) … */
export type NumberPair = readonly [number, number];

/** Means, and population (divide by n) variances and covariance, of a list of pairs. */
export interface PairMoments {
  meanX: number;
  meanY: number;
  varianceX: number;
  varianceY: number;
  covariance: number;
}

/** Throws `RangeError` on an empty list. */
export function pairMoments(pairs: readonly NumberPair[]): PairMoments {
  const meanX = mean(pairs.map(([x]) => x));
  const meanY = mean(pairs.map(([, y]) => y));
  return {
    meanX,
    meanY,
    varianceX: sum(pairs.map(([x]) => (x - meanX) ** 2)) / pairs.length,
    varianceY: sum(pairs.map(([, y]) => (y - meanY) ** 2)) / pairs.length,
    covariance: sum(pairs.map(([x, y]) => (x - meanX) * (y - meanY))) / pairs.length,
  };
}

/** Pearson's product-moment correlation, −1 to 1; null under two pairs and when one side does not vary. */
export function pearson(pairs: readonly NumberPair[]): number | null {
  if (pairs.length < 2) return null;
  const { varianceX, varianceY, covariance } = pairMoments(pairs);
  if (varianceX === 0 || varianceY === 0) return null;
  return Math.min(1, Math.max(-1, covariance / Math.sqrt(varianceX * varianceY)));
}
