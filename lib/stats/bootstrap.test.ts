import fc from "fast-check";
import { expect, test } from "vitest";
import { mean, sum } from "@/lib/util/math";
import { rngFrom } from "@/lib/util/rng";
import { bootstrapInterval } from "./bootstrap";

/** Survival of the treated mice in days (Efron and Tibshirani 1993, table 2.1): mean 86.86. */
const MICE = [94, 197, 16, 38, 99, 141, 23];

test("treated mice: the interval is as wide as the ideal bootstrap error of 23.36 says", () => {
  const interval = bootstrapInterval(MICE, mean, { seed: 1, resamples: 4000, level: 0.6827 });
  expect(interval?.value).toBeCloseTo(86.86, 2);
  expect(((interval?.high ?? 0) - (interval?.low ?? 0)) / 2).toBeGreaterThan(21);
  expect(((interval?.high ?? 0) - (interval?.low ?? 0)) / 2).toBeLessThan(26);
});

test("a share of 10 in 40 has the binomial quantiles (0.125 and 0.4 of 40 draws at 0.25)", () => {
  const items = Array.from({ length: 40 }, (_, index) => (index < 10 ? 1 : 0));
  const interval = bootstrapInterval(items, mean, { seed: 3, resamples: 20_000 });
  expect(interval).toEqual({ value: 0.25, low: 0.125, high: 0.4 });
});

test("covers a true mean about as often as it says", () => {
  let covered = 0;
  for (let world = 0; world < 300; world++) {
    const rng = rngFrom(7, world);
    const items = Array.from({ length: 40 }, () => rng.next());
    const interval = bootstrapInterval(items, mean, { seed: world, resamples: 400 });
    if (interval !== null && interval.low <= 0.5 && 0.5 <= interval.high) covered += 1;
  }
  expect(covered / 300).toBeGreaterThan(0.9);
});

test("same seed, same interval; it lies within the data and rises with the level", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 20 }),
      fc.integer(),
      (items, seed) => {
        const narrow = bootstrapInterval(items, mean, { seed, resamples: 200, level: 0.5 });
        const wide = bootstrapInterval(items, mean, { seed, resamples: 200, level: 0.95 });
        expect(bootstrapInterval(items, mean, { seed, resamples: 200, level: 0.5 })).toEqual(narrow);
        expect(wide?.low).toBeLessThanOrEqual(narrow?.low ?? Number.NaN);
        expect(wide?.high).toBeGreaterThanOrEqual(narrow?.high ?? Number.NaN);
        expect(wide?.low).toBeGreaterThanOrEqual(Math.min(...items));
        expect(wide?.high).toBeLessThanOrEqual(Math.max(...items));
      },
    ),
  );
});

test("a resample without a value is skipped; when most have none, there is no interval", () => {
  const spread = (items: readonly number[]): number | null =>
    new Set(items).size < 2 ? null : sum([...items]);
  expect(bootstrapInterval([0, 1], spread, { seed: 1 })).toEqual({ value: 1, low: 1, high: 1 });
  const rare = [1, ...new Array<number>(30).fill(0)];
  const needsMany = (items: readonly number[]): number | null => {
    const ones = items.filter((item) => item === 1).length;
    return ones === 1 ? 1 : null;
  };
  expect(bootstrapInterval(rare, needsMany, { seed: 1 })).toBeNull();
  expect(bootstrapInterval([0, 0], spread, { seed: 1 })).toBeNull();
  expect(bootstrapInterval([], mean, { seed: 1 })).toBeNull();
});

test("refuses no resamples and a level that is none", () => {
  expect(() => bootstrapInterval([1], mean, { seed: 1, resamples: 0 })).toThrow(RangeError);
  expect(() => bootstrapInterval([1], mean, { seed: 1, level: 1 })).toThrow(RangeError);
});
