import { bootstrapInterval } from "@/lib/stats/bootstrap";
import { krippendorffAlpha } from "@/lib/stats/krippendorff";
import type { Figure } from "./agreement-figures";
import { compareToLine, isOnScale, isOrdered, rankOf } from "./scale";
import type { Scale, ScaleValue, TeachingLabel } from "./types";

/** How far experts agree with each other: no judge can be asked for more. */
export interface HumanCeiling {
  /** Answers that at least two experts graded, and pairs of experts over them. */
  answers: number;
  pairs: number;
  /** Pairs on the same side of the good-enough line; null without a line. */
  sameSide: number | null;
  sameGrade: number;
  /** Krippendorff's α at the scale's level, with an interval over answers; null where it cannot be said. */
  alpha: Figure | null;
}

/** Agreement among experts on the same traces (SPEC AG8). Of several labels of one expert on one trace the last counts. */
export function humanCeiling(
  labels: readonly TeachingLabel[],
  scale: Scale,
  goodEnough: ScaleValue | null,
  seed: string | number = 0,
): HumanCeiling {
  const traces = new Map<string, Map<string, ScaleValue>>();
  for (const label of labels) {
    if (!isOnScale(scale, label.value)) continue;
    const trace = traces.get(label.traceId) ?? new Map<string, ScaleValue>();
    traces.set(label.traceId, trace.set(label.expertId, label.value));
  }
  const units = [...traces.values()].map((trace) => [...trace.values()]).filter((unit) => unit.length >= 2);
  const pairs = units.flatMap((unit) =>
    unit.flatMap((a, index) => unit.slice(index + 1).map((b) => [a, b] as const)),
  );
  const side = (value: ScaleValue): boolean | null => compareToLine(scale, goodEnough, value);
  const hasLine = pairs.every(([a]) => side(a) !== null);
  return {
    answers: units.length,
    pairs: pairs.length,
    sameSide: hasLine ? pairs.filter(([a, b]) => side(a) === side(b)).length : null,
    sameGrade: pairs.filter(([a, b]) => a === b).length,
    alpha: alphaOf(units, scale, seed),
  };
}

function alphaOf(
  units: readonly (readonly ScaleValue[])[],
  scale: Scale,
  seed: string | number,
): Figure | null {
  const level =
    scale.kind === "numeric"
      ? "interval"
      : isOrdered(scale) && scale.kind === "categories"
        ? "ordinal"
        : "nominal";
  const ranked = units.map((unit) => unit.map((value) => rankOf(scale, value)));
  const interval = bootstrapInterval(ranked, (sample) => krippendorffAlpha(sample, level), {
    seed,
    resamples: 1_000,
  });
  return interval === null
    ? null
    : { value: interval.value, low: interval.low, high: interval.high, n: units.length };
}
