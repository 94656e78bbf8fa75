import type { RunSnapshot, RunView } from "@/lib/contracts/runs";
import { candidateTitle, countOf } from "./run-names";
import type { ShownScale } from "./run-scale";

/** Fits the props of the score curve (components/charts); a test holds the two together. */
export interface PreparedScoreCurve {
  points: {
    metricCalls: number;
    score: number;
    kind: "rung" | "full" | "best";
    candidateLabel: string;
    isFront: boolean;
    isRecommended: boolean;
  }[];
  best: { metricCalls: number; score: number }[];
  seedScore: number | null;
  productionScore: number | null;
  /** What is in production is the starting prompt: one line, named so. */
  isProductionStart: boolean;
  luckBand: { metricCalls: number; low: number; high: number }[];
  scale: { min: number; max: number; label: string };
  maxMetricCalls: number;
}

interface ScoreCurveInput {
  view: RunView;
  scale: ShownScale;
  production: RunSnapshot["production"];
  /** Normalised, from the server: the range of the maximum under no effect. Empty = not known, and none is drawn. */
  luckBand?: readonly { metricCalls: number; low: number; high: number }[];
}

/**
 * The curve of a run on the judge's scale: a point for each scoring of a candidate, and a line for the estimate of the
 * recommended one. The marks of a candidate (◆ ★) are on its last point only. Scores that are not known make no point.
 */
export function prepareScoreCurve({
  view,
  scale,
  production,
  luckBand = [],
}: ScoreCurveInput): PreparedScoreCurve {
  const scored = view.curve.filter(({ kind }) => kind !== "best");
  const last = new Map(scored.map(({ candidateId }, index) => [candidateId, index]));
  const onFront = new Set(
    view.candidates.filter(({ bestOn }) => bestOn.length > 0).map(({ candidateId }) => candidateId),
  );
  const seed = view.candidates.find(({ candidateId }) => candidateId === view.seedCandidateId);
  const shown = (score: number | null | undefined): number | null =>
    typeof score === "number" ? scale.toShown(score) : null;
  return {
    points: scored.map(({ metricCalls, score, kind, candidateId }, index) => ({
      metricCalls,
      score: scale.toShown(score),
      kind: kind === "rung" ? "rung" : "full",
      candidateLabel: candidateTitle(candidateId, view.seedCandidateId),
      isFront: last.get(candidateId) === index && onFront.has(candidateId),
      isRecommended: last.get(candidateId) === index && view.recommended?.candidateId === candidateId,
    })),
    best: bestSteps(view).map(({ metricCalls, score }) => ({ metricCalls, score: scale.toShown(score) })),
    seedScore: shown(seed?.meanScore),
    productionScore: production?.isStart ? null : shown(production?.score),
    isProductionStart: production?.isStart ?? false,
    luckBand: luckBand.map(({ metricCalls, low, high }) => ({
      metricCalls,
      low: scale.toShown(low),
      high: scale.toShown(high),
    })),
    scale: { min: scale.min, max: scale.max, label: scale.label },
    maxMetricCalls: view.maxMetricCalls,
  };
}

/**
 * What to know of the line of what is in production, where it is another text than the starting prompt: that its answers
 * are of an earlier day, or why it has none. Null where the run itself scored it.
 */
export function productionNote(production: RunSnapshot["production"]): string | null {
  if (production === null || production.isStart || production.from === "run") return null;
  const { version, score, graded, records } = production;
  if (score !== null)
    return `The line of v${version}, in production, is the mean of answers that were graded for something else, by the same judges on the same ${countOf(records, "record")}.`;
  const known =
    graded === 0
      ? `none of its answers to the ${countOf(records, "record")} compared here was graded by these judges`
      : `only ${graded} of its answers to the ${countOf(records, "record")} compared here ${graded === 1 ? "was" : "were"} graded by these judges`;
  return `v${version}, in production, has no line: ${known}. A round of answers with v${version} gives it one.`;
}

/** The recommended candidate's estimate at each change; of several at one place the last. */
function bestSteps({ curve }: RunView): { metricCalls: number; score: number }[] {
  const steps = new Map<number, number>();
  for (const { kind, metricCalls, score } of curve) {
    if (kind === "best" || (kind === "seed" && !steps.has(metricCalls))) steps.set(metricCalls, score);
  }
  return [...steps]
    .map(([metricCalls, score]) => ({ metricCalls, score }))
    .sort((a, b) => a.metricCalls - b.metricCalls);
}
