import { sum } from "@/lib/util/math";
import { rngFrom } from "@/lib/util/rng";
import { findGrid } from "./grid";

/**
 * How the p-value came about: `grid` exact by counting over scaled differences, `enumeration` exact over all sign
 * patterns, `monte-carlo` over `resamples` random ones.
 */
export type SignFlipMethod =
  | { kind: "grid" }
  | { kind: "enumeration" }
  | { kind: "monte-carlo"; resamples: number };

export interface SignFlipResult {
  /** One-sided. */
  pValue: number;
  method: SignFlipMethod;
}

export interface SignFlipOptions {
  /** `greater`: differences tend to be above zero. */
  alternative: "greater" | "less";
  /** Used by the Monte Carlo branch alone. */
  seed: string | number;
  /** Random sign patterns of the Monte Carlo branch; 100,000 unless told. */
  resamples?: number;
}

const MAX_ENUMERATED = 20;
const MAX_GRID_STEPS = 100_000_000;
const DEFAULT_RESAMPLES = 100_000;
/** Two sums closer than this share of Σ|d| are the same sum: decimals do not add up exactly in binary. */
const TIE = 1e-9;

/**
 * Paired sign-flip permutation test on the sum of differences: if before and after are exchangeable, each difference
 * is as likely with the other sign (Fisher, "The Design of Experiments", 1935, section 21; Pitman 1937).
 * Exact where differences lie on a grid, as grades do, and up to 20 differences that are not zero. Otherwise Monte
 * Carlo, where p = (1 + hits) / (1 + resamples) is never zero and keeps the level (Phipson and Smyth 2010).
 * Zero differences do not change the p-value. None at all: p = 1. Throws `RangeError` on a difference that is not
 * finite.
 */
export function signFlipTest(differences: readonly number[], options: SignFlipOptions): SignFlipResult {
  if (!differences.every(Number.isFinite)) throw new RangeError("signFlipTest: a difference is not finite");
  const toward = options.alternative === "greater" ? 1 : -1;
  const moved = differences.filter((difference) => difference !== 0).map((difference) => difference * toward);
  const grid = findGrid(moved);
  if (grid !== null && moved.length * sum(grid.map(Math.abs)) <= MAX_GRID_STEPS)
    return { pValue: gridTail(grid), method: { kind: "grid" } };
  if (moved.length <= MAX_ENUMERATED)
    return { pValue: enumeratedTail(moved), method: { kind: "enumeration" } };
  const resamples = options.resamples ?? DEFAULT_RESAMPLES;
  if (!Number.isSafeInteger(resamples) || resamples < 1)
    throw new RangeError(`signFlipTest: ${resamples} resamples`);
  const pValue = sampledTail(moved, resamples, options.seed);
  return { pValue, method: { kind: "monte-carlo", resamples } };
}

/**
 * Under random signs Σ ±|d| ≥ Σ d just when the part that got a plus, a sum over a random subset of the |d|, is at
 * least the part that has one. `chances[s]` = probability that the subset so far sums to s.
 */
function gridTail(steps: readonly number[]): number {
  const sizes = steps.map(Math.abs);
  const observed = sum(steps.filter((step) => step > 0));
  const chances = new Float64Array(sum(sizes) + 1);
  chances[0] = 1;
  let reached = 0;
  for (const size of sizes) {
    reached += size;
    for (let at = reached; at >= 0; at--)
      chances[at] = ((chances[at] ?? 0) + (at >= size ? (chances[at - size] ?? 0) : 0)) / 2;
  }
  return Math.min(1, sum(Array.from(chances.subarray(observed))));
}

function enumeratedTail(differences: readonly number[]): number {
  const { sizes, threshold } = subsetProblem(differences);
  const sums = new Float64Array(2 ** sizes.length);
  for (const [index, size] of sizes.entries()) {
    const half = 2 ** index;
    for (let at = 0; at < half; at++) sums[half + at] = (sums[at] ?? 0) + size;
  }
  return sums.reduce((hits, total) => hits + (total >= threshold ? 1 : 0), 0) / sums.length;
}

const BITS = 32;

function sampledTail(differences: readonly number[], resamples: number, seed: string | number): number {
  const { sizes, threshold } = subsetProblem(differences);
  const rng = rngFrom(seed, "sign-flip");
  let hits = 0;
  for (let round = 0; round < resamples; round++) {
    let total = 0;
    let bits = 0;
    for (const [index, size] of sizes.entries()) {
      if (index % BITS === 0) bits = rng.int(2 ** BITS);
      if ((bits & 1) === 1) total += size;
      bits >>>= 1;
    }
    if (total >= threshold) hits += 1;
  }
  return (1 + hits) / (1 + resamples);
}

function subsetProblem(differences: readonly number[]): { sizes: number[]; threshold: number } {
  const sizes = differences.map(Math.abs);
  const observed = sum(differences.filter((difference) => difference > 0));
  return { sizes, threshold: observed - TIE * sum(sizes) };
}
