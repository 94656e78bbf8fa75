import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rngFrom } from "@/lib/util/rng";
import { expectedMaximum, luckBand } from "./luck-band";

const unit = { noiseSd: 1, valsetSize: 1 };

describe("published", () => {
  test("mean of the largest of n (Harter, Biometrika 1961)", () => {
    const table = [0, 0.56419, 0.84628, 1.02938, 1.16296];
    for (const [index, mean] of table.entries()) expect(expectedMaximum(index + 1)).toBeCloseTo(mean, 5);
    expect(expectedMaximum(10)).toBeCloseTo(1.53875, 5);
    expect(expectedMaximum(100)).toBeCloseTo(2.50759, 5);
  });

  test("upper end is Dunnett's one-sided critical value times √2 (JASA 1955, table 1, ∞ degrees of freedom)", () => {
    const five = [1.64, 1.92, 2.06, 2.16, 2.23, 2.29, 2.34, 2.38, 2.42];
    const one = [2.33, 2.56, 2.68, 2.77, 2.84, 2.89, 2.93, 2.97, 3.0];
    for (const [index, value] of five.entries())
      expect(luckBand({ ...unit, candidates: index + 1, level: 0.9 }).high / Math.SQRT2).toBeCloseTo(
        value,
        2,
      );
    for (const [index, value] of one.entries())
      expect(luckBand({ ...unit, candidates: index + 1, level: 0.98 }).high / Math.SQRT2).toBeCloseTo(
        value,
        2,
      );
  });
});

test("one candidate: the difference of two equal means, ±1.96 · √2 standard errors", () => {
  const { low, high, expected } = luckBand({ noiseSd: 0.5, valsetSize: 25, candidates: 1 });
  expect(high).toBeCloseTo(1.959964 * Math.SQRT2 * 0.1, 6);
  expect(low).toBeCloseTo(-high, 9);
  expect(expected).toBeCloseTo(0, 9);
});

test("95 % of simulated luck lies inside", () => {
  const band = luckBand({ noiseSd: 0.8, valsetSize: 16, candidates: 9 });
  let inside = 0;
  for (let world = 0; world < 2000; world++) {
    const rng = rngFrom(11, world);
    const reading = (): number => {
      const normal = Array.from({ length: 12 }, () => rng.next()).reduce((a, b) => a + b) - 6;
      return (normal * 0.8) / 4;
    };
    const seed = reading();
    const gain = Math.max(...Array.from({ length: 9 }, reading)) - seed;
    if (band.low <= gain && gain <= band.high) inside += 1;
  }
  expect(inside / 2000).toBeGreaterThan(0.93);
  expect(inside / 2000).toBeLessThan(0.97);
});

test("more candidates push it up, more examples narrow it, no noise closes it", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 1, max: 300 }),
      (candidates, valsetSize) => {
        const band = luckBand({ noiseSd: 0.3, valsetSize, candidates });
        const more = luckBand({ noiseSd: 0.3, valsetSize, candidates: candidates + 1 });
        const finer = luckBand({ noiseSd: 0.3, valsetSize: valsetSize * 4, candidates });
        expect(more.high).toBeGreaterThan(band.high);
        expect(more.low).toBeGreaterThan(band.low);
        expect(finer.high).toBeCloseTo(band.high / 2, 9);
        expect(band.low).toBeLessThan(band.expected);
        expect(band.expected).toBeLessThan(band.high);
      },
    ),
    { numRuns: 15 },
  );
  const closed = { low: 0, high: 0, expected: 0 };
  expect(luckBand({ noiseSd: 0, valsetSize: 9, candidates: 5 })).toEqual(closed);
  expect(luckBand({ noiseSd: 1, valsetSize: 9, candidates: 0 })).toEqual(closed);
});

test("refuses what is no count", () => {
  expect(() => luckBand({ noiseSd: -1, valsetSize: 9, candidates: 5 })).toThrow(RangeError);
  expect(() => luckBand({ noiseSd: 1, valsetSize: 0, candidates: 5 })).toThrow(RangeError);
  expect(() => luckBand({ noiseSd: 1, valsetSize: 9, candidates: 1.5 })).toThrow(RangeError);
  expect(() => luckBand({ noiseSd: 1, valsetSize: 9, candidates: 5, level: 1 })).toThrow(RangeError);
});
