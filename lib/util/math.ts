/**
 * The sum of `values`, rounded once. The order of the values does not matter, so two lists that hold the same
 * scores always have the same sum and "strictly better in sum" is never decided by rounding.
 * Method: Shewchuk, "Adaptive precision floating-point arithmetic" (1997): keep the rounding errors as partial sums.
 */
export function sum(values: readonly number[]): number {
  const partials: number[] = [];
  for (const value of values) addExactly(partials, value);
  const total = roundPartials(partials);
  // Infinity among the values, or an overflow on the way: plain addition says what IEEE says.
  return Number.isFinite(total) ? total : values.reduce((running, value) => running + value, 0);
}

/** The arithmetic mean. Throws `RangeError` on an empty list: no values have no mean. */
export function mean(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("mean of an empty list");
  return sum(values) / values.length;
}

/** `value` moved to the nearest end of [min, max] when it lies outside. Throws `RangeError` when min > max. */
export function clamp(value: number, min: number, max: number): number {
  if (min > max) throw new RangeError(`clamp: min ${min} is above max ${max}`);
  return Math.min(max, Math.max(min, value));
}

/**
 * The quantile `q` (0 to 1) of `values` in any order, linear between neighbours (Hyndman and Fan type 7).
 * Throws `RangeError` on an empty list and on a `q` outside 0 to 1.
 */
export function quantile(values: readonly number[], q: number): number {
  if (values.length === 0) throw new RangeError("quantile of an empty list");
  if (!(q >= 0 && q <= 1)) throw new RangeError(`quantile: ${q} is not within 0 and 1`);
  const sorted = values.toSorted((a, b) => a - b);
  const position = q * (sorted.length - 1);
  const lower = Math.floor(position);
  const low = sorted[lower] as number;
  const high = sorted[Math.min(lower + 1, sorted.length - 1)] as number;
  return high === low ? low : low + (position - lower) * (high - low);
}

/** Adds `value` to non-overlapping partial sums, in place, without losing a bit. */
function addExactly(partials: number[], value: number): void {
  let carry = value;
  let kept = 0;
  for (const partial of partials) {
    const [large, small] = Math.abs(carry) < Math.abs(partial) ? [partial, carry] : [carry, partial];
    carry = large + small;
    const error = small - (carry - large);
    if (error !== 0) partials[kept++] = error;
  }
  partials[kept] = carry;
  partials.length = kept + 1;
}

/** One correct rounding of partial sums that are ordered from small to large. */
function roundPartials(partials: readonly number[]): number {
  let index = partials.length - 1;
  let total = partials[index--] ?? 0;
  while (index >= 0) {
    const before = total;
    const partial = partials[index--] as number;
    total = before + partial;
    const error = partial - (total - before);
    if (error === 0) continue;
    // A tie was rounded to even; the next partial says on which side of the tie the true sum lies.
    const next = partials[index] ?? 0;
    if (Math.sign(error) === Math.sign(next) && total + error * 2 - total === error * 2) total += error * 2;
    break;
  }
  return total;
}
