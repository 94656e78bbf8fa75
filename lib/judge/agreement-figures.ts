import { bootstrapInterval } from "@/lib/stats/bootstrap";
import { concordance } from "@/lib/stats/ccc";
import { passRates } from "@/lib/stats/confusion";
import { cohenKappa } from "@/lib/stats/kappa";
import { meanAbsoluteError } from "@/lib/stats/mae";
import type { NumberPair } from "@/lib/stats/paired";
import { spearman } from "@/lib/stats/spearman";
import { compareToLine, gradeCount, gradesOf, isOrdered, rankOf } from "./scale";
import type { Scale, ScaleValue, TeachingLabel } from "./types";

/** A figure with its 95 % bootstrap interval and the number of labels it rests on; null where it cannot be said. */
export interface Figure {
  value: number;
  low: number;
  high: number;
  n: number;
}

export interface TableOptions {
  scale: Scale;
  goodEnough: ScaleValue | null;
  seed: string | number;
  /** Labels of one group are no independent evidence, and are resampled together. */
  groupOf: (label: TeachingLabel) => string;
}

/** A label and a verdict on it, looked up on the scale once: the bootstrap reads each of them thousands of times. */
export interface JudgedPair {
  label: TeachingLabel;
  expert: ScaleValue;
  judge: ScaleValue;
  /** Expert first. */
  ranks: NumberPair;
  /** On the good side of the line? Null where there is no line. */
  side: { expert: boolean; judge: boolean } | null;
}

/** A label and a verdict, ready to be counted. */
export function pairOf(
  label: TeachingLabel,
  judge: ScaleValue,
  { scale, goodEnough }: TableOptions,
): JudgedPair {
  const [expertSide, judgeSide] = [label.value, judge].map((value) =>
    compareToLine(scale, goodEnough, value),
  );
  return {
    label,
    expert: label.value,
    judge,
    ranks: [rankOf(scale, label.value), rankOf(scale, judge)],
    side:
      typeof expertSide === "boolean" && typeof judgeSide === "boolean"
        ? { expert: expertSide, judge: judgeSide }
        : null,
  };
}

/** The figures of an agreement table; what each means stands there. */
export interface AgreementFigures {
  sameSideShare: Figure | null;
  sameGradeShare: Figure | null;
  /** Mean absolute difference, in the scale's units. */
  mae: Figure | null;
  /** Quadratic weights where grades have an order, none where they have not. */
  kappa: Figure | null;
  kappaWeights: "none" | "quadratic";
  spearman: Figure | null;
  /** Lin's concordance: for numeric scales. */
  ccc: Figure | null;
  /** Share of what experts let through that the judge lets through; with at least 5 labels on each side of the line. */
  tpr: Figure | null;
  tnr: Figure | null;
  j: Figure | null;
}

/** TPR, TNR and J need so many labels on each side of the line (SPEC AG6). */
const MIN_PER_SIDE = 5;
const RESAMPLES = 1_000;

export function figuresOf(pairs: readonly JudgedPair[], options: TableOptions): AgreementFigures {
  const { scale } = options;
  const groups = [...Map.groupBy(pairs, (pair) => options.groupOf(pair.label)).values()];
  const figure = (statistic: (sample: readonly JudgedPair[]) => number | null): Figure | null =>
    figureOf(groups, statistic, options.seed);
  const step = scale.kind === "numeric" ? scale.step : 1;
  const hasSteps = isOrdered(scale) && gradeCount(scale) > 2;
  const kappaWeights = hasSteps ? "quadratic" : "none";
  const grades = gradesOf(scale).map((_, rank) => rank);
  const hasLine = pairs.length > 0 && pairs.every((pair) => pair.side !== null);
  const passes = pairs.filter((pair) => pair.side?.expert).length;
  const hasBothSides = hasLine && Math.min(passes, pairs.length - passes) >= MIN_PER_SIDE;
  return {
    sameSideShare: hasLine
      ? figure((sample) => shareOf(sample, (pair) => pair.side?.expert === pair.side?.judge))
      : null,
    sameGradeShare: figure((sample) => shareOf(sample, (pair) => pair.expert === pair.judge)),
    mae: hasSteps ? figure((sample) => scaled(meanAbsoluteError(ranksOf(sample)), step)) : null,
    kappa: figure((sample) => cohenKappa(ranksOf(sample), grades, kappaWeights)),
    kappaWeights,
    spearman: hasSteps ? figure((sample) => spearman(ranksOf(sample))) : null,
    ccc: scale.kind === "numeric" && hasSteps ? figure((sample) => concordance(ranksOf(sample))) : null,
    tpr: hasBothSides ? figure((sample) => passRates(sidesOf(sample)).tpr) : null,
    tnr: hasBothSides ? figure((sample) => passRates(sidesOf(sample)).tnr) : null,
    j: hasBothSides ? figure((sample) => passRates(sidesOf(sample)).j) : null,
  };
}

/** The value on all pairs, and a bootstrap interval over groups of labels; null without a value or an interval. */
function figureOf(
  groups: readonly (readonly JudgedPair[])[],
  statistic: (sample: readonly JudgedPair[]) => number | null,
  seed: string | number,
): Figure | null {
  const interval = bootstrapInterval(groups, (sample) => statistic(sample.flat()), {
    seed,
    resamples: RESAMPLES,
  });
  if (interval === null) return null;
  return { value: interval.value, low: interval.low, high: interval.high, n: groups.flat().length };
}

function ranksOf(pairs: readonly JudgedPair[]): NumberPair[] {
  return pairs.map((pair) => pair.ranks);
}

function sidesOf(pairs: readonly JudgedPair[]): { expert: boolean; judge: boolean }[] {
  return pairs.flatMap((pair) => pair.side ?? []);
}

function shareOf<Item>(items: readonly Item[], isCounted: (item: Item) => boolean): number | null {
  return items.length === 0 ? null : items.filter(isCounted).length / items.length;
}

function scaled(value: number | null, factor: number): number | null {
  return value === null ? null : value * factor;
}
