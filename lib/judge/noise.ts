import { compareToLine, normalise } from "./scale";
import type { JudgeSnapshot, ScaleValue, Verdict } from "./types";

/** How much the judge wavers when it reads the same answers again. */
export interface JudgeNoise {
  /** Standard deviation of one reading, normalised 0 to 1, pooled over the answers; null with fewer than two readings. */
  sd: number | null;
  /** Answers whose readings fall on both sides of the good-enough line. */
  flips: number;
  answers: number;
  failed: number;
}

/** What fresh readings of the same answers say about the judge (SPEC JC6): variances within answers, pooled. */
export function noiseOf(
  { scale, goodEnough }: Pick<JudgeSnapshot, "scale" | "goodEnough">,
  readings: readonly (readonly Verdict[])[],
): JudgeNoise {
  const byCase = readings.map((verdicts): ScaleValue[] =>
    verdicts.flatMap((verdict) => (verdict.status === "graded" ? [verdict.value] : [])),
  );
  const sides = (values: readonly ScaleValue[]) =>
    new Set(values.map((value) => compareToLine(scale, goodEnough, value)));
  return {
    sd: pooledSd(byCase.map((values) => values.map((value) => normalise(scale, value, goodEnough)))),
    flips: byCase.filter((values) => sides(values).size > 1).length,
    answers: byCase.filter((values) => values.length > 0).length,
    failed: readings.flat().filter((verdict) => verdict.status === "failed").length,
  };
}

function pooledSd(groups: readonly (readonly number[])[]): number | null {
  let [squares, freedom] = [0, 0];
  for (const group of groups) {
    const middle = group.reduce((total, value) => total + value, 0) / Math.max(1, group.length);
    squares += group.reduce((total, value) => total + (value - middle) ** 2, 0);
    freedom += Math.max(0, group.length - 1);
  }
  return freedom === 0 ? null : Math.sqrt(squares / freedom);
}
