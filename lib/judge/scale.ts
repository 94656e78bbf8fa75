import { assertNever } from "@/lib/util/assert-never";
import type { Anchor, Scale, ScaleValue } from "./types";

/** Grades a scale may have; more could not be shown as a row of buttons nor taught by labels. */
export const MAX_GRADES = 101;
/** Up to so many grades are listed in the reply schema; beyond, it gives the ends. */
const MAX_LISTED_GRADES = 25;
/** How far, in steps, a number may be off the grid through rounding. */
const GRID_TOLERANCE = 1e-6;

/** One choice of the label form, worst first. */
export interface Grade {
  value: ScaleValue;
  /** As people read it: "4", "pass". */
  text: string;
}

/** All values of a scale, worst first (unordered categories: in their listed order). Throws on an invalid scale (SPEC SC1). */
export function gradesOf(scale: Scale): Grade[] {
  const [problem] = scaleProblems(scale);
  if (problem !== undefined) throw new RangeError(problem);
  return valuesOf(scale).map((value) => ({ value, text: formatValue(scale, value) }));
}

/** What is wrong with a scale, in words; empty when it can be used (SPEC SC1). */
export function scaleProblems(scale: Scale): string[] {
  switch (scale.kind) {
    case "numeric":
      return numericProblems(scale);
    case "boolean":
      return labelProblems([scale.falseLabel, scale.trueLabel]);
    case "categories":
      return scale.values.length < 2 ? ["A scale needs at least two values."] : labelProblems(scale.values);
    default:
      return assertNever(scale);
  }
}

/** Whether `value` is one of the scale's grades, of the right type: "4" is not 4 (SPEC SC2). */
export function isOnScale(scale: Scale, value: unknown): value is ScaleValue {
  switch (scale.kind) {
    case "numeric":
      return typeof value === "number" && stepOf(scale, value) !== null;
    case "boolean":
      return typeof value === "boolean";
    case "categories":
      return typeof value === "string" && scale.values.includes(value);
    default:
      return assertNever(scale);
  }
}

/** The grade that `value` is, free of rounding (0.30000000000000004 is 0.3). Throws `RangeError` off the scale. */
export function canonicalValue(scale: Scale, value: unknown): ScaleValue {
  if (!isOnScale(scale, value))
    throw new RangeError(`${JSON.stringify(value)} is not on the scale ${formatScale(scale)}`);
  if (scale.kind !== "numeric" || typeof value !== "number") return value;
  return onGrid(scale, stepOf(scale, value) ?? 0);
}

/** Position of a grade from the worst (0). Throws `RangeError` off the scale. */
export function rankOf(scale: Scale, value: ScaleValue): number {
  const own = canonicalValue(scale, value);
  switch (scale.kind) {
    case "numeric":
      return stepOf(scale, Number(own)) ?? 0;
    case "boolean":
      return own === true ? 1 : 0;
    case "categories":
      return scale.values.indexOf(String(own));
    default:
      return assertNever(scale);
  }
}

/** Whether the grades run from worse to better. */
export function isOrdered(scale: Scale): boolean {
  return scale.kind !== "categories" || scale.ordered;
}

/**
 * A grade as 0 (worst) to 1 (best): (x − min) / (max − min), so 1 on 1–5 is 0 (SPEC SC3). Unordered categories have
 * a number only against a good-enough value: 1 for it, 0 for the others (SPEC SC4).
 * Throws `RangeError` off the scale, and for an unordered scale without that value.
 */
export function normalise(scale: Scale, value: ScaleValue, goodEnough: ScaleValue | null = null): number {
  const rank = rankOf(scale, value);
  if (isOrdered(scale)) return rank / (gradeCount(scale) - 1);
  if (goodEnough === null)
    throw new RangeError(
      "categories without an order have no number until one of them is set as good enough",
    );
  return value === goodEnough ? 1 : 0;
}

/** A mean of normalised scores in the scale's own units: a number between min and max; for other scales the share or rank. */
export function denormalise(scale: Scale, score: number): number {
  if (scale.kind === "numeric") return scale.min + score * (scale.max - scale.min);
  return scale.kind === "categories" && scale.ordered ? score * (scale.values.length - 1) : score;
}

/** The grade nearest to a normalised score; of two equally near the worse one. */
export function nearestGrade(scale: Scale, score: number): ScaleValue {
  const values = valuesOf(scale);
  const index = Math.ceil(Math.min(1, Math.max(0, score)) * (values.length - 1) - 0.5);
  return values[Math.max(0, index)] as ScaleValue;
}

/** A grade as people read it: "4", "pass", "mostly right". */
export function formatValue(scale: Scale, value: ScaleValue): string {
  if (scale.kind === "boolean") return value === true ? scale.trueLabel : scale.falseLabel;
  return String(scale.kind === "numeric" && typeof value === "number" ? Number(value.toFixed(10)) : value);
}

