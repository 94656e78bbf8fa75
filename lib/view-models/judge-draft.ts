import type { CreateJudgeInput, JudgeVersionView } from "@/lib/contracts/judges";
import { type GradeValue, gradesOfScale } from "./judge-scale";

type Scale = CreateJudgeInput["scale"];
type Anchors = JudgeVersionView["anchors"];

/** Meanings as the form holds them: one text a grade, by the grade's place from the worst. */
export function meaningsOf(scale: Scale, anchors: Anchors): string[] {
  return gradesOfScale(scale).map(
    ({ value }) => anchors.find((anchor) => anchor.value === value)?.meaning ?? "",
  );
}

/** The meanings that were written, as a judge keeps them. */
export function anchorsOf(scale: Scale, meanings: readonly string[]): Anchors {
  return gradesOfScale(scale).flatMap(({ value }, index) => {
    const meaning = (meanings[index] ?? "").trim();
    return meaning === "" ? [] : [{ value, meaning }];
  });
}

/** Grades that can be the line: any but the worst of an ordered scale, any of an unordered one. */
export function lineChoices(scale: Scale): { value: GradeValue; label: string }[] {
  const isRanked = scale.kind !== "categories" || scale.ordered;
  return gradesOfScale(scale).slice(isRanked ? 1 : 0);
}

/** The line that still fits after the scale has changed: the same one, or the best but one. */
export function fittingLine(scale: Scale, goodEnough: GradeValue | null): GradeValue | null {
  const choices = lineChoices(scale);
  if (choices.some(({ value }) => value === goodEnough)) return goodEnough;
  return choices.at(choices.length > 1 ? -2 : -1)?.value ?? null;
}

/** Categories as they are typed: one a line. */
export function categoriesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
