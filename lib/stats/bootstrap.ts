import { quantile } from "@/lib/util/math";
import { rngFrom } from "@/lib/util/rng";

export interface Interval {
  low: number;
  high: number;
}

export interface BootstrapOptions {
  /** The same seed and items give the same interval. */
  seed: string | number;
  /** Resamples drawn; 2000 unless told. */
  resamples?: number;
  /** Confidence, 0 to 1; 0.95 unless told. */
  level?: number;
}

export interface BootstrapInterval extends Interval {
  /** The statistic of the items themselves. */
  value: number;
}

const DEFAULT_RESAMPLES = 2000;

/**
 * Percentile bootstrap interval of a statistic over items (Efron and Tibshirani, "An Introduction to the Bootstrap",
 * chapter 13). Items are drawn with replacement; pass pairs, or groups, as one item. A resample on which the statistic
 * is undefined (null: κ of a constant, say) is skipped.
 * Null when the statistic is undefined on the items themselves, or on more than half of the resamples: what is left
 * would speak for the lucky ones only. For display; no verdict rests on it.
 * Throws `RangeError` unless there is at least one resample and 0 < level < 1.
 */
export function bootstrapInterval<Item>(
  items: readonly Item[],
  statistic: (sample: readonly Item[]) => number | null,
  { seed, resamples = DEFAULT_RESAMPLES, level = 0.95 }: BootstrapOptions,
): BootstrapInterval | null {
  if (!Number.isSafeInteger(resamples) || resamples < 1)
    throw new RangeError(`bootstrap: ${resamples} resamples`);
  if (!(level > 0 && level < 1)) throw new RangeError(`bootstrap: level ${level}`);
  if (items.length === 0) return null;
  const value = statistic(items);
  if (value === null) return null;
  const rng = rngFrom(seed, "bootstrap");
  const replicates: number[] = [];
  for (let round = 0; round < resamples; round++) {
    const replicate = statistic(items.map(() => rng.pick(items)));
    if (replicate !== null) replicates.push(replicate);
  }
  if (replicates.length * 2 < resamples) return null;
  const tail = (1 - level) / 2;
  return { value, low: quantile(replicates, tail), high: quantile(replicates, 1 - tail) };
}
