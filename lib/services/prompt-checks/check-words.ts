import "server-only";
import type { PromptCheckResult } from "@/lib/contracts/prompt-checks";
import { type EvidenceVerdict, MIN_PAIRS } from "@/lib/stats/evidence";
import type { EvidenceScale } from "../evidence/evidence-scale";

type Verdict = PromptCheckResult["verdict"];

/** That no change was shown is an answer here, where it is none for a promotion: nothing was to be proven. */
export function checkVerdict({ reason }: EvidenceVerdict): Verdict {
  switch (reason) {
    case "gain-shown":
      return "better";
    case "loss-shown":
      return "worse";
    case "may-be-luck":
      return "no-clear-change";
    case "too-few-pairs":
    case "too-many-failed":
      return "not-enough";
  }
}

const HEADLINES: Readonly<Record<Verdict, string>> = {
  better: "It answers better than when it was promoted.",
  worse: "It answers worse than when it was promoted.",
  "no-clear-change": "No clear change.",
  "not-enough": "Not enough evidence.",
};

export function checkHeadline(verdict: EvidenceVerdict): string {
  return HEADLINES[checkVerdict(verdict)];
}

/** Counts first, the means, and how large a change could have hidden. */
export function checkSentence(verdict: EvidenceVerdict, scale: EvidenceScale): string {
  const counts = countsOf(verdict);
  switch (verdict.reason) {
    case "too-many-failed":
      return `${counts} With more than one record in twenty missing there is no verdict. See why they failed, then check again.`;
    case "too-few-pairs":
      return `${counts} A verdict takes at least ${MIN_PAIRS} records.`;
    case "may-be-luck":
      return `${counts}${meansOf(verdict, scale)} ${hiddenOf(verdict, scale)}`;
    case "gain-shown":
    case "loss-shown":
      return `${counts}${meansOf(verdict, scale)} The true change is likely between ${rangeOf(verdict, scale)}.`;
  }
}

function countsOf({ counts: { better, worse, same, notScored } }: EvidenceVerdict): string {
  const failed = notScored === 0 ? "" : `, ${notScored} could not be scored on both sides`;
  return `On ${better + worse + same + notScored} sealed records: ${better} better, ${worse} worse, ${same} the same${failed}.`;
}

function meansOf({ meanBefore, meanAfter }: EvidenceVerdict, scale: EvidenceScale): string {
  if (meanBefore === null || meanAfter === null) return "";
  const shown = (score: number): string => scale.format(scale.toShown(score));
  return ` ${shown(meanBefore)} then, ${shown(meanAfter)} now.`;
}

/** No clear change is not *no change*: what the interval still allows is said with it. */
function hiddenOf(verdict: EvidenceVerdict, scale: EvidenceScale): string {
  const { gain, counts } = verdict;
  if (counts.better + counts.worse === 0) return "No record changed its grade.";
  if (gain === null) return "";
  const low = scale.difference(gain.low);
  const hidden = low < 0 ? ` A loss of up to ${scale.format(-low)} is not ruled out.` : "";
  return `The difference may be luck: the true change is likely between ${rangeOf(verdict, scale)}.${hidden}`;
}

function rangeOf({ gain }: EvidenceVerdict, scale: EvidenceScale): string {
  if (gain === null) return "bounds that are not known";
  const shown = (normalised: number): string => scale.format(scale.difference(normalised));
  return `${shown(gain.low)} and ${shown(gain.high)}`;
}
