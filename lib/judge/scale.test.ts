import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseScale } from "./parse-scale";
import {
  anchorProblems,
  canonicalValue,
  compareToLine,
  denormalise,
  formatScale,
  gradesOf,
  isOnScale,
  nearestGrade,
  normalise,
  rankOf,
  scaleProblems,
  valueSchema,
} from "./scale";
import { ONE_TO_FIVE, PASS_FAIL } from "./testing/fake-judge";
import type { Scale } from "./types";

const TENTHS: Scale = { kind: "numeric", min: 0, max: 1, step: 0.1 };
const ORDERED: Scale = { kind: "categories", ordered: true, values: ["poor", "fair", "good"] };
const UNORDERED: Scale = { kind: "categories", ordered: false, values: ["billing", "refund", "other"] };

const anyScale: fc.Arbitrary<Scale> = fc.oneof(
  fc
    .record({
      min: fc.integer({ min: -5, max: 5 }),
      steps: fc.integer({ min: 1, max: 40 }),
      step: fc.constantFrom(0.1, 0.25, 0.5, 1, 2),
    })
    .map(
      ({ min, steps, step }): Scale => ({
        kind: "numeric",
        min,
        max: Number((min + steps * step).toFixed(10)),
        step,
      }),
    ),
  fc.constant(PASS_FAIL),
  fc
    .uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 2, maxLength: 6 })
    .map((values): Scale => ({ kind: "categories", ordered: true, values })),
);

