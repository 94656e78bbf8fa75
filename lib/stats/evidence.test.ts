import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { alphaOfLook, type EvidenceInput, evidenceVerdict, MIN_PAIRS } from "./evidence";
import { signFlipTest } from "./sign-flip";

type Pair = EvidenceInput["pairs"][number];
const repeat = (count: number, before: number, after: number): Pair[] =>
  Array.from({ length: count }, () => ({ before, after }));
const judge = (
  pairs: readonly Pair[],
  rest: Partial<EvidenceInput> = {},
): ReturnType<typeof evidenceVerdict> =>
  evidenceVerdict({ pairs, failedPairs: 0, look: 1, seed: 1, ...rest });

describe("better iff p ≤ α with at least 8 valid pairs", () => {
  test("11 better, 2 worse, 5 the same: better, with a gain around its interval", () => {
    const result = judge([...repeat(11, 3, 4), ...repeat(2, 4, 3), ...repeat(5, 4, 4)]);
    expect(result).toMatchObject({
      verdict: "better",
      reason: "gain-shown",
      counts: { better: 11, worse: 2, same: 5, notScored: 0 },
      alpha: 0.025,
      morePairsNeeded: null,
    });
    expect(result.pValue).toBeCloseTo(92 / 8192, 12);
    expect(result.gain?.value).toBeCloseTo(0.5, 12);
    expect(result.gain?.low).toBeGreaterThan(0);
    expect(result.meanAfter).toBeCloseTo((result.meanBefore ?? 0) + 0.5, 12);
  });

  test("7 better, 3 worse, 8 the same may be luck, and the missing records are named", () => {
    const result = judge([...repeat(7, 3, 4), ...repeat(3, 4, 3), ...repeat(8, 4, 4)]);
    expect(result).toMatchObject({ verdict: "not-enough", reason: "may-be-luck" });
    expect(result.morePairsNeeded).toBeGreaterThan(50);
    expect(result.morePairsNeeded).toBeLessThan(150);
    expect(result.gain?.low).toBeLessThan(0);
  });

  test("7 pairs never suffice, 8 in one direction do", () => {
    expect(judge(repeat(7, 1, 5))).toMatchObject({
      verdict: "not-enough",
      reason: "too-few-pairs",
      morePairsNeeded: 1,
    });
    expect(judge(repeat(MIN_PAIRS, 1, 5))).toMatchObject({ verdict: "better", pValue: 2 ** -8 });
  });

  test("worse is the mirror image", () => {
    const pair = fc.record({ before: fc.integer({ min: 1, max: 5 }), after: fc.integer({ min: 1, max: 5 }) });
    const mirrored = { better: "worse", worse: "better", "not-enough": "not-enough" } as const;
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 30 }), (pairs) => {
        const result = judge(pairs);
        const swapped = judge(pairs.map(({ before, after }) => ({ before: after, after: before })));
        expect(swapped.verdict).toBe(mirrored[result.verdict]);
        expect(swapped.counts.better).toBe(result.counts.worse);
        expect(swapped.morePairsNeeded).toBe(result.morePairsNeeded);
      }),
      { numRuns: 40 },
    );
    expect(judge(repeat(10, 4, 2))).toMatchObject({ verdict: "worse", reason: "loss-shown" });
  });

  test("the verdict is the test's, at every look", () => {
    const pair = fc.record({ before: fc.integer({ min: 1, max: 5 }), after: fc.integer({ min: 1, max: 5 }) });
    fc.assert(
      fc.property(
        fc.array(pair, { minLength: 8, maxLength: 25 }),
        fc.integer({ min: 1, max: 4 }),
        (pairs, look) => {
          const differences = pairs.map(({ before, after }) => after - before);
          const { pValue } = signFlipTest(differences, { alternative: "greater", seed: 1 });
          expect(judge(pairs, { look }).verdict === "better").toBe(pValue <= 0.025 / 2 ** (look - 1));
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe("looks", () => {
  test("α is halved at each further look, so that all looks stay under 0.05", () => {
    expect([1, 2, 3].map(alphaOfLook)).toEqual([0.025, 0.0125, 0.00625]);
    expect(() => alphaOfLook(0)).toThrow(RangeError);
  });

  test("the same records can be enough at the first look and not at the fourth", () => {
    const pairs = repeat(8, 2, 3);
    expect(judge(pairs).verdict).toBe("better");
    expect(judge(pairs, { look: 4 })).toMatchObject({ verdict: "not-enough", look: 4, alpha: 0.003125 });
    // Ten records in one direction reach the fifth look's level of 1/640.
    expect(judge(pairs, { look: 4 }).morePairsNeeded).toBe(2);
  });
});

describe("failed pairs", () => {
  test("over 5 % is not enough evidence, 5 % is allowed; more records would not mend it", () => {
    const pairs = repeat(19, 2, 4);
    expect(judge(pairs, { failedPairs: 1 })).toMatchObject({ verdict: "better", counts: { notScored: 1 } });
    expect(judge(pairs, { failedPairs: 2 })).toMatchObject({
      verdict: "not-enough",
      reason: "too-many-failed",
      morePairsNeeded: null,
    });
    expect(() => judge(pairs, { failedPairs: -1 })).toThrow(RangeError);
  });
});

describe("edges", () => {
  test("no pairs: no means, no gain, no p", () => {
    expect(judge([])).toMatchObject({
      verdict: "not-enough",
      meanBefore: null,
      meanAfter: null,
      gain: null,
      pValue: null,
      morePairsNeeded: 8,
    });
    expect(judge(repeat(1, 2, 3)).gain).toBeNull();
  });

  test("rounding noise in weighted means is no gain", () => {
    const result = judge(repeat(12, 0.3, 0.1 + 0.2));
    expect(result).toMatchObject({
      verdict: "not-enough",
      counts: { better: 0, worse: 0, same: 12 },
      pValue: 1,
    });
    expect(result.morePairsNeeded).toBeNull();
  });

  test("a gain too small for any number of records names none", () => {
    const pairs = [...repeat(200, 3, 4), ...repeat(199, 4, 3)];
    expect(judge(pairs)).toMatchObject({ reason: "may-be-luck", morePairsNeeded: null });
  });
});
