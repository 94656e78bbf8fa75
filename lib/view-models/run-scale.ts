import { scaleSchema } from "@/lib/contracts/judges";
import { assertNever } from "@/lib/util/assert-never";

/** How normalised scores (0..1) are shown: on the judge's own scale (ux.md rule 4). */
export interface ShownScale {
  min: number;
  max: number;
  /** Name of the axis. */
  label: string;
  /** A normalised score on this scale. */
  toShown(normalised: number): number;
  /** "3.9" */
  format(normalised: number): string;
  /** "3.9 of 5" */
  formatOf(normalised: number): string;
}

/**
 * The scale for a run's scores. A run graded by several judges, whose weighted mean lies on no judge's scale, is shown
 * out of 100; so is a yes-or-no judge, as the share of yes.
 * @param wire `RunSnapshot.scale`: the judge's scale, null when there are several
 */
export function shownScaleOf(wire: unknown): ShownScale {
  const parsed = scaleSchema.safeParse(wire);
  if (!parsed.success) return createShownScale(0, 100, "score");
  const scale = parsed.data;
  switch (scale.kind) {
    case "numeric":
      return createShownScale(scale.min, scale.max, "grade");
    case "boolean":
      return createShownScale(0, 100, `% ${scale.trueLabel}`);
    case "categories":
      return createShownScale(1, scale.values.length, "grade");
    default:
      return assertNever(scale);
  }
}

function createShownScale(min: number, max: number, label: string): ShownScale {
  const digits = max - min <= 1 ? 2 : max - min >= 50 ? 0 : 1;
  const toShown = (normalised: number): number => min + normalised * (max - min);
  const format = (normalised: number): string => toShown(normalised).toFixed(digits);
  return { min, max, label, toShown, format, formatOf: (normalised) => `${format(normalised)} of ${max}` };
}
