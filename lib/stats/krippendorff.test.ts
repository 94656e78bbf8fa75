import fc from "fast-check";
import { expect, test } from "vitest";
import { krippendorffAlpha } from "./krippendorff";

const _ = null;
/** Four observers, twelve units, five categories, missing values (Krippendorff 2011, section C). */
const OBSERVERS = [
  [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
  [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
  [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
  [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
];
const UNITS = Array.from({ length: 12 }, (_empty, unit) => OBSERVERS.map((row) => row[unit] ?? null));

test("published: nominal 0.743, ordinal 0.815, interval 0.849", () => {
  expect(krippendorffAlpha(UNITS, "nominal")).toBeCloseTo(0.743, 3);
  expect(krippendorffAlpha(UNITS, "ordinal")).toBeCloseTo(0.815, 3);
  expect(krippendorffAlpha(UNITS, "interval")).toBeCloseTo(0.849, 3);
});

test("published, two observers, binary, no missing values: 0.095 (Krippendorff 2011, section A)", () => {
  const meg = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0];
  const owen = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0];
  const units = meg.map((value, unit) => [value, owen[unit]!]);
  expect(krippendorffAlpha(units, "nominal")).toBeCloseTo(0.095, 3);
  expect(krippendorffAlpha(units, "interval")).toBeCloseTo(0.095, 3);
});

const value = fc.option(fc.integer({ min: 1, max: 5 }), { nil: null });
const units = fc.array(fc.array(value, { minLength: 2, maxLength: 4 }), { minLength: 2, maxLength: 20 });

test("who rated does not matter, nor a unit with a single value; at most 1", () => {
  fc.assert(
    fc.property(units, fc.constantFrom("nominal", "ordinal", "interval"), (rated, level) => {
      const alpha = krippendorffAlpha(rated, level);
      const shuffled = rated.map((unit) => unit.toReversed()).toReversed();
      expect(krippendorffAlpha(shuffled, level) ?? 2).toBeCloseTo(alpha ?? 2, 10);
      expect(krippendorffAlpha([...rated, [3, null], []], level)).toBe(alpha);
      expect(alpha ?? 0).toBeLessThanOrEqual(1);
    }),
  );
});

test("full agreement is 1; one constant value, or a single unit, says nothing", () => {
  expect(
    krippendorffAlpha(
      [
        [1, 1],
        [2, 2],
        [5, 5, 5],
      ],
      "ordinal",
    ),
  ).toBe(1);
  expect(
    krippendorffAlpha(
      [
        [3, 3],
        [3, 3],
      ],
      "nominal",
    ),
  ).toBeNull();
  expect(krippendorffAlpha([[1, 2]], "interval")).toBeNull();
  expect(krippendorffAlpha([], "nominal")).toBeNull();
});
