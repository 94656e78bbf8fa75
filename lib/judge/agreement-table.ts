import { confusionGrid } from "@/lib/stats/confusion";
import { mean } from "@/lib/util/math";
import {
  type AgreementFigures,
  figuresOf,
  type JudgedPair,
  pairOf,
  type TableOptions,
} from "./agreement-figures";
import { compareToLine, denormalise, formatValue, gradeCount, gradesOf, isOrdered, normalise } from "./scale";
import type { JudgeSnapshot, Scale, ScaleValue, TeachingLabel, Verdict } from "./types";

/** What the judge did with one label's answer. */
export interface AgreementCase {
  labelId: string;
  traceId: string;
  recordId: string;
  question: string;
  expertValue: ScaleValue;
  judgeValue: ScaleValue | null;
  /** The same as people read them. */
  expert: string;
  judge: string | null;
  rationale: string | null;
  /** By the good-enough line; where there is none, by grade. */
  kind: "same" | "too-kind" | "too-harsh" | "failed";
}

/** How a judge agrees with the experts on labels it has not seen. Counts first, figures beside them. */
export interface AgreementTable extends AgreementFigures {
  /** Labels whose answers both arms graded: only these are counted. */
  n: number;
  /** Answers that this arm could not grade. */
  failed: number;
  /** Null without a good-enough line. */
  sameSide: number | null;
  sameGrade: number;
  /** Null on scales without an order and with two grades. */
  withinOne: number | null;
  tooKind: number | null;
  tooHarsh: number | null;
  /** Mean of the judge's grades in the scale's units; null without an order. */
  meanGrade: number | null;
  /** `grid[e][j]`: labels with the e-th grade of the expert and the j-th of the judge, worst first. */
  confusion: { grades: string[]; grid: number[][] };
  cases: AgreementCase[];
}

/** A label and the verdict of each arm on its answer. */
export interface JudgedLabel {
  label: TeachingLabel;
  before: Verdict;
  after: Verdict;
}

/** The table of one arm over the labels that both arms could grade. */
export function agreementTable(
  judged: readonly JudgedLabel[],
  arm: "before" | "after",
  options: TableOptions,
): AgreementTable {
  const pairs = judged.flatMap(({ label, before, after }): JudgedPair[] => {
    const own = arm === "before" ? before : after;
    if (before.status !== "graded" || after.status !== "graded" || own.status !== "graded") return [];
    return [pairOf(label, own.value, options)];
  });
  const cases = judged.map(({ label, before, after }) =>
    caseOf(label, arm === "before" ? before : after, options),
  );
  return {
    n: pairs.length,
    failed: judged.filter((one) => one[arm].status === "failed").length,
    ...countsOf(pairs, options),
    ...figuresOf(pairs, options),
    meanGrade: meanGrade(pairs, options),
    confusion: confusionOf(pairs, options.scale),
    cases,
  };
}

/** The table's case of a label. */
function caseOf(label: TeachingLabel, verdict: Verdict, options: TableOptions): AgreementCase {
  const { scale } = options;
  const isGraded = verdict.status === "graded";
  return {
    labelId: label.labelId,
    traceId: label.traceId,
    recordId: label.recordId,
    question: label.inputs,
    expertValue: label.value,
    judgeValue: isGraded ? verdict.value : null,
    expert: formatValue(scale, label.value),
    judge: isGraded ? formatValue(scale, verdict.value) : null,
    rationale: isGraded ? verdict.rationale : null,
    kind: isGraded ? kindOf(pairOf(label, verdict.value, options)) : "failed",
  };
}

/** Too kind: the judge lets through what the expert does not; too harsh: it holds back what the expert lets through. */
function kindOf({ ranks, side }: JudgedPair): "same" | "too-kind" | "too-harsh" {
  const difference = side === null ? ranks[1] - ranks[0] : Number(side.judge) - Number(side.expert);
  if (difference === 0) return "same";
  return difference > 0 ? "too-kind" : "too-harsh";
}

function countsOf(
  pairs: readonly JudgedPair[],
  options: TableOptions,
): Pick<AgreementTable, "sameSide" | "sameGrade" | "withinOne" | "tooKind" | "tooHarsh"> {
  const { scale, goodEnough } = options;
  const kinds = pairs.map(kindOf);
  const hasLine = compareToLine(scale, goodEnough, gradesOf(scale)[0]?.value ?? false) !== null;
  const countKind = (kind: string): number => kinds.filter((one) => one === kind).length;
  const hasSteps = isOrdered(scale) && gradeCount(scale) > 2;
  return {
    sameSide: hasLine ? countKind("same") : null,
    sameGrade: pairs.filter((pair) => pair.expert === pair.judge).length,
    withinOne: hasSteps ? pairs.filter((pair) => Math.abs(pair.ranks[0] - pair.ranks[1]) <= 1).length : null,
    tooKind: hasLine || isOrdered(scale) ? countKind("too-kind") : null,
    tooHarsh: hasLine || isOrdered(scale) ? countKind("too-harsh") : null,
  };
}

function meanGrade(pairs: readonly JudgedPair[], { scale }: TableOptions): number | null {
  if (pairs.length === 0 || !isOrdered(scale)) return null;
  return denormalise(scale, mean(pairs.map((pair) => normalise(scale, pair.judge))));
}

function confusionOf(pairs: readonly JudgedPair[], scale: Scale): AgreementTable["confusion"] {
  const grades = gradesOf(scale);
  return {
    grades: grades.map((grade) => grade.text),
    grid: confusionGrid(
      pairs.map((pair) => pair.ranks),
      grades.map((_, rank) => rank),
    ),
  };
}

/** The line and scale of a snapshot, as a table needs them. */
export function tableOptions(
  snapshot: JudgeSnapshot,
  seed: string | number,
  groupOf: TableOptions["groupOf"],
): TableOptions {
  return { scale: snapshot.scale, goodEnough: snapshot.goodEnough, seed, groupOf };
}
