/**
 * The few distribution functions that the tests and forecasts of this folder need. Chosen for short code that is
 * accurate to about 1e-12 where they are used, not for speed.
 */

const SQRT_TWO_PI = Math.sqrt(2 * Math.PI);
/** Beyond this many standard deviations a double says 0 or 1. */
const NORMAL_END = 9;

export function normalDensity(z: number): number {
  return Math.exp((-z * z) / 2) / SQRT_TWO_PI;
}

/** Standard normal distribution function; the series of Marsaglia, "Evaluating the normal distribution" (2004). */
export function normalCdf(z: number): number {
  if (z <= -NORMAL_END) return 0;
  if (z >= NORMAL_END) return 1;
  let total = z;
  let term = z;
  for (let odd = 3; total + term !== total; odd += 2) {
    term *= (z * z) / odd;
    total += term;
  }
  return Math.min(1, Math.max(0, 0.5 + total * normalDensity(z)));
}

/** Inverse of `normalCdf`. Throws `RangeError` unless 0 < p < 1. */
export function normalQuantile(p: number): number {
  requireProbability(p);
  return invert(normalCdf, p, -NORMAL_END, NORMAL_END);
}

/** Student's t distribution function for whole degrees of freedom; Abramowitz and Stegun 26.7.3 and 26.7.4. */
export function studentCdf(t: number, freedom: number): number {
  requireFreedom(freedom);
  const angle = Math.atan(t / Math.sqrt(freedom));
  const isOdd = freedom % 2 === 1;
  const cosSquared = Math.cos(angle) ** 2;
  let term = isOdd ? Math.cos(angle) : 1;
  let series = 0;
  for (let power = isOdd ? 1 : 0; power <= freedom - 2; power += 2) {
    series += term;
    term *= ((power + 1) / (power + 2)) * cosSquared;
  }
  const within = isOdd ? (2 / Math.PI) * (angle + Math.sin(angle) * series) : Math.sin(angle) * series;
  return 0.5 + within / 2;
}

/** From here on the expansion below is right to 1e-8, and much cheaper. */
const MANY_DEGREES = 200;

/**
 * Inverse of `studentCdf`; from 200 degrees of freedom on by the expansion of Abramowitz and Stegun 26.7.5.
 * Throws `RangeError` unless 0 < p < 1 and `freedom` is a positive whole number.
 */
export function studentQuantile(p: number, freedom: number): number {
  requireProbability(p);
  requireFreedom(freedom);
  if (freedom >= MANY_DEGREES) {
    const z = normalQuantile(p);
    const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
    return z + (z ** 3 + z) / (4 * freedom) + second / freedom ** 2;
  }
  let end = 2;
  while (studentCdf(end, freedom) < Math.max(p, 1 - p)) end *= 2;
  return invert((t) => studentCdf(t, freedom), p, -end, end);
}

/** P(X ≥ successes) for `trials` fair coins. Throws `RangeError` unless both are whole and 0 ≤ successes ≤ trials. */
export function fairCoinTail(successes: number, trials: number): number {
  const isWhole = Number.isSafeInteger(successes) && Number.isSafeInteger(trials);
  if (!isWhole || successes < 0 || successes > trials)
    throw new RangeError(`fairCoinTail: ${successes} of ${trials}`);
  if (successes === 0) return 1;
  // In logarithms, so that 2^-trials does not vanish for long lists.
  let logTerm = -trials * Math.LN2;
  let total = 0;
  for (let count = trials; count >= successes; count--) {
    total += Math.exp(logTerm);
    logTerm += Math.log(count / (trials - count + 1));
  }
  return Math.min(1, total);
}

/** The point where a rising function reaches `target`, by bisection to the last bits. */
export function invert(rising: (x: number) => number, target: number, from: number, to: number): number {
  let [low, high] = [from, to];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (rising(middle) < target) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function requireProbability(p: number): void {
  if (!(p > 0 && p < 1)) throw new RangeError(`probability ${p} is not between 0 and 1`);
}

function requireFreedom(freedom: number): void {
  if (!Number.isSafeInteger(freedom) || freedom < 1)
    throw new RangeError(`${freedom} is no number of degrees of freedom`);
}
