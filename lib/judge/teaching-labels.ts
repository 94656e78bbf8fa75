import { textSimilarity } from "@/lib/util/similarity";
import {
  canonicalValue,
  compareToLine,
  formatScale,
  formatValue,
  isOnScale,
  isOrdered,
  rankOf,
} from "./scale";
import type { Scale, ScaleValue, TeachingLabel } from "./types";

/** A label that alignment does not use, and why, in words for people. */
export interface SkippedLabel {
  labelId: string;
  why: string;
}

/** Labels sorted by what they can teach (SPEC LB1 to LB3). */
export interface SortedLabels {
  /** On the scale: remembered as episodes. */
  usable: TeachingLabel[];
  /** Those of them with a reason: guidelines are distilled from these. */
  withReason: TeachingLabel[];
  skipped: SkippedLabel[];
}

/** Labels that cannot all be right. */
export interface Contradiction {
  labelIds: string[];
  /** Same answer, or two answers that read alike to questions that read alike. */
  sameTrace: boolean;
  why: string;
}

/** From this similarity on two texts count as the same. */
const NEAR_SAME = 0.9;

/**
 * Which labels are used. A value off the scale, an empty answer and a label that is there twice are skipped with the
 * reason; a label without a reason is remembered, but no guideline comes of it.
 */
export function sortLabels(labels: readonly TeachingLabel[], scale: Scale): SortedLabels {
  const usable: TeachingLabel[] = [];
  const skipped: SkippedLabel[] = [];
  const seen = new Set<string>();
  for (const label of labels) {
    const why = whySkipped(label, scale, seen);
    seen.add(label.labelId);
    if (why !== null) skipped.push({ labelId: label.labelId, why });
    else usable.push({ ...label, value: canonicalValue(scale, label.value) });
  }
  return { usable, withReason: usable.filter((label) => label.reason.trim() !== ""), skipped };
}

/**
 * Groups of labels that contradict each other (SPEC LB4): same or near-same inputs and outputs, and grades on both
 * sides of the good-enough line, or more than one grade apart, or (without an order) just different.
 */
export function findContradictions(
  labels: readonly TeachingLabel[],
  scale: Scale,
  goodEnough: ScaleValue | null,
): Contradiction[] {
  const usable = labels.filter((label) => isOnScale(scale, label.value));
  return groupsOfSameAnswers(usable)
    .filter((group) => group.some((a) => group.some((b) => differs(scale, goodEnough, a.value, b.value))))
    .map((group) => {
      const sameTrace = new Set(group.map((label) => label.traceId)).size === 1;
      const grades = [...new Set(group.map((label) => formatValue(scale, label.value)))].join(" and ");
      const what = sameTrace ? "The same answer was" : "Answers that say almost the same were";
      return { labelIds: group.map((label) => label.labelId), sameTrace, why: `${what} graded ${grades}.` };
    });
}

function whySkipped(label: TeachingLabel, scale: Scale, seen: ReadonlySet<string>): string | null {
  if (seen.has(label.labelId)) return "It is in the list twice.";
  if (!isOnScale(scale, label.value))
    return `Its grade ${JSON.stringify(label.value)} is not on this judge's scale (${formatScale(scale)}).`;
  return label.outputs.trim() === "" ? "The answer it grades is empty." : null;
}

function differs(scale: Scale, goodEnough: ScaleValue | null, a: ScaleValue, b: ScaleValue): boolean {
  if (a === b) return false;
  if (!isOrdered(scale) || scale.kind === "boolean") return true;
  const isSplit = compareToLine(scale, goodEnough, a) !== compareToLine(scale, goodEnough, b);
  return isSplit || Math.abs(rankOf(scale, a) - rankOf(scale, b)) > 1;
}

/** Labels of one trace together, and traces that read alike with them; only groups of two and more. */
function groupsOfSameAnswers(labels: readonly TeachingLabel[]): TeachingLabel[][] {
  const groups: TeachingLabel[][] = [];
  for (const label of labels) {
    const home = groups.find((group) => isSameAnswer(group[0] as TeachingLabel, label));
    if (home) home.push(label);
    else groups.push([label]);
  }
  return groups.filter((group) => group.length > 1);
}

function isSameAnswer(a: TeachingLabel, b: TeachingLabel): boolean {
  if (a.traceId === b.traceId) return true;
  return isAlike(a.outputs, b.outputs) && isAlike(a.inputs, b.inputs);
}

function isAlike(a: string, b: string): boolean {
  // Texts of very different length cannot be 0.9 alike, and most pairs are settled by that alone.
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return a === b || (short.length >= long.length * 0.7 && textSimilarity(a, b) >= NEAR_SAME);
}
