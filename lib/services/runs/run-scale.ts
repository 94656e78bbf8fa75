import type { StoredRollout } from "@/db/repos/rollouts.repo";
import { formatValue, type Scale } from "@/lib/judge";

/** A stored reading as people read it: its grade on the only judge's scale, of several judges the mean out of 100. */
export function shownGrade(
  rollout: Pick<StoredRollout, "status" | "score" | "verdicts">,
  scale: Scale | null,
): string {
  if (rollout.status !== "scored" || rollout.score === null) return "no grade";
  const [verdict] = rollout.verdicts;
  if (scale !== null && rollout.verdicts.length === 1 && verdict?.status === "graded")
    return formatValue(scale, verdict.value);
  return `${Math.round(rollout.score * 100)} of 100`;
}

/** A normalised mean in the unit in which a run's scores are shown. */
export function shownMean(score: number, scale: Scale | null): string {
  if (scale?.kind === "numeric")
    return (scale.min + score * (scale.max - scale.min)).toFixed(scale.max - scale.min <= 1 ? 2 : 1);
  if (scale?.kind === "categories") return (1 + score * (scale.values.length - 1)).toFixed(1);
  return `${Math.round(score * 100)} %`;
}

/** "3.9 of 5" */
export function shownMeanOf(score: number, scale: Scale | null): string {
  if (scale?.kind === "numeric") return `${shownMean(score, scale)} of ${scale.max}`;
  return scale?.kind === "categories"
    ? `${shownMean(score, scale)} of ${scale.values.length}`
    : shownMean(score, scale);
}
