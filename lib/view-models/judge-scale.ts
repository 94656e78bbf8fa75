import type { JudgeView } from "@/lib/contracts/judges";
import { assertNever } from "@/lib/util/assert-never";

type Scale = JudgeView["scale"];
export type GradeValue = number | boolean | string;

/** One grade of a scale, as people read it. */
export interface GradeRow {
  value: GradeValue;
  label: string;
}

const MOST_ROWS = 101;

/** All grades, worst first (categories without an order: as listed). Empty while the scale makes no sense. */
export function gradesOfScale(scale: Scale): GradeRow[] {
  switch (scale.kind) {
    case "numeric": {
      const steps = Math.round((scale.max - scale.min) / scale.step);
      if (!Number.isFinite(steps) || steps < 1 || steps >= MOST_ROWS) return [];
      return Array.from({ length: steps + 1 }, (_, index) => {
        const value = Number((scale.min + index * scale.step).toFixed(10));
        return { value, label: String(value) };
      });
    }
    case "boolean":
      return [
        { value: false, label: scale.falseLabel },
        { value: true, label: scale.trueLabel },
      ];
    case "categories":
      return scale.values.map((value) => ({ value, label: value }));
    default:
      return assertNever(scale);
  }
}

/** A grade as people read it: "4", "pass". */
export function gradeLabel(scale: Scale, value: GradeValue): string {
  if (scale.kind === "boolean") return value === true ? scale.trueLabel : scale.falseLabel;
  return String(value);
}

/** The line in words: "Good enough from 4." */
export function goodEnoughWords(scale: Scale, goodEnough: GradeValue | null): string {
  if (goodEnough === null) return "No grade is set as good enough yet.";
  const label = gradeLabel(scale, goodEnough);
  const isRanked = scale.kind === "numeric" || (scale.kind === "categories" && scale.ordered);
  return isRanked ? `Good enough from ${label}.` : `Good enough: ${label}.`;
}
