import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mcnemarTest } from "./mcnemar";
import { signFlipTest } from "./sign-flip";
import { signTest } from "./sign-test";

describe("sign test", () => {
  test("deer's hind legs and forelegs: 8 longer, 2 shorter (Zar, Biostatistical Analysis, example 24.6)", () => {
    const result = signTest({ better: 8, worse: 2 });
    expect(result.pBetter).toBeCloseTo(0.0546875, 12);
    expect(result.pTwoSided).toBeCloseTo(0.109375, 12);
    expect(result.pWorse).toBeCloseTo(1013 / 1024, 12);
  });

  test("no pairs prove nothing, and counts are whole", () => {
    expect(signTest({ better: 0, worse: 0 })).toEqual({ pBetter: 1, pWorse: 1, pTwoSided: 1 });
    expect(() => signTest({ better: -1, worse: 2 })).toThrow(RangeError);
  });

  test("is the sign-flip test when every difference has one size", () => {
    fc.assert(
      fc.property(fc.nat(30), fc.nat(30), (better, worse) => {
        const differences = [...new Array<number>(better).fill(0.5), ...new Array<number>(worse).fill(-0.5)];
        const { pBetter, pWorse } = signTest({ better, worse });
        expect(signFlipTest(differences, { alternative: "greater", seed: 1 }).pValue).toBeCloseTo(
          pBetter,
          10,
        );
        expect(signFlipTest(differences, { alternative: "less", seed: 1 }).pValue).toBeCloseTo(pWorse, 10);
      }),
    );
  });
});

describe("McNemar", () => {
  const repeat = (count: number, before: boolean, after: boolean): { before: boolean; after: boolean }[] =>
    Array.from({ length: count }, () => ({ before, after }));

  test("21, 9, 2, 12: p = 0.06543 (Fay, Biostatistics 2010; manual of R's exact2x2)", () => {
    const pairs = [
      ...repeat(21, true, true),
      ...repeat(9, false, true),
      ...repeat(2, true, false),
      ...repeat(12, false, false),
    ];
    const result = mcnemarTest(pairs);
    expect(result).toMatchObject({ gained: 9, lost: 2 });
    expect(result.pTwoSided).toBeCloseTo(0.06543, 5);
    expect(result.pBetter).toBeCloseTo(67 / 2048, 12);
  });

  test("pairs that agree do not count", () => {
    expect(mcnemarTest([...repeat(50, true, true), ...repeat(3, false, true)]).pBetter).toBeCloseTo(
      1 / 8,
      12,
    );
    expect(mcnemarTest([]).pTwoSided).toBe(1);
  });
});
