import { normalQuantile, studentQuantile } from "./distributions";

export interface PowerOptions {
  /** Spread (standard deviation) of the paired differences, in the unit of the gain. */
  sd: number;
  /** One-sided level of the test; 0.025 unless told. */
  alpha?: number;
  /** Share of times a true gain of that size is shown; 0.8 unless told. */
  power?: number;
}

const [ALPHA, POWER] = [0.025, 0.8];

/**
 * The smallest true gain that `pairs` paired readings show with the given power: (t₁₋α + t_power) · sd / √n with
 * n − 1 degrees of freedom, the usual approximation of the paired t-test's power, which a sign-flip test shares at
 * these sizes (Machin et al., "Sample Sizes for Clinical Studies", chapter 8). At sd 1 it is 0.9 for 12 pairs, 0.7 for
 * 18, 0.5 for 32, 0.3 for 100: "evidence is foretold".
 * Null under two pairs: they show nothing. Throws `RangeError` on a negative spread, or levels outside 0 to 1.
 */
export function detectableGain({
  pairs,
  sd,
  alpha = ALPHA,
  power = POWER,
}: PowerOptions & { pairs: number }): number | null {
  requireSpread(sd);
  if (pairs < 2) return null;
  const freedom = Math.floor(pairs) - 1;
  const reach = studentQuantile(1 - alpha, freedom) + studentQuantile(power, freedom);
  return (reach * sd) / Math.sqrt(Math.floor(pairs));
}

/**
 * The fewest pairs whose `detectableGain` is at most `gain` (its size counts, not its sign), at least 2.
 * Null when there is no gain to show, or it takes more than a million.
 */
export function pairsNeeded({
  gain,
  sd,
  alpha = ALPHA,
  power = POWER,
}: PowerOptions & { gain: number }): number | null {
  requireSpread(sd);
  const size = Math.abs(gain);
  if (size === 0) return null;
  if (sd === 0) return 2;
  const normal = normalQuantile(1 - alpha) + normalQuantile(power);
  // Student's quantiles exceed the normal ones, so the normal answer is never too large.
  let pairs = Math.max(2, Math.ceil(((normal * sd) / size) ** 2 - 1e-9));
  if (!(pairs <= 1_000_000)) return null;
  while ((detectableGain({ pairs, sd, alpha, power }) ?? Infinity) > size) pairs += 1;
  return pairs;
}

function requireSpread(sd: number): void {
  if (!(sd >= 0 && sd < Infinity)) throw new RangeError(`power: ${sd} is no standard deviation`);
}
