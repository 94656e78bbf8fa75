import { mean, sum } from "@/lib/util/math";
import { type BootstrapInterval, bootstrapInterval } from "./bootstrap";
import { pairsNeeded } from "./power";
import { signFlipTest } from "./sign-flip";

/** Fewest pairs that a verdict may rest on. */
export const MIN_PAIRS = 8;
/** One-sided level of the first look; halved at each further look, so all looks together stay under 0.05. */
export const FIRST_ALPHA = 0.025;
/** Share of pairs that may fail. */
const MAX_FAILED_SHARE = 0.05;
/** More records than this, nobody writes: no number is named then. */
const MOST_PAIRS = 2000;
const SAME = 1e-9;

export type EvidenceVerdictName = "better" | "not-enough" | "worse";

/** Why the verdict is what it is: the first that holds, in this order. */
export type EvidenceReason =
  | "too-many-failed"
  | "too-few-pairs"
  | "gain-shown"
  | "loss-shown"
  | "may-be-luck";

export interface EvidenceInput {
  /** Both sides scored, one record each, all on one scale (the judge's, or normalised). */
  pairs: readonly { before: number; after: number }[];
  /** Records of which a side could still not be scored after its re-runs. */
  failedPairs: number;
  /** Number of this look at the sealed records, from 1. */
  look: number;
  seed: string | number;
}

export interface EvidenceVerdict {
  verdict: EvidenceVerdictName;
  reason: EvidenceReason;
  counts: { better: number; worse: number; same: number; notScored: number };
  meanBefore: number | null;
  meanAfter: number | null;
  /** Mean difference after − before with its bootstrap interval at 95 %, for display; null under two pairs. */
  gain: BootstrapInterval | null;
  /** One-sided, in the direction that the mean points to; null without pairs. */
  pValue: number | null;
  alpha: number;
  look: number;
  /** About how many more sealed records would settle it at the next look; null when settled, or when none would. */
  morePairsNeeded: number | null;
}

/** Level of a look: 0.025, 0.0125, 0.00625 … Throws `RangeError` unless `look` is a whole number from 1. */
export function alphaOfLook(look: number): number {
  if (!Number.isSafeInteger(look) || look < 1) throw new RangeError(`look ${look}`);
  return FIRST_ALPHA / 2 ** (look - 1);
}

/** The verdict and what it rests on, without the figures that are for display. */
export type EvidenceDecision = Pick<
  EvidenceVerdict,
  "verdict" | "reason" | "counts" | "pValue" | "alpha" | "look"
>;

/**
 * The evidence half of the gate (architecture.md, Gate): *better* iff the exact one-sided paired sign-flip test gives
 * p ≤ the look's level with at least 8 valid pairs, *worse* the mirror image; over 5 % failed pairs is *not enough*.
 * Throws `RangeError` on a negative count, a look below 1, or a score that is not finite.
 */
export function decideEvidence({ pairs, failedPairs, look, seed }: EvidenceInput): EvidenceDecision {
  if (!Number.isSafeInteger(failedPairs) || failedPairs < 0)
    throw new RangeError(`${failedPairs} failed pairs`);
  const alpha = alphaOfLook(look);
  const differences = pairs.map(differenceOf);
  const counts = {
    better: differences.filter((difference) => difference > 0).length,
    worse: differences.filter((difference) => difference < 0).length,
    same: differences.filter((difference) => difference === 0).length,
    notScored: failedPairs,
  };
  const alternative = sum(differences) >= 0 ? "greater" : "less";
  const pValue = pairs.length === 0 ? null : signFlipTest(differences, { alternative, seed }).pValue;
  const reason = reasonOf({ differences, failedPairs, pValue, alpha, alternative });
  return { verdict: VERDICTS[reason], reason, counts, pValue, alpha, look };
}

/** The decision with the means, the interval and how many more records would settle it. Throws as `decideEvidence`. */
export function evidenceVerdict(input: EvidenceInput): EvidenceVerdict {
  const { pairs, look, seed } = input;
  const decision = decideEvidence(input);
  const differences = pairs.map(differenceOf);
  return {
    ...decision,
    meanBefore: pairs.length === 0 ? null : mean(pairs.map(({ before }) => before)),
    meanAfter: pairs.length === 0 ? null : mean(pairs.map(({ after }) => after)),
    gain: pairs.length < 2 ? null : bootstrapInterval(differences, mean, { seed }),
    morePairsNeeded: isOpen(decision.reason) ? morePairsNeeded(differences, alphaOfLook(look + 1)) : null,
  };
}

/** Weighted means of grades that are equal may differ in the last bit: that is no difference. */
function differenceOf({ before, after }: { before: number; after: number }): number {
  const difference = after - before;
  return Math.abs(difference) <= SAME ? 0 : difference;
}

const VERDICTS: Record<EvidenceReason, EvidenceVerdictName> = {
  "too-many-failed": "not-enough",
  "too-few-pairs": "not-enough",
  "may-be-luck": "not-enough",
  "gain-shown": "better",
  "loss-shown": "worse",
};

interface Findings {
  differences: readonly number[];
  failedPairs: number;
  pValue: number | null;
  alpha: number;
  alternative: "greater" | "less";
}

function reasonOf({ differences, failedPairs, pValue, alpha, alternative }: Findings): EvidenceReason {
  if (failedPairs > MAX_FAILED_SHARE * (differences.length + failedPairs)) return "too-many-failed";
  if (differences.length < MIN_PAIRS || pValue === null) return "too-few-pairs";
  if (pValue > alpha) return "may-be-luck";
  return alternative === "greater" ? "gain-shown" : "loss-shown";
}

/** More records do not mend failing ones, so nothing is foretold there. */
function isOpen(reason: EvidenceReason): boolean {
  return reason === "too-few-pairs" || reason === "may-be-luck";
}

/**
 * Pairs missing until a true gain of the size seen would be shown four times in five at the next look's level, and at
 * least as many as that level needs when every record goes one way (2^-n ≤ α).
 */
function morePairsNeeded(differences: readonly number[], nextAlpha: number): number | null {
  const count = differences.length;
  const fewest = Math.max(MIN_PAIRS, Math.ceil(Math.log2(1 / nextAlpha)));
  const gain = count === 0 ? 0 : mean(differences);
  if (count < 2 || gain === 0) return count < MIN_PAIRS ? fewest - count : null;
  const sd = Math.sqrt(sum(differences.map((difference) => (difference - gain) ** 2)) / (count - 1));
  const needed = pairsNeeded({ gain, sd, alpha: nextAlpha });
  if (needed === null || needed > MOST_PAIRS) return null;
  return Math.max(1, Math.max(fewest, needed) - count);
}
