import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concordance } from "./ccc";
import { confusionGrid, passRates } from "./confusion";
import { cohenKappa } from "./kappa";
import { meanAbsoluteError } from "./mae";
import { type NumberPair, pairMoments, pearson } from "./paired";
import { meanRanks, spearman } from "./spearman";

const GRADES = [1, 2, 3, 4, 5];
const grade = fc.integer({ min: 1, max: 5 });
const gradePairs = fc.array(fc.tuple(grade, grade), { minLength: 2, maxLength: 60 });

/** Pairs from a table of counts: row = first rater, column = second. */
function fromTable(table: readonly (readonly number[])[]): [number, number][] {
  return table.flatMap((row, first) =>
    row.flatMap((count, second) => Array.from({ length: count }, (): [number, number] => [first, second])),
  );
}

describe("Cohen's κ", () => {
  /** Two dermatologists: terrible, poor, marginal, clear (SAS/STAT user's guide, The FREQ Procedure, Agreement Study). */
  const SKIN = fromTable([
    [10, 4, 1, 0],
    [5, 10, 12, 2],
    [2, 4, 12, 5],
    [0, 2, 6, 13],
  ]);

  test("skin condition: 0.3449, linear weights 0.5082", () => {
    expect(cohenKappa(SKIN, [0, 1, 2, 3])).toBeCloseTo(0.3449, 4);
    expect(cohenKappa(SKIN, [0, 1, 2, 3], "linear")).toBeCloseTo(0.5082, 4);
  });

  test("two readers, 50 grants: 20, 5, 10, 15 gives 0.4", () => {
    const pairs = fromTable([
      [20, 5],
      [10, 15],
    ]);
    expect(cohenKappa(pairs, [0, 1])).toBeCloseTo(0.4, 12);
    // Two categories leave nothing to weigh.
    expect(cohenKappa(pairs, [0, 1], "quadratic")).toBeCloseTo(0.4, 12);
  });

  test("quadratic weights on evenly spaced grades are Lin's concordance (Fleiss and Cohen 1973; Schuster 2004)", () => {
    fc.assert(
      fc.property(gradePairs, (pairs) => {
        const [kappa, lin] = [cohenKappa(pairs, GRADES, "quadratic"), concordance(pairs)];
        if (lin === null) expect(kappa).toBeNull();
        else expect(kappa).toBeCloseTo(lin, 10);
      }),
    );
  });

  test("is symmetric, 1 for full agreement, undefined where raters cannot differ", () => {
    fc.assert(
      fc.property(gradePairs, fc.constantFrom("none", "linear", "quadratic"), (pairs, weights) => {
        const kappa = cohenKappa(pairs, GRADES, weights);
        const swapped = cohenKappa(
          pairs.map(([a, b]) => [b, a] as const),
          GRADES,
          weights,
        );
        expect(kappa ?? 2).toBeCloseTo(swapped ?? 2, 12);
        expect(kappa ?? 0).toBeLessThanOrEqual(1);
      }),
    );
    expect(
      cohenKappa(
        [
          ["a", "a"],
          ["b", "b"],
        ],
        ["a", "b"],
      ),
    ).toBe(1);
    expect(
      cohenKappa(
        [
          ["a", "a"],
          ["a", "a"],
        ],
        ["a", "b"],
      ),
    ).toBeNull();
    expect(cohenKappa([], ["a"])).toBeNull();
    expect(() => cohenKappa([["a", "z"]], ["a", "b"])).toThrow(RangeError);
  });
});

