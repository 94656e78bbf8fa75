import "server-only";
import type { EvidenceVerdict } from "@/lib/stats/evidence";
import { MIN_PAIRS } from "@/lib/stats/evidence";
import type { EvidenceScale } from "./evidence-scale";

/** From this number of looks on, the page asks for fresh records (ux.md, rule 3). */
export const MANY_LOOKS = 5;
const ORDINALS = ["", "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth"];

/** "First look", "12th look". */
function lookWords(look: number): string {
  return `${ORDINALS[look] ?? `${look}th`} look`;
}

export function headlineOf(verdict: EvidenceVerdict): string {
  return { better: "Better.", "not-enough": "Not enough evidence.", worse: "Worse." }[verdict.verdict];
}

/** The verdict in the words of ux.md, moment 9. */
export function sentenceOf(verdict: EvidenceVerdict, scale: EvidenceScale): string {
  switch (verdict.reason) {
    case "gain-shown":
      return gainSentence(verdict, scale);
    case "loss-shown":
      return `${countWords(verdict)} The gate stays shut; production is unchanged. What it lost is listed below.`;
    case "too-many-failed":
      return (
        `${countWords(verdict)} ${verdict.counts.notScored} of ${recordsOf(verdict)} could not be scored on both sides, ` +
        "each tried three times; with more than one in twenty missing there is no verdict. See why they failed, then score again."
      );
    case "too-few-pairs":
      return `${countWords(verdict)} A verdict takes at least ${MIN_PAIRS} sealed records. ${moreWords(verdict)}`.trim();
    case "may-be-luck":
      return `${countWords(verdict)} ${luckWords(verdict, scale)} ${moreWords(verdict)}`.trim();
  }
}

function gainSentence(verdict: EvidenceVerdict, scale: EvidenceScale): string {
  const { meanBefore, meanAfter, gain, look } = verdict;
  const means =
    meanBefore === null || meanAfter === null
      ? ""
      : ` ${scale.format(scale.toShown(meanBefore))} → ${scale.format(scale.toShown(meanAfter))}`;
  const range = gain
    ? `; the true gain is likely between ${diff(scale, gain.low)} and ${diff(scale, gain.high)}.`
    : ".";
  return `On ${recordsOf(verdict)} sealed records: ${countWords(verdict).replace(/\.$/, "")}.${means}${range} ${lookWords(look)} at these records.`;
}

function luckWords({ gain, counts }: EvidenceVerdict, scale: EvidenceScale): string {
  if (counts.better === 0 && counts.worse === 0)
    return "No record changed its grade, so there is nothing to tell apart.";
  if (!gain) return "";
  const name = gain.value < 0 ? "loss" : "gain";
  return `The ${name} of ${diff(scale, Math.abs(gain.value))} may be luck (likely between ${diff(scale, gain.low)} and ${diff(scale, gain.high)}).`;
}

function moreWords({ morePairsNeeded }: EvidenceVerdict): string {
  if (morePairsNeeded === null) return "";
  return `About ${morePairsNeeded} more sealed record${morePairsNeeded === 1 ? "" : "s"} would probably settle it.`;
}

function countWords({ counts }: EvidenceVerdict): string {
  const parts = [`${counts.better} better`, `${counts.worse} worse`, `${counts.same} the same`];
  if (counts.notScored > 0) parts.push(`${counts.notScored} could not be scored`);
  return `${parts.join(", ")}.`;
}

function recordsOf({ counts }: EvidenceVerdict): number {
  return counts.better + counts.worse + counts.same + counts.notScored;
}

function diff(scale: EvidenceScale, normalised: number): string {
  return scale.format(scale.difference(normalised));
}

/** After five looks the same records prove less and less: what to do about it; null before. */
export function manyLooksNote(looks: number): string | null {
  if (looks < MANY_LOOKS) return null;
  return (
    `These sealed records were looked at ${looks} times for this change. Each look asks for stronger proof, so a further one ` +
    "is unlikely to settle it. Add fresh records; they are sealed first."
  );
}
