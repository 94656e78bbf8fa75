/** One candidate's score in a run, prepared for drawing. */
export interface ScorePoint {
  /** Scored answers used when it was known. */
  metricCalls: number;
  /** On the judge's scale. */
  score: number;
  /** `rung`: on some of the records only; `full`: on all that are compared; `best`: the best so far. */
  kind: "rung" | "full" | "best";
  candidateLabel: string;
  /** Best on at least one record (◆). */
  isFront: boolean;
  /** The run would send it to review (★). */
  isRecommended: boolean;
}

/** The judge's scale as the axis shows it. */
export interface ScoreScale {
  min: number;
  max: number;
  /** Name of the axis in words, such as "grade". */
  label: string;
}

export interface ScoreCurveData {
  points: readonly ScorePoint[];
  /** Best score so far, at each change; holds until the next. */
  best: readonly { metricCalls: number; score: number }[];
  /** Score of the starting prompt; null until it is known. */
  seedScore: number | null;
  /** Of what is in production, where it is another text than the starting prompt. */
  productionScore: number | null;
  /** The starting prompt is what is in production. */
  isProductionStart: boolean;
  /** How far the best of as many tries would rise by luck alone. */
  luckBand: readonly { metricCalls: number; low: number; high: number }[];
  scale: ScoreScale;
  /** The budget: right end of the axis. */
  maxMetricCalls: number;
}

/** "3.9 of 5"; with two digits where the scale is only one step long. */
export function formatScore(score: number, scale: ScoreScale): string {
  return `${formatTick(score, scale)} of ${scale.max}`;
}

/** "3.9": a score without its scale, for an axis. */
export function formatTick(score: number, scale: ScoreScale): string {
  return score.toFixed(scale.max - scale.min <= 1 ? 2 : 1);
}

/** One sentence about one point, for the pointer, the arrow keys and the table. */
export function describePoint(point: ScorePoint, scale: ScoreScale): string {
  const words = [
    `${point.candidateLabel}: ${formatScore(point.score, scale)} after ${countAnswers(point.metricCalls)}`,
    point.kind === "rung" ? "on some of the records" : null,
    point.isFront ? "best on at least one record" : null,
    point.isRecommended ? "recommended" : null,
  ];
  return `${words.filter(Boolean).join(", ")}.`;
}

function countAnswers(count: number): string {
  return count === 1 ? "1 scored answer" : `${count.toLocaleString("en")} scored answers`;
}

/** The whole chart in one sentence, for those who do not see it. */
export function describeCurve({
  best,
  points,
  seedScore,
  productionScore,
  isProductionStart,
  scale,
  maxMetricCalls,
}: ScoreCurveData): string {
  const last = best.at(-1);
  if (!last) return "No score yet. The curve begins with the starting prompt.";
  const used = Math.max(last.metricCalls, ...points.map((point) => point.metricCalls));
  const leader = points.find((point) => point.isRecommended);
  const start =
    seedScore === null ? "" : `, ${seedWords(isProductionStart)} ${formatScore(seedScore, scale)}`;
  const production = productionScore === null ? "" : `, in production ${formatScore(productionScore, scale)}`;
  const who = leader ? `${leader.candidateLabel} leads with` : "The best so far has";
  return `${who} ${formatScore(last.score, scale)}${start}${production}; ${used} of ${countAnswers(maxMetricCalls)} used.`;
}

/** What the line of the starting prompt is called. */
export function seedWords(isProductionStart: boolean): string {
  return isProductionStart ? "starting prompt, in production" : "starting prompt";
}

/** Range of the vertical axis: all that is drawn with some air, inside the judge's scale. */
export function scoreDomain({
  points,
  best,
  seedScore,
  productionScore,
  luckBand,
  scale,
}: ScoreCurveData): [number, number] {
  const drawn = [
    ...points.map((point) => point.score),
    ...best.map((step) => step.score),
    ...luckBand.flatMap((step) => [step.low, step.high]),
    ...[seedScore, productionScore].filter((score) => score !== null),
  ];
  if (drawn.length === 0) return [scale.min, scale.max];
  const step = (scale.max - scale.min) / 20;
  const low = Math.floor((Math.min(...drawn) - step / 2) / step) * step;
  const high = Math.ceil((Math.max(...drawn) + step / 2) / step) * step;
  return [Math.max(scale.min, low), Math.min(scale.max, high)];
}

/** One row of the drawing: the line and the band at one place of the horizontal axis. */
export interface CurveRow {
  metricCalls: number;
  best: number | null;
  luck: [low: number, high: number] | null;
}

/**
 * Line and band on one axis. The line holds its value between changes, up to the last scored
 * answer; a band is drawn only where it is known.
 */
export function prepareRows({ best, points, luckBand }: ScoreCurveData): CurveRow[] {
  const end = Math.max(
    0,
    ...best.map((step) => step.metricCalls),
    ...points.map((point) => point.metricCalls),
  );
  const places = new Set([...best, ...luckBand].map((step) => step.metricCalls));
  if (best.length > 0) places.add(end);
  const bands = new Map(luckBand.map((step) => [step.metricCalls, step]));
  return [...places]
    .sort((a, b) => a - b)
    .map((metricCalls) => {
      const band = bands.get(metricCalls);
      const held = best.filter((step) => step.metricCalls <= metricCalls).at(-1);
      return {
        metricCalls,
        best: held && metricCalls <= end ? held.score : null,
        luck: band ? [band.low, band.high] : null,
      };
    });
}