describe("scale", () => {
  it("SC1 a scale needs ends, a step that arrives, distinct names and at most 101 grades", () => {
    expect(scaleProblems(ONE_TO_FIVE)).toEqual([]);
    expect(scaleProblems({ kind: "numeric", min: 5, max: 1, step: 1 })[0]).toContain("above the lowest");
    expect(scaleProblems({ kind: "numeric", min: 1, max: 5, step: 3 })[0]).toContain("do not arrive");
    expect(scaleProblems({ kind: "numeric", min: 0, max: 1, step: 0 })[0]).toContain("above 0");
    expect(scaleProblems({ kind: "numeric", min: 0, max: 1000, step: 1 })[0]).toContain("at most 101");
    expect(scaleProblems({ kind: "numeric", min: 0, max: Number.NaN, step: 1 })).toHaveLength(1);
    expect(scaleProblems({ kind: "boolean", trueLabel: "yes", falseLabel: "Yes" })[0]).toContain("twice");
    expect(scaleProblems({ kind: "categories", ordered: true, values: ["one"] })[0]).toContain("two values");
    expect(() => gradesOf({ kind: "numeric", min: 5, max: 1, step: 1 })).toThrow(RangeError);
  });

  it("SC2 only grades are on the scale: not between two, not outside, not of another type", () => {
    expect([1, 3, 5].every((value) => isOnScale(ONE_TO_FIVE, value))).toBe(true);
    for (const value of [0, 6, 2.5, Number.NaN, Infinity, "4", true, null, undefined, {}])
      expect(isOnScale(ONE_TO_FIVE, value)).toBe(false);
    expect(isOnScale(PASS_FAIL, 1)).toBe(false);
    expect(isOnScale(ORDERED, "Good")).toBe(false);
    expect(canonicalValue(TENTHS, 0.1 + 0.2)).toBe(0.3);
    expect(gradesOf(TENTHS).map((grade) => grade.value)).toEqual([
      0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1,
    ]);
  });

  it("SC3 normalised is (x − min) / (max − min): 1 on 1–5 is 0", () => {
    expect([1, 2, 3, 4, 5].map((value) => normalise(ONE_TO_FIVE, value))).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect([normalise(PASS_FAIL, false), normalise(PASS_FAIL, true), normalise(ORDERED, "fair")]).toEqual([
      0, 1, 0.5,
    ]);
    expect(() => normalise(ONE_TO_FIVE, 6)).toThrow(RangeError);
  });

  it("SC3 holds for every grade of every ordered scale, and back", () => {
    fc.assert(
      fc.property(anyScale, (scale) => {
        const grades = gradesOf(scale);
        const scores = grades.map((grade) => normalise(scale, grade.value));
        expect(scores[0]).toBe(0);
        expect(scores.at(-1)).toBe(1);
        expect(scores).toEqual(scores.toSorted((a, b) => a - b));
        for (const [index, grade] of grades.entries()) {
          expect(nearestGrade(scale, scores[index]!)).toBe(grade.value);
          expect(rankOf(scale, grade.value)).toBe(index);
          if (scale.kind === "numeric")
            expect(denormalise(scale, scores[index]!)).toBeCloseTo(Number(grade.value), 9);
        }
      }),
    );
  });

  it("SC1 a scale of two grades whose step is no exact binary fraction is a scale", () => {
    expect(gradesOf({ kind: "numeric", min: -1, max: -0.9, step: 0.1 }).map(({ value }) => value)).toEqual([
      -1, -0.9,
    ]);
  });

  it("SC4 unordered categories have a number only against a good-enough value", () => {
    expect(normalise(UNORDERED, "refund", "refund")).toBe(1);
    expect(normalise(UNORDERED, "other", "refund")).toBe(0);
    expect(() => normalise(UNORDERED, "refund")).toThrow("no number");
  });

  it("SC5 the line: from a grade up; true on boolean scales; one value without an order; null without a line", () => {
    expect([3, 4, 5].map((value) => compareToLine(ONE_TO_FIVE, 4, value))).toEqual([false, true, true]);
    expect(compareToLine(ONE_TO_FIVE, null, 5)).toBeNull();
    expect([true, false].map((value) => compareToLine(PASS_FAIL, null, value))).toEqual([true, false]);
    expect(compareToLine(UNORDERED, "refund", "billing")).toBe(false);
    expect(compareToLine(ORDERED, "fair", "good")).toBe(true);
  });

  it("SC6 meanings and line must be grades; the lowest grade is no line", () => {
    expect(anchorProblems(ONE_TO_FIVE, [{ value: 1, meaning: "useless" }], 4)).toEqual([]);
    expect(anchorProblems(ONE_TO_FIVE, [{ value: 9, meaning: "?" }], null)[0]).toContain('"9"');
    expect(
      anchorProblems(
        ONE_TO_FIVE,
        [
          { value: 1, meaning: "a" },
          { value: 1, meaning: "b" },
        ],
        null,
      )[0],
    ).toContain("two meanings");
    expect(anchorProblems(ONE_TO_FIVE, [], 1)[0]).toContain("lowest");
    expect(anchorProblems(ONE_TO_FIVE, [], "4")[0]).toContain("no grade");
    expect(anchorProblems(UNORDERED, [], null)[0]).toContain("no order");
  });

  it("SC7 a scale reads as people write it", () => {
    expect(parseScale("1-5")).toEqual({ ok: true, scale: ONE_TO_FIVE });
    expect(parseScale(" 1 – 5 ")).toEqual({ ok: true, scale: ONE_TO_FIVE });
    expect(parseScale("0 to 1 step 0.1")).toEqual({ ok: true, scale: TENTHS });
    expect(parseScale("-2..2")).toEqual({ ok: true, scale: { kind: "numeric", min: -2, max: 2, step: 1 } });
    expect(parseScale("pass/fail")).toEqual({ ok: true, scale: PASS_FAIL });
    expect(parseScale("fail or pass")).toEqual({ ok: true, scale: PASS_FAIL });
    expect(parseScale("poor < fair < good")).toEqual({ ok: true, scale: ORDERED });
    expect(parseScale("billing, refund, other")).toEqual({ ok: true, scale: UNORDERED });
    for (const bad of ["", "5", "5-1", "a/b/c", "1-5 step 3", "a < a"])
      expect(parseScale(bad).ok).toBe(false);
    for (const scale of [ONE_TO_FIVE, TENTHS, PASS_FAIL, ORDERED, UNORDERED])
      expect(parseScale(formatScale(scale))).toEqual({ ok: true, scale });
  });

  it("SC8 the reply schema admits the grades and nothing else", () => {
    expect(valueSchema(ONE_TO_FIVE)).toEqual({ type: "integer", enum: [1, 2, 3, 4, 5] });
    expect(valueSchema({ kind: "numeric", min: 0, max: 100, step: 1 })).toEqual({
      type: "integer",
      minimum: 0,
      maximum: 100,
    });
    expect(valueSchema(TENTHS)).toMatchObject({ type: "number" });
    expect(valueSchema(PASS_FAIL)).toEqual({ type: "boolean" });
    expect(valueSchema(UNORDERED)).toEqual({ type: "string", enum: ["billing", "refund", "other"] });
  });
});
