import "server-only";
import type { Judge, JudgeVersionSummary } from "@/db/repos/judges.repo";
import type { GradeChoice, LabelSheet, QueueView } from "@/lib/contracts/labels";
import { compareToLine, gradesOf, isOrdered, type ScaleValue } from "@/lib/judge";
import { isWorstGrade } from "../labels/judge-in-use";
import { reasonChipsOf } from "../labels/reason-chips";
import type { ServiceDeps } from "../service-deps";

/** The judge's own question, with its grades, what they mean, and what was said before. */
export function labelSheetOf(
  { repos }: Pick<ServiceDeps, "repos">,
  queue: QueueView,
  judge: Judge,
  version: JudgeVersionSummary | null,
): LabelSheet {
  return {
    queue,
    judgeName: judge.name,
    grades: gradeChoicesOf(judge, version),
    goodEnoughFrom: goodEnoughFrom(judge, version?.goodEnough ?? null),
    guidelines: (version?.guidelines ?? []).filter(({ active }) => active).map(({ text }) => text),
    chips: reasonChipsOf({ repos }, queue.projectId, judge, version?.goodEnough ?? null),
  };
}

/** The grades of a judge, worst first, with what each means. */
export function gradeChoicesOf({ scale }: Judge, version: JudgeVersionSummary | null): GradeChoice[] {
  const meanings = new Map((version?.anchors ?? []).map(({ value, meaning }) => [value, meaning]));
  return gradesOf(scale).map(({ value, text }) => ({
    value,
    text,
    meaning: meanings.get(value) ?? "",
    needsReason: isWorstGrade(scale, value),
  }));
}

function goodEnoughFrom({ scale }: Judge, goodEnough: ScaleValue | null): number | null {
  if (!isOrdered(scale)) return null;
  const index = gradesOf(scale).findIndex(({ value }) => compareToLine(scale, goodEnough, value) === true);
  return index > 0 ? index : null;
}
