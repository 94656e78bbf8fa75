import "server-only";
import type { StoredRollout } from "@/db/repos/rollouts.repo";
import { compareToLine, denormalise, formatValue, gradeCount, type Scale } from "@/lib/judge";
import type { RolloutJudge } from "@/lib/rollouts/types";
import { sum } from "@/lib/util/math";

/** Smallest drop that counts as a full grade, as a share of the scale: on 0 to 100 a point is no grade. */
const LEAST_FULL_GRADE = 0.1;
const MINUS = "\u2212";

type Reading = Pick<StoredRollout, "status" | "score" | "verdicts">;
type Judges = readonly Pick<RolloutJudge, "snapshot" | "weight">[];

/** How the readings of a look are shown and compared: on the judge's own scale (ux.md, rule 4). */
export interface EvidenceScale {
  /** A normalised score in shown units; of several judges, and of yes or no, out of 100. */
  toShown(score: number): number;
  /** A normalised difference in shown units. */
  difference(normalised: number): number;
  /** A shown number as text, with a real minus. */
  format(shown: number): string;
  /** One reading as people read it: "4", "pass", "no grade". */
  gradeOf(reading: Reading | null): string;
  /** Whether every judge with a line finds it good enough; null when none has a line. */
  isGoodEnough(reading: Reading): boolean | null;
  /** The normalised drop that is a full grade. */
  fullGrade: number;
}

/** The scale of a look by its judges. */
export function createEvidenceScale(judges: Judges): EvidenceScale {
  const only = judges.length === 1 ? judges[0]?.snapshot : undefined;
  const { base, range } = shownRange(only?.scale ?? null);
  const digits = range <= 1 ? 2 : range >= 50 ? 0 : 1;
  const weights = sum(judges.map(({ weight }) => weight));
  const format = (shown: number): string =>
    shown
      .toFixed(digits)
      .replace(/^-(?=0(?:\.0+)?$)/, "")
      .replace("-", MINUS);
  return {
    toShown: (score) =>
      only?.scale.kind === "numeric" ? denormalise(only.scale, score) : base + score * range,
    difference: (normalised) => normalised * range,
    format,
    gradeOf: (reading) => {
      if (reading?.status !== "scored" || reading.score === null) return "no grade";
      const [verdict] = reading.verdicts;
      if (only && verdict?.status === "graded") return formatValue(only.scale, verdict.value);
      return `${format(base + reading.score * range)} of ${base + range}`;
    },
    isGoodEnough: (reading) => {
      const sides = judges.map(({ snapshot }) => {
        const verdict = reading.verdicts.find(({ judgeVersionId }) => judgeVersionId === snapshot.versionId);
        return verdict?.status === "graded"
          ? compareToLine(snapshot.scale, snapshot.goodEnough, verdict.value)
          : null;
      });
      const known = sides.filter((side) => side !== null);
      return known.length === 0 ? null : known.every(Boolean);
    },
    fullGrade: sum(judges.map(({ snapshot, weight }) => (weight * fullGradeOf(snapshot.scale)) / weights)),
  };
}

function shownRange(scale: Scale | null): { base: number; range: number } {
  if (scale?.kind === "numeric") return { base: scale.min, range: scale.max - scale.min };
  if (scale?.kind === "categories" && scale.ordered) return { base: 1, range: scale.values.length - 1 };
  return { base: 0, range: 100 };
}

function fullGradeOf(scale: Scale): number {
  return scale.kind === "categories" && !scale.ordered
    ? 1
    : Math.max(LEAST_FULL_GRADE, 1 / (gradeCount(scale) - 1));
}
