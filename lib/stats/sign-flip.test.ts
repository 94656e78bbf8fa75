import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findGrid } from "./grid";
import { type SignFlipOptions, signFlipTest } from "./sign-flip";

const up: SignFlipOptions = { alternative: "greater", seed: 1 };
const down: SignFlipOptions = { alternative: "less", seed: 1 };

/** Darwin's maize: crossed minus self-fertilised, in eighths of an inch. */
const MAIZE = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];

/** Every sign pattern, one by one. */
function byBruteForce(differences: readonly number[]): number {
  const observed = differences.reduce((total, difference) => total + difference, 0);
  let hits = 0;
  for (let pattern = 0; pattern < 2 ** differences.length; pattern++) {
    const total = differences.reduce(
      (running, difference, index) =>
        running + Math.abs(difference) * (Math.floor(pattern / 2 ** index) % 2 === 1 ? 1 : -1),
      0,
    );
    if (total >= observed - 1e-9) hits += 1;
  }
  return hits / 2 ** differences.length;
}

describe("published", () => {
  test("Darwin's maize: 863 of 32,768 sign patterns reach 314 (Fisher 1935, section 21)", () => {
    expect(signFlipTest(MAIZE, up)).toEqual({ pValue: 863 / 32_768, method: { kind: "grid" } });
  });

  test("the same in inches, where eighths are the grid", () => {
    expect(
      signFlipTest(
        MAIZE.map((eighths) => eighths / 8),
        up,
      ).pValue,
    ).toBe(863 / 32_768);
    expect(
      signFlipTest(
        MAIZE.map((eighths) => -eighths / 8),
        down,
      ).pValue,
    ).toBe(863 / 32_768);
  });
});

describe("grid", () => {
  test("grades, thirds and weighted means lie on one; irrational steps do not", () => {
    expect(findGrid([2, -4, 0, 6])).toEqual([1, -2, 0, 3]);
    expect(findGrid([1 / 3, 2 / 3, -1])).toEqual([1, 2, -3]);
    expect(findGrid([0.1 + 0.2, 0.1, -0.7 * 0.25])).toEqual([12, 4, -7]);
    expect(findGrid([1, Math.SQRT2])).toBeNull();
    expect(findGrid([])).toEqual([]);
    expect(findGrid([0, 0])).toEqual([0, 0]);
  });

  test("counting over the grid is what brute force gives", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -4, max: 4 }), { maxLength: 10 }), (steps) => {
        const differences = steps.map((step) => step * 0.1);
        expect(signFlipTest(differences, up).method.kind).toBe("grid");
        expect(signFlipTest(differences, up).pValue).toBeCloseTo(byBruteForce(differences), 12);
      }),
      { numRuns: 60 },
    );
  });
});

const off = fc.double({ min: -1, max: 1, noNaN: true }).map((value) => value * Math.SQRT2 + Math.PI / 100);

describe("off the grid", () => {
  test("up to 20 differences are enumerated, exactly", () => {
    fc.assert(
      fc.property(fc.array(off, { minLength: 3, maxLength: 9 }), (differences) => {
        expect(signFlipTest(differences, up).pValue).toBeCloseTo(byBruteForce(differences), 12);
      }),
      { numRuns: 60 },
    );
    const twenty = Array.from({ length: 20 }, (_, index) => Math.sqrt(index + 2));
    expect(signFlipTest(twenty, up)).toEqual({ pValue: 2 ** -20, method: { kind: "enumeration" } });
  });

  test("more are sampled with a stated count, the same for the same seed, near the exact value", () => {
    const many = Array.from({ length: 30 }, (_, index) => Math.sqrt(index + 2) * (index % 3 === 0 ? -1 : 1));
    const sampled = signFlipTest(many, { ...up, resamples: 20_000 });
    expect(sampled.method).toEqual({ kind: "monte-carlo", resamples: 20_000 });
    expect(signFlipTest(many, { ...up, resamples: 20_000 })).toEqual(sampled);
    // Rounded to hundredths the differences lie on a grid, which gives nearly the same value exactly.
    const exact = signFlipTest(
      many.map((difference) => Math.round(difference * 100) / 100),
      up,
    );
    expect(exact.method.kind).toBe("grid");
    expect(Math.abs(sampled.pValue - exact.pValue)).toBeLessThan(5 * Math.sqrt(0.25 / 20_000));
  });

  test("a sampled p-value is never zero", () => {
    const sure = Array.from({ length: 60 }, (_, index) => Math.sqrt(index + 2));
    expect(signFlipTest(sure, { ...up, resamples: 999 }).pValue).toBe(1 / 1000);
  });
});

describe("properties", () => {
  const grades = fc.array(fc.integer({ min: -4, max: 4 }), { maxLength: 40 });

  test("mirrored differences swap the two sides; the order of pairs and zeros do not matter", () => {
    fc.assert(
      fc.property(grades, (differences) => {
        const { pValue } = signFlipTest(differences, up);
        expect(
          signFlipTest(
            differences.map((difference) => -difference),
            down,
          ).pValue,
        ).toBe(pValue);
        expect(signFlipTest(differences.toReversed(), up).pValue).toBeCloseTo(pValue, 12);
        expect(signFlipTest([0, ...differences, 0], up).pValue).toBeCloseTo(pValue, 12);
        expect(pValue).toBeGreaterThanOrEqual(2 ** -differences.length * 0.999);
        expect(pValue).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("the two sides cover everything, what ties counting twice", () => {
    fc.assert(
      fc.property(grades, (differences) => {
        const both = signFlipTest(differences, up).pValue + signFlipTest(differences, down).pValue;
        expect(both).toBeGreaterThanOrEqual(1 - 1e-12);
      }),
    );
  });

  test("nothing moved proves nothing; a difference must be finite", () => {
    expect(signFlipTest([], up).pValue).toBe(1);
    expect(signFlipTest([0, 0, 0], down).pValue).toBe(1);
    expect(() => signFlipTest([1, Number.NaN], up)).toThrow(RangeError);
  });

  test("hundreds of grades stay exact and cheap", () => {
    const differences = Array.from({ length: 1500 }, (_, index) => (index % 5) - 1.9);
    expect(signFlipTest(differences, up).method.kind).toBe("grid");
  });
});
