import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clamp, mean, quantile, sum } from "./math";
import { createRng } from "./rng";

const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 });

describe("sum", () => {
  test("is rounded once", () => {
    expect(sum([])).toBe(0);
    expect(sum([0.1, 0.2, 0.3])).toBe(0.6);
    expect(sum([1e16, 1, -1e16])).toBe(1);
    expect(sum([1, 2 ** -53, 2 ** -106])).toBe(1 + 2 ** -52); // just above a tie
  });

  test("does not depend on the order", () => {
    fc.assert(
      fc.property(fc.array(finite, { maxLength: 60 }), fc.integer(), (values, seed) => {
        expect(sum(createRng(seed).shuffle(values))).toBe(sum(values));
      }),
    );
  });

  test("keeps what IEEE says of infinities and overflow", () => {
    expect(sum([1, Infinity, 2])).toBe(Infinity);
    expect(sum([Infinity, -Infinity])).toBeNaN();
    expect(sum([1e308, 1e308])).toBe(Infinity);
  });
});

test("mean lies between the ends and refuses an empty list", () => {
  fc.assert(
    fc.property(fc.array(finite, { minLength: 1, maxLength: 40 }), (values) => {
      const slack = Math.max(...values.map(Math.abs)) * 1e-15;
      expect(mean(values)).toBeGreaterThanOrEqual(Math.min(...values) - slack);
      expect(mean(values)).toBeLessThanOrEqual(Math.max(...values) + slack);
    }),
  );
  expect(() => mean([])).toThrow(RangeError);
});

test("clamp moves a value to the nearest end", () => {
  expect([clamp(-1, 0, 5), clamp(3, 0, 5), clamp(9, 0, 5)]).toEqual([0, 3, 5]);
  expect(() => clamp(1, 5, 0)).toThrow(RangeError);
});

describe("quantile", () => {
  test("is linear between neighbours, in any order of the values", () => {
    expect(quantile([4, 1, 3, 2], 0)).toBe(1);
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(quantile([4, 1, 3, 2], 1)).toBe(4);
    expect(quantile([7], 0.9)).toBe(7);
  });

  test("rises with q", () => {
    const q = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 30 }), q, q, (values, a, b) => {
        expect(quantile(values, Math.min(a, b))).toBeLessThanOrEqual(quantile(values, Math.max(a, b)));
      }),
    );
  });

  test("refuses an empty list and a q outside 0 to 1", () => {
    expect(() => quantile([], 0.5)).toThrow(RangeError);
    expect(() => quantile([1], 1.01)).toThrow(RangeError);
    expect(() => quantile([1], Number.NaN)).toThrow(RangeError);
  });
});