/** A scale in one line: "1 to 5", "fail or pass", "poor < fair < good"; `parseScale` reads it back. */
export function formatScale(scale: Scale): string {
  switch (scale.kind) {
    case "numeric":
      return `${scale.min} to ${scale.max}${scale.step === 1 ? "" : ` step ${scale.step}`}`;
    case "boolean":
      return `${scale.trueLabel} or ${scale.falseLabel}`;
    case "categories":
      return scale.values.join(scale.ordered ? " < " : ", ");
    default:
      return assertNever(scale);
  }
}

/**
 * Whether a grade reaches the line; null when there is no line to compare with (SPEC SC5). On a boolean scale true is
 * good enough unless a line says otherwise; on unordered categories only the named value is.
 */
export function compareToLine(
  scale: Scale,
  goodEnough: ScaleValue | null,
  value: ScaleValue,
): boolean | null {
  const line = lineOf(scale, goodEnough);
  if (line === null) return null;
  return isOrdered(scale) ? rankOf(scale, value) >= rankOf(scale, line) : value === line;
}

/** The line that holds: the one that was set, else true on a boolean scale, else none. */
export function lineOf(scale: Scale, goodEnough: ScaleValue | null): ScaleValue | null {
  return goodEnough ?? (scale.kind === "boolean" ? true : null);
}

/** JSON schema of a value on the scale. */
export function valueSchema(scale: Scale): Record<string, unknown> {
  switch (scale.kind) {
    case "numeric": {
      const values = valuesOf(scale);
      const type = values.every(Number.isInteger) ? "integer" : "number";
      return values.length <= MAX_LISTED_GRADES
        ? { type, enum: values }
        : { type, minimum: scale.min, maximum: scale.max };
    }
    case "boolean":
      return { type: "boolean" };
    case "categories":
      return { type: "string", enum: [...scale.values] };
    default:
      return assertNever(scale);
  }
}

/** What is wrong with meanings and line on a scale, in words (SPEC SC6). */
export function anchorProblems(
  scale: Scale,
  anchors: readonly Anchor[],
  goodEnough: ScaleValue | null,
): string[] {
  const problems = anchors
    .filter((anchor) => !isOnScale(scale, anchor.value))
    .map((anchor) => `"${anchor.value}" has a meaning but is no grade of ${formatScale(scale)}.`);
  const values = anchors.map((anchor) => String(anchor.value));
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) problems.push(`"${twice}" has two meanings.`);
  if (goodEnough !== null && !isOnScale(scale, goodEnough)) {
    problems.push(`"${goodEnough}" is set as good enough but is no grade of ${formatScale(scale)}.`);
  } else if (goodEnough !== null && isOrdered(scale) && rankOf(scale, goodEnough) === 0) {
    problems.push("The lowest grade is set as good enough, so every answer would be.");
  } else if (goodEnough === null && !isOrdered(scale)) {
    problems.push("Say which of the values is good enough: they have no order.");
  }
  return problems;
}

/** Number of grades. */
export function gradeCount(scale: Scale): number {
  if (scale.kind === "numeric") return Math.round((scale.max - scale.min) / scale.step) + 1;
  return scale.kind === "boolean" ? 2 : scale.values.length;
}

function valuesOf(scale: Scale): ScaleValue[] {
  if (scale.kind === "numeric")
    return Array.from({ length: gradeCount(scale) }, (_, step) => onGrid(scale, step));
  return scale.kind === "boolean" ? [false, true] : [...scale.values];
}

type NumericScale = Extract<Scale, { kind: "numeric" }>;

function onGrid(scale: NumericScale, step: number): number {
  return Number((scale.min + step * scale.step).toFixed(10));
}

/** Steps above min, or null when the number is outside the scale or between two grades. */
function stepOf(scale: NumericScale, value: number): number | null {
  const steps = (value - scale.min) / scale.step;
  const whole = Math.round(steps);
  return Math.abs(steps - whole) <= GRID_TOLERANCE && whole >= 0 && whole < gradeCount(scale) ? whole : null;
}

function numericProblems({ min, max, step }: NumericScale): string[] {
  if (![min, max, step].every(Number.isFinite)) return ["The ends and the step of a scale are numbers."];
  if (!(max > min)) return [`The highest grade (${max}) must be above the lowest (${min}).`];
  if (!(step > 0)) return [`The step (${step}) must be above 0.`];
  const steps = (max - min) / step;
  if (Math.abs(steps - Math.round(steps)) > GRID_TOLERANCE || Math.round(steps) < 1) {
    return [`Steps of ${step} from ${min} do not arrive at ${max}.`];
  }
  return steps + 1 > MAX_GRADES
    ? [`A scale has at most ${MAX_GRADES} grades; this one has ${Math.round(steps) + 1}.`]
    : [];
}

function labelProblems(labels: readonly string[]): string[] {
  if (labels.some((label) => label.trim() === "" || label !== label.trim()))
    return ["Each value needs a name without blanks around it."];
  const folded = labels.map((label) => label.toLowerCase());
  const twice = labels.find((_, index) => folded.indexOf(folded[index] as string) !== index);
  return twice === undefined ? [] : [`"${twice}" is there twice.`];
}
