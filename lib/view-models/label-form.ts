import type { GradeChoice, LabelItem } from "@/lib/contracts/labels";

/** What a person has put down for one answer and not yet saved. */
export interface LabelDraft {
  /** Index in the grades, worst first; null = none chosen yet. */
  grade: number | null;
  reason: string;
  betterAnswer: string;
  flagged: boolean;
}

export const EMPTY_DRAFT: LabelDraft = { grade: null, reason: "", betterAnswer: "", flagged: false };

/** ux.md, moment 4. */
export const REASON_NEEDED =
  "Say in a few words what is wrong. The words become a guideline; a grade alone cannot.";
export const GRADE_NEEDED = "Choose a grade first.";

export type DraftProblem = "grade" | "reason";

/** What is missing before it can be saved; null when nothing is. */
export function problemOf(draft: LabelDraft, grades: readonly GradeChoice[]): DraftProblem | null {
  const grade = draft.grade === null ? undefined : grades[draft.grade];
  if (!grade) return "grade";
  return needsReason(draft, grades) && draft.reason.trim() === "" ? "reason" : null;
}

/** The lowest grade and a flag ask for a reason at once; for the rest it may wait (ux.md, rule 12). */
export function needsReason({ grade, flagged }: LabelDraft, grades: readonly GradeChoice[]): boolean {
  return flagged || (grade !== null && grades[grade]?.needsReason === true);
}

/** The grade that a digit key chooses: the one so named, else the one at that place. Null when there is none. */
export function gradeForKey(key: string, grades: readonly GradeChoice[]): number | null {
  const named = grades.findIndex(({ text }) => text === key);
  if (named >= 0) return named;
  const isNumbered = grades.every(({ text }) => /^-?\d+(\.\d+)?$/.test(text));
  const place = Number(key) - 1;
  return !isNumbered && place >= 0 && place < grades.length ? place : null;
}

/** One grade up or down; from none to the lowest or the highest. */
export function moveGrade(grade: number | null, step: 1 | -1, count: number): number {
  if (grade === null) return step > 0 ? 0 : count - 1;
  return Math.min(count - 1, Math.max(0, grade + step));
}

/** Chips and typed words share one text: parts between semicolons. */
export function reasonParts(reason: string): string[] {
  return reason
    .split(/;\s*/u)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

export function hasChip(reason: string, chip: string): boolean {
  return reasonParts(reason).some((part) => part.toLowerCase() === chip.toLowerCase());
}

/** Adds the chip's words to the reason, or takes them out again; what was typed stays. */
export function toggleChip(reason: string, chip: string): string {
  const parts = reasonParts(reason);
  const without = parts.filter((part) => part.toLowerCase() !== chip.toLowerCase());
  return (without.length < parts.length ? without : [...parts, chip]).join("; ");
}

/** The draft with which an answer begins: one's own earlier label where there is one. */
export function draftOf(item: LabelItem, grades: readonly GradeChoice[]): LabelDraft {
  if (item.mine === null) return EMPTY_DRAFT;
  const { value, reason, betterAnswer, flagged } = item.mine;
  const grade = grades.findIndex((choice) => choice.value === value);
  return { grade: grade < 0 ? null : grade, reason, betterAnswer: betterAnswer ?? "", flagged };
}
