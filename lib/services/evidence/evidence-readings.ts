import "server-only";
import type { StoredRollout } from "@/db/repos/rollouts.repo";
import { mean } from "@/lib/util/math";
import type { EvidenceScale } from "./evidence-scale";

export const sides = ["baseline", "candidate"] as const;
export type Side = (typeof sides)[number];

/** The first reading, and the two re-runs of one that failed. */
export const SCORING_SAMPLES = [0, 1, 2] as const;
/** Fresh readings that a loss, or a failure of a record that must never fail, is confirmed by. */
export const CONFIRMING_SAMPLES = [11, 12, 13] as const;
const SAME = 1e-9;

/** The readings of a look by side, record and sample. */
export interface Readings {
  /** The reading that counts: the first that was scored, else the last failure; null when nothing was read yet. */
  counted(side: Side, recordId: string): StoredRollout | null;
  /** Fresh readings that were scored. */
  fresh(side: Side, recordId: string): StoredRollout[];
  hasFresh(side: Side, recordId: string): boolean;
}

export function indexReadings(rollouts: readonly StoredRollout[]): Readings {
  const known = new Map(rollouts.map((one) => [`${one.candidateId}:${one.recordId}:${one.sample}`, one]));
  const pick = (side: Side, recordId: string, samples: readonly number[]): StoredRollout[] =>
    samples.flatMap((sample) => known.get(`${side}:${recordId}:${sample}`) ?? []);
  return {
    counted: (side, recordId) => {
      const all = pick(side, recordId, SCORING_SAMPLES);
      return all.find(isScored) ?? all.at(-1) ?? null;
    },
    fresh: (side, recordId) => pick(side, recordId, CONFIRMING_SAMPLES).filter(isScored),
    hasFresh: (side, recordId) => pick(side, recordId, CONFIRMING_SAMPLES).length > 0,
  };
}

export type ScoredRollout = StoredRollout & { score: number };

export function isScored(reading: StoredRollout | null): reading is ScoredRollout {
  return reading?.status === "scored" && reading.score !== null;
}

export type Outcome = "better" | "worse" | "same" | "not-scored";

/** What became of a record between the two sides. */
export function outcomeOf(before: StoredRollout | null, after: StoredRollout | null): Outcome {
  if (!isScored(before) || !isScored(after)) return "not-scored";
  const difference = after.score - before.score;
  if (Math.abs(difference) <= SAME) return "same";
  return difference > 0 ? "better" : "worse";
}

/** Only the candidate could not be scored: a loss by name, whatever the statistics say. */
export function isErrorLoss(before: StoredRollout | null, after: StoredRollout | null): boolean {
  return isScored(before) && after !== null && !isScored(after);
}

/** A first reading that is worth three more of each side: a drop of a full grade, or a flip of good enough. */
export function looksLikeLoss(
  scale: EvidenceScale,
  before: StoredRollout | null,
  after: StoredRollout | null,
): boolean {
  if (!isScored(before) || !isScored(after) || after.score >= before.score) return false;
  const isDrop = before.score - after.score >= scale.fullGrade - SAME;
  return isDrop || (scale.isGoodEnough(before) === true && scale.isGoodEnough(after) === false);
}

/**
 * Whether fresh readings confirm a loss: their means are a full grade apart, or most of one side is good enough and
 * most of the other is not (architecture.md, Gate). A candidate that gives no answer any more has lost.
 */
export function isConfirmed(
  scale: EvidenceScale,
  before: readonly StoredRollout[],
  after: readonly StoredRollout[],
): boolean {
  const [old, fresh] = [before.filter(isScored), after.filter(isScored)];
  if (old.length === 0) return false;
  if (fresh.length === 0) return true;
  const drop = mean(old.map(({ score }) => score)) - mean(fresh.map(({ score }) => score));
  if (drop >= scale.fullGrade - SAME) return true;
  return drop > 0 && isMostlyGood(scale, old) === true && isMostlyGood(scale, fresh) === false;
}

/** Null when there is no line, or the readings split evenly. */
function isMostlyGood(scale: EvidenceScale, readings: readonly StoredRollout[]): boolean | null {
  const known = readings.map((reading) => scale.isGoodEnough(reading)).filter((side) => side !== null);
  const good = known.filter(Boolean).length;
  return good * 2 === known.length ? null : good * 2 > known.length;
}

/**
 * Whether a record that must never fail passes in this reading: it was scored and is good enough. Where no line is
 * set, only the lowest grade fails.
 */
export function passesGuard(scale: EvidenceScale, reading: StoredRollout | null): boolean {
  if (!isScored(reading)) return false;
  return scale.isGoodEnough(reading) ?? reading.score > SAME;
}
