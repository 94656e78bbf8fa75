import type { AlignmentView } from "@/lib/contracts/judges";
import { criterionOf, remarksOf, testedWords } from "./judge-agreement";

/** The result of a teaching in words (ux.md, moment 6), and the one thing to do next. */
export interface TeachingResult {
  title: string;
  sentence: string;
  /** What the page offers first. */
  next: "use" | "label-more" | "see-conflict" | "keep-old" | "ask-again" | "none";
}

/** What of a teaching the words rest on. */
export interface TaughtJudge {
  alignment: Pick<AlignmentView, "verdict" | "before" | "after" | "human" | "report" | "draftVersionId">;
  /** The tag on which more labels would help most; null when none stands out. */
  helpTag: string | null;
  /** Whether two active guidelines of the draft contradict each other. */
  hasConflict: boolean;
}

/**
 * Words for a teaching that is over; the headline itself was computed with the counts. One of which a part failed is
 * never offered first: what it missed is to be asked for again (alignment.md, MemAlign).
 */
export function prepareTeachingResult(taught: TaughtJudge): TeachingResult {
  const result = wholeResult(taught);
  return taught.alignment.report?.partial && result.next !== "none"
    ? { ...result, next: "ask-again" }
    : result;
}

function wholeResult({ alignment, helpTag, hasConflict }: TaughtJudge): TeachingResult {
  const { verdict, before, after, draftVersionId } = alignment;
  if (draftVersionId === null) {
    return {
      title: "It learned nothing.",
      sentence: "The old judge stays. Nothing was changed.",
      next: "none",
    };
  }
  if (verdict === null || before === null || after === null) return untested(after !== null);
  const { words, count } = criterionOf(after);
  const was = criterionOf(before).count;
  if (verdict === "better") {
    const first = `On ${testedWords(after)} that it had not seen: ${words} on ${count}, was ${was}.`;
    const sentence = [first, ...remarksOf(after, alignment.human)].join(" ");
    return { title: "The judge agrees with you more often.", sentence, next: "use" };
  }
  if (verdict === "unclear") {
    const help =
      helpTag === null
        ? "more labels with reasons would help."
        : `labels with reasons on ${helpTag} would help most.`;
    const sentence = `${count} against ${was} of ${after.n} could be chance. The old judge stays unless you choose otherwise; ${help}`;
    return { title: "No clear change.", sentence, next: "label-more" };
  }
  const why = hasConflict
    ? "Two guidelines contradict each other."
    : `${capital(words)} on ${count} of ${after.n}, was ${was}.`;
  return {
    title: "It agrees with you less often.",
    sentence: `The old judge stays. ${why}`,
    next: hasConflict ? "see-conflict" : "keep-old",
  };
}

function untested(wasTried: boolean): TeachingResult {
  const why = wasTried
    ? "None of the answers could be graded by both judges, so nothing can be compared."
    : "All labels are about the same question, so there was no unseen answer left to test it on.";
  return {
    title: "It could not be tested.",
    sentence: `${why} The old judge stays unless you choose otherwise; label answers to other questions, then teach it again.`,
    next: "label-more",
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
