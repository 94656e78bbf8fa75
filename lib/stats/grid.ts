/** Values that differ by less than this share of the largest one are the same value. */
const NOISE = 1e-9;
/** A step finer than this share of the largest value is rounding noise, not a grid. */
const FINEST = 1e-5;

/**
 * The values as whole multiples of their greatest common step, or null when they have none: grades in halves, means of
 * three judges, weights in tenths all lie on a grid although binary fractions do not say so exactly. Euclid's algorithm
 * with the nearest remainder, so that rounding noise ends it. An empty list is on every grid.
 */
export function findGrid(values: readonly number[]): number[] | null {
  const largest = Math.max(0, ...values.map(Math.abs));
  if (largest === 0) return values.map(() => 0);
  let step = 0;
  for (const value of values) {
    step = commonStep(step, Math.abs(value), largest * NOISE);
    if (step !== 0 && step < largest * FINEST) return null;
  }
  const steps = values.map((value) => Math.round(value / step));
  const isClose = values.every(
    (value, index) => Math.abs(value - (steps[index] ?? 0) * step) <= largest * 1e-7,
  );
  return isClose ? steps : null;
}

function commonStep(a: number, b: number, noise: number): number {
  let [large, small] = a > b ? [a, b] : [b, a];
  while (small > noise) [large, small] = [small, Math.abs(large - small * Math.round(large / small))];
  return large;
}