describe("concordance, Pearson, Spearman, mean absolute error", () => {
  /** Peak flow, Wright and mini Wright meter, first readings (Bland and Altman, Lancet 1986, table 1). */
  const WRIGHT = [494, 395, 516, 434, 476, 557, 413, 442, 650, 433, 417, 656, 267, 478, 178, 423, 427];
  const MINI = [512, 430, 520, 428, 500, 600, 364, 380, 658, 445, 432, 626, 260, 477, 259, 350, 451];
  const FLOW = WRIGHT.map((value, index): NumberPair => [value, MINI[index]!]);

  test("peak flow: r = 0.94, mean difference −2.1, spread 38.8; concordance follows from them", () => {
    const { meanX, meanY, varianceX, varianceY, covariance } = pairMoments(FLOW);
    const n = FLOW.length;
    expect(pearson(FLOW)).toBeCloseTo(0.94, 2);
    expect(meanX - meanY).toBeCloseTo(-2.1, 1);
    const differenceVariance = varianceX + varianceY - 2 * covariance;
    expect(Math.sqrt((differenceVariance * n) / (n - 1))).toBeCloseTo(38.8, 1);
    const squares = differenceVariance + (meanX - meanY) ** 2;
    expect(concordance(FLOW)).toBeCloseTo(1 - squares / (varianceX + varianceY + (meanX - meanY) ** 2), 12);
  });

  test("concordance never exceeds correlation, and a shift lowers it alone (Lin 1989)", () => {
    fc.assert(
      fc.property(gradePairs, (pairs) => {
        const [lin, r] = [concordance(pairs), pearson(pairs)];
        if (lin !== null && r !== null) expect(Math.abs(lin)).toBeLessThanOrEqual(Math.abs(r) + 1e-12);
      }),
    );
    expect(
      concordance([
        [1, 2],
        [2, 3],
        [3, 4],
      ]),
    ).toBeCloseTo(4 / 7, 12);
    expect(
      pearson([
        [1, 2],
        [2, 3],
        [3, 4],
      ]),
    ).toBeCloseTo(1, 12);
    expect(
      concordance([
        [3, 3],
        [3, 3],
      ]),
    ).toBeNull();
    expect(
      concordance([
        [3, 4],
        [3, 4],
      ]),
    ).toBe(0);
    expect(concordance([[1, 2]])).toBeNull();
  });

  test("IQ and hours of television: ρ = −29/165 (the textbook example)", () => {
    const pairs: NumberPair[] = [
      [106, 7],
      [100, 27],
      [86, 2],
      [101, 50],
      [99, 28],
      [103, 29],
      [97, 20],
      [113, 12],
      [112, 6],
      [110, 17],
    ];
    expect(spearman(pairs)).toBeCloseTo(-29 / 165, 12);
  });

  test("ties share their rank; only the order matters", () => {
    expect(meanRanks([10, 20, 20, 5])).toEqual([2, 3.5, 3.5, 1]);
    expect(meanRanks([])).toEqual([]);
    fc.assert(
      fc.property(gradePairs, (pairs) => {
        const rho = spearman(pairs);
        const bent = spearman(pairs.map(([a, b]): NumberPair => [Math.exp(a), b ** 3]));
        expect(bent ?? 2).toBeCloseTo(rho ?? 2, 10);
      }),
    );
    expect(
      spearman([
        [1, 5],
        [2, 5],
      ]),
    ).toBeNull();
    expect(spearman([])).toBeNull();
  });

  test("mean absolute error is in grades", () => {
    expect(
      meanAbsoluteError([
        [5, 4],
        [2, 4],
        [3, 3],
      ]),
    ).toBe(1);
    expect(meanAbsoluteError([])).toBeNull();
  });
});

describe("confusion", () => {
  test("the grid counts every pair once and refuses what is no category", () => {
    expect(
      confusionGrid(
        [
          ["yes", "no"],
          ["yes", "yes"],
          ["no", "no"],
        ],
        ["no", "yes"],
      ),
    ).toEqual([
      [1, 0],
      [1, 1],
    ]);
    fc.assert(
      fc.property(gradePairs, (pairs) => {
        expect(
          confusionGrid(pairs, GRADES)
            .flat()
            .reduce((a, b) => a + b),
        ).toBe(pairs.length);
      }),
    );
    expect(() => confusionGrid([["yes", "maybe"]], ["no", "yes"])).toThrow("maybe");
    expect(() => confusionGrid([], ["no", "no"])).toThrow(RangeError);
  });

  test("rates, and Youden's J = 0 for a judge that ignores the answer", () => {
    const verdicts = (
      count: number,
      expert: boolean,
      judge: boolean,
    ): { expert: boolean; judge: boolean }[] => Array.from({ length: count }, () => ({ expert, judge }));
    const rates = passRates([
      ...verdicts(18, true, true),
      ...verdicts(2, true, false),
      ...verdicts(3, false, true),
      ...verdicts(7, false, false),
    ]);
    expect(rates).toMatchObject({
      truePositives: 18,
      falseNegatives: 2,
      falsePositives: 3,
      trueNegatives: 7,
    });
    expect(rates.tpr).toBeCloseTo(0.9, 12);
    expect(rates.tnr).toBeCloseTo(0.7, 12);
    expect(rates.j).toBeCloseTo(0.6, 12);
    expect(passRates([...verdicts(4, true, true), ...verdicts(9, false, true)]).j).toBe(0);
    expect(passRates(verdicts(4, true, true))).toMatchObject({ tpr: 1, tnr: null, j: null });
    expect(passRates([])).toMatchObject({ tpr: null, tnr: null, j: null });
  });
});
