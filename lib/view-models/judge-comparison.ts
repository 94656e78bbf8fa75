import type { JudgeComparison, JudgeReading } from "@/lib/contracts/judge-checks";
import type { JudgeVersionView, JudgeView } from "@/lib/contracts/judges";
import { diffTexts, type TextDiff } from "./diff-text";
import { gradesOfScale } from "./judge-scale";

type Answer = JudgeComparison["answers"][number];

/** How many of the same answers have a grade, under each version. */
export interface GradeRow {
  label: string;
  before: number;
  after: number;
}

/** Grades from worst to best; scales of many grades show only those that were given. */
export function gradeRows(scale: JudgeView["scale"], answers: readonly Answer[]): GradeRow[] {
  const countOf = (side: "before" | "after", value: unknown): number =>
    answers.filter((answer) => valueIn(answer[side]) === value).length;
  const rows = gradesOfScale(scale).map(({ value, label }) => ({
    label,
    before: countOf("before", value),
    after: countOf("after", value),
  }));
  return rows.length <= 10 ? rows : rows.filter(({ before, after }) => before + after > 0);
}

/** Those whose grade moved most come first; of equals the order stays. */
export function movedFirst(answers: readonly Answer[]): Answer[] {
  return answers.toSorted((a, b) => distance(b) - distance(a));
}

/** "21 of 30 have another grade: 18 lower, 3 higher." */
export function movedWords(answers: readonly Answer[]): string {
  const moves = answers.map(moveOf).filter((move) => move !== 0);
  if (moves.length === 0) return `All ${answers.length} have the same grade under both.`;
  const lower = moves.filter((move) => move < 0).length;
  return `${moves.length} of ${answers.length} have another grade: ${lower} lower, ${moves.length - lower} higher.`;
}

/** What the comparison says about agreement with the experts. */
export function unseenWords(
  unseen: JudgeComparison["unseen"],
  names: { before: string; after: string },
): string {
  if (unseen === null)
    return "Whether it agrees with the experts more often is not measurable yet: that takes 10 labels that neither version learned from.";
  const { n, before, after } = unseen;
  return `On ${n} labels that neither learned from, ${names.after} agrees with the experts on ${after}, ${names.before} on ${before}.`;
}

function valueIn(reading: JudgeReading): unknown {
  return reading.status === "graded" ? reading.value : null;
}

function moveOf({ before, after }: Answer): number {
  return before.status === "graded" && after.status === "graded" ? after.normalised - before.normalised : 0;
}

function distance(answer: Answer): number {
  return Math.abs(moveOf(answer));
}

/** One guideline between two versions. */
export interface GuidelineChange {
  id: string;
  kind: "added" | "removed" | "reworded" | "switched-on" | "switched-off";
  text: string;
  /** As it was worded before, where that differs. */
  wasText: string | null;
}

/** Everything that makes two versions of a judge grade differently. */
export interface VersionDiff {
  instructions: TextDiff | null;
  guidelines: GuidelineChange[];
  /** Meanings of grades and the line, in words. */
  grades: string[];
  remembered: { before: number; after: number } | null;
}

export function diffVersions(
  scale: JudgeView["scale"],
  before: JudgeVersionView,
  after: JudgeVersionView,
): VersionDiff {
  return {
    instructions:
      before.instructions === after.instructions ? null : diffTexts(before.instructions, after.instructions),
    guidelines: guidelineChanges(before.guidelines, after.guidelines),
    grades: gradeChanges(scale, before, after),
    remembered:
      before.episodeCount === after.episodeCount
        ? null
        : { before: before.episodeCount, after: after.episodeCount },
  };
}

function guidelineChanges(
  before: JudgeVersionView["guidelines"],
  after: JudgeVersionView["guidelines"],
): GuidelineChange[] {
  const old = new Map(before.map((guideline) => [guideline.id, guideline]));
  const kept = new Set(after.map(({ id }) => id));
  const changes = after.flatMap((guideline): GuidelineChange[] => {
    const was = old.get(guideline.id);
    const { id, text, active } = guideline;
    if (!was) return [{ id, kind: "added", text, wasText: null }];
    if (was.text !== text) return [{ id, kind: "reworded", text, wasText: was.text }];
    if (was.active !== active)
      return [{ id, kind: active ? "switched-on" : "switched-off", text, wasText: null }];
    return [];
  });
  const removed = before
    .filter(({ id }) => !kept.has(id))
    .map(({ id, text }): GuidelineChange => ({ id, kind: "removed", text, wasText: null }));
  return [...changes, ...removed];
}

function gradeChanges(
  scale: JudgeView["scale"],
  before: JudgeVersionView,
  after: JudgeVersionView,
): string[] {
  const meaningOf = (version: JudgeVersionView, value: unknown): string =>
    version.anchors.find((anchor) => anchor.value === value)?.meaning ?? "";
  const grades = gradesOfScale(scale);
  const labelOf = (value: unknown): string => grades.find((grade) => grade.value === value)?.label ?? "none";
  const meanings = grades.flatMap(({ value, label }) => {
    const [was, is] = [meaningOf(before, value), meaningOf(after, value)];
    return was === is
      ? []
      : [`${label} now means "${is || "nothing written"}", was "${was || "nothing written"}".`];
  });
  return before.goodEnough === after.goodEnough
    ? meanings
    : [`Good enough from ${labelOf(after.goodEnough)}, was ${labelOf(before.goodEnough)}.`, ...meanings];
}
