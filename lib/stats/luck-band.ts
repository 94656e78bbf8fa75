import { invert, normalCdf, normalDensity } from "./distributions";

export interface LuckBandInput {
  /** Standard deviation of one score when the same candidate is scored on the same example again. */
  noiseSd: number;
  /** Examples that a candidate's mean is taken over. */
  valsetSize: number;
  /** Candidates that were compared with the seed. */
  candidates: number;
  /** Share of times the best lies within; 0.95 unless told. */
  level?: number;
}

/** Offsets from the seed's mean, in the unit of `noiseSd`. */
export interface LuckBand {
  low: number;
  high: number;
  /** Mean gain that the best shows by luck alone. */
  expected: number;
}

const REACH = 8;
const STEPS = 200;

/**
 * Where the best of n candidates, all truly as good as the seed, would land around the seed's measured mean: the best of
 * many noisy means looks like progress, and a curve inside this band shows none. Every mean, the seed's too, has normal
 * noise of noiseSd / √valsetSize (the records are the same for all, so their difficulty cancels), hence
 * P(best − seed ≤ x) = ∫ φ(s) Φ(x + s)ⁿ ds, Dunnett's distribution (JASA 1955), here by numeric integration.
 * No candidates, or no noise: a band of width zero. Throws `RangeError` on a negative or non-whole input.
 */
export function luckBand({ noiseSd, valsetSize, candidates, level = 0.95 }: LuckBandInput): LuckBand {
  if (!(noiseSd >= 0 && noiseSd < Infinity)) throw new RangeError(`luckBand: noise ${noiseSd}`);
  if (!Number.isSafeInteger(valsetSize) || valsetSize < 1)
    throw new RangeError(`luckBand: valset of ${valsetSize}`);
  if (!Number.isSafeInteger(candidates) || candidates < 0)
    throw new RangeError(`luckBand: ${candidates} candidates`);
  if (!(level > 0 && level < 1)) throw new RangeError(`luckBand: level ${level}`);
  if (candidates === 0 || noiseSd === 0) return { low: 0, high: 0, expected: 0 };
  const unit = noiseSd / Math.sqrt(valsetSize);
  const tail = (1 - level) / 2;
  const below = (x: number): number => chanceBestBelow(x, candidates);
  return {
    low: unit * invert(below, tail, -2 * REACH, 2 * REACH),
    high: unit * invert(below, 1 - tail, -2 * REACH, 2 * REACH),
    expected: unit * expectedMaximum(candidates),
  };
}

/** P(max of n standard normals − one more standard normal ≤ x). */
function chanceBestBelow(x: number, count: number): number {
  return integrate((s) => normalDensity(s) * normalCdf(x + s) ** count);
}

/** Mean of the largest of n standard normals: ∫ x · n φ(x) Φ(x)ⁿ⁻¹ dx (Tippett, Biometrika 1925). */
export function expectedMaximum(count: number): number {
  return integrate((x) => x * count * normalDensity(x) * normalCdf(x) ** (count - 1));
}

/** Trapezoids over ±8; for smooth functions that vanish at both ends they converge faster than any power. */
function integrate(density: (x: number) => number): number {
  const width = (2 * REACH) / STEPS;
  let total = 0;
  for (let step = 0; step <= STEPS; step++) total += density(step * width - REACH);
  return total * width;
}
