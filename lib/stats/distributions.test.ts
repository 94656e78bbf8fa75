import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fairCoinTail, normalCdf, normalQuantile, studentCdf, studentQuantile } from "./distributions";

describe("normal", () => {
  test("Abramowitz and Stegun, table 26.1", () => {
    expect(normalCdf(0)).toBe(0.5);
    expect(normalCdf(1)).toBeCloseTo(0.841344746068543, 14);
    expect(normalCdf(2)).toBeCloseTo(0.977249868051821, 14);
    expect(normalCdf(-1.5)).toBeCloseTo(0.066807201268858, 14);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 11);
    expect(normalQuantile(0.8)).toBeCloseTo(0.841621233572914, 11);
  });

  test("the quantile undoes the distribution function; both ends are closed", () => {
    fc.assert(
      fc.property(fc.double({ min: -5, max: 5, noNaN: true }), (z) => {
        expect(normalQuantile(normalCdf(z))).toBeCloseTo(z, 8);
      }),
    );
    expect([normalCdf(-40), normalCdf(40)]).toEqual([0, 1]);
    for (const p of [0, 1, -1, Number.NaN]) expect(() => normalQuantile(p)).toThrow(RangeError);
  });
});

describe("Student's t", () => {
  test("the usual table of t", () => {
    const table: [number, number, number][] = [
      [0.975, 1, 12.7062],
      [0.975, 2, 4.3027],
      [0.975, 11, 2.201],
      [0.975, 17, 2.1098],
      [0.95, 10, 1.8125],
      [0.8, 11, 0.8755],
      [0.975, 120, 1.9799],
      [0.975, 200, 1.9719],
      [0.975, 1000, 1.9623],
    ];
    for (const [p, freedom, t] of table) expect(studentQuantile(p, freedom)).toBeCloseTo(t, 4);
  });

  test("is symmetric, and meets the expansion for many degrees of freedom", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -30, max: 30, noNaN: true }),
        fc.integer({ min: 1, max: 400 }),
        (t, freedom) => {
          expect(studentCdf(t, freedom) + studentCdf(-t, freedom)).toBeCloseTo(1, 12);
        },
      ),
    );
    for (const p of [0.1, 0.8, 0.975, 0.999])
      expect(studentCdf(studentQuantile(p, 250), 250)).toBeCloseTo(p, 7);
    expect(() => studentQuantile(0.5, 0)).toThrow(RangeError);
    expect(() => studentCdf(1, 1.5)).toThrow(RangeError);
  });
});

describe("fair coins", () => {
  test("counts by hand", () => {
    expect(fairCoinTail(0, 0)).toBe(1);
    expect(fairCoinTail(2, 2)).toBeCloseTo(1 / 4, 15);
    expect(fairCoinTail(8, 10)).toBeCloseTo(56 / 1024, 14);
    expect(fairCoinTail(1, 3)).toBeCloseTo(7 / 8, 14);
  });

  test("both tails together count the middle twice, for long lists too", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.nat(), (trials, raw) => {
        const count = raw % (trials + 1);
        const above = count === trials ? 0 : fairCoinTail(count + 1, trials);
        expect(above + fairCoinTail(trials - count, trials)).toBeCloseTo(1, 9);
      }),
    );
    expect(() => fairCoinTail(3, 2)).toThrow(RangeError);
    expect(() => fairCoinTail(0.5, 2)).toThrow(RangeError);
  });
});
