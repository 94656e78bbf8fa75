import "server-only";
import type { Judge, JudgeVersionSummary } from "@/db/repos/judges.repo";
import { compareToLine, gradeCount, isOrdered, lineOf, rankOf, type ScaleValue } from "@/lib/judge";
import type { ServiceDeps } from "../service-deps";

export interface JudgeInUse {
  judge: Judge;
  version: JudgeVersionSummary;
}

/** The judge that grades a project's answers now; null when none is in use. */
export function judgeInUse({ repos }: Pick<ServiceDeps, "repos">, projectId: string): JudgeInUse | null {
  for (const judge of repos.judges.list(projectId)) {
    const version = judge.kind === "model" ? repos.judges.inUse(judge.id) : null;
    if (version) return { judge, version };
  }
  return null;
}

type Graded = Pick<Judge, "scale"> & { goodEnough: ScaleValue | null };

/** Whether two grades tell different things: on other sides of *good enough*, or two grades or more apart. */
export function isApart({ scale, goodEnough }: Graded, one: ScaleValue, other: ScaleValue): boolean {
  if (one === other) return false;
  const [side, otherSide] = [one, other].map((value) => compareToLine(scale, goodEnough, value));
  if (side !== otherSide) return true;
  return isOrdered(scale) ? distance(scale, one, other) >= 2 : side === null;
}

/** Grades between two values; unordered values are one apart. */
export function distance(scale: Judge["scale"], one: ScaleValue, other: ScaleValue): number {
  if (!isOrdered(scale)) return one === other ? 0 : 1;
  return Math.abs(rankOf(scale, one) - rankOf(scale, other));
}

/** Where the good-enough line runs between 0 and 1: half a grade below it. Without a line, in the middle. */
export function lineBetween({ scale, goodEnough }: Graded): number {
  const line = lineOf(scale, goodEnough);
  if (line === null || !isOrdered(scale)) return 0.5;
  return (rankOf(scale, line) - 0.5) / (gradeCount(scale) - 1);
}

/** The worst grade, or a flag: what asks for a reason at once. */
export function isWorstGrade(scale: Judge["scale"], value: ScaleValue): boolean {
  return isOrdered(scale) && rankOf(scale, value) === 0;
}
