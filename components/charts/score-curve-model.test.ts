import { describe, expect, it } from "vitest";
import {
  describeCurve,
  describePoint,
  formatScore,
  prepareRows,
  type ScoreCurveData,
  type ScorePoint,
  scoreDomain,
} from "./score-curve-model";

const scale = { min: 1, max: 5, label: "grade" };

function createPoint(changes: Partial<ScorePoint> = {}): ScorePoint {
  return {
    metricCalls: 41,
    score: 3.9,
    kind: "full",
    candidateLabel: "Candidate 5",
    isFront: true,
    isRecommended: true,
    ...changes,
  };
}

function createData(changes: Partial<ScoreCurveData> = {}): ScoreCurveData {
  return {
    points: [
      createPoint({ metricCalls: 12, score: 3.4, candidateLabel: "Starting prompt", isRecommended: false }),
      createPoint(),
    ],
    best: [
      { metricCalls: 12, score: 3.4 },
      { metricCalls: 41, score: 3.9 },
    ],
    seedScore: 3.4,
    productionScore: null,
    isProductionStart: false,
    luckBand: [],
    scale,
    maxMetricCalls: 75,
    ...changes,
  };
}

const empty = createData({ points: [], best: [], seedScore: null });

describe("score curve", () => {
  it("shows scores on the judge's scale, with more digits where the scale is short", () => {
    expect(formatScore(3.94, scale)).toBe("3.9 of 5");
    expect(formatScore(0.5, { min: 0, max: 1, label: "share good enough" })).toBe("0.50 of 1");
  });

  it("says the chart in one sentence", () => {
    expect(describeCurve(createData())).toBe(
      "Candidate 5 leads with 3.9 of 5, starting prompt 3.4 of 5; 41 of 75 scored answers used.",
    );
    expect(describeCurve(createData({ productionScore: 3.5 }))).toContain("in production 3.5 of 5");
    expect(describeCurve(empty)).toBe("No score yet. The curve begins with the starting prompt.");
  });

  it("says of each point what its sign says", () => {
    expect(describePoint(createPoint(), scale)).toBe(
      "Candidate 5: 3.9 of 5 after 41 scored answers, best on at least one record, recommended.",
    );
    expect(
      describePoint(
        createPoint({ kind: "rung", isFront: false, isRecommended: false, metricCalls: 1 }),
        scale,
      ),
    ).toBe("Candidate 5: 3.9 of 5 after 1 scored answer, on some of the records.");
  });

  it("keeps everything that is drawn inside the axis, and the axis inside the scale", () => {
    const [low, high] = scoreDomain(createData({ luckBand: [{ metricCalls: 75, low: 3.3, high: 4.1 }] }));
    expect(low).toBeLessThanOrEqual(3.3);
    expect(high).toBeGreaterThanOrEqual(4.1);
    expect(
      scoreDomain(createData({ points: [createPoint({ score: 5 }), createPoint({ score: 1 })] })),
    ).toEqual([1, 5]);
    expect(scoreDomain(empty)).toEqual([1, 5]);
  });

  it("holds the best score until the last scored answer, and not beyond", () => {
    const rows = prepareRows(
      createData({
        points: [createPoint({ metricCalls: 50, score: 3.2 })],
        luckBand: [
          { metricCalls: 12, low: 3.3, high: 3.5 },
          { metricCalls: 75, low: 3.3, high: 3.7 },
        ],
      }),
    );
    expect(rows).toEqual([
      { metricCalls: 12, best: 3.4, luck: [3.3, 3.5] },
      { metricCalls: 41, best: 3.9, luck: null },
      { metricCalls: 50, best: 3.9, luck: null },
      { metricCalls: 75, best: null, luck: [3.3, 3.7] },
    ]);
  });

  it("draws nothing before there is a score", () => {
    expect(prepareRows(empty)).toEqual([]);
  });
});
