import type { PromptCheckResult, PromptChecks, PromptCheckView } from "@/lib/contracts/prompt-checks";
import { countOf } from "./run-names";

/** "Its 18 questions are asked again …": what a check does, and where the texts go. */
export function offerWords({ records, host, number }: PromptChecks["offer"]): string {
  const repeat =
    number > 1 ? ` It would be check ${number} of this promotion, and each asks for stronger proof.` : "";
  return (
    `${countOf(records, "question")} of its evidence ${records === 1 ? "is" : "are"} asked again, of today's assistant. The answers of then and of now are ` +
    `graded by today's judge, so what differs is the assistant, not the ruler. They go to ${host}: ${countOf(records, "fresh answer")}, and at most ${countOf(2 * records, "grading")}.${repeat}`
  );
}

/** What the verdict means for what to do. */
export function meaningWords({
  verdict,
  failing,
}: {
  verdict: PromptCheckResult["verdict"];
  failing: readonly unknown[];
}): string {
  if (failing.length > 0 && verdict !== "worse")
    return "But what must never fail did, in one reading each: its evidence is not renewed. Look at the answers, and check once more.";
  switch (verdict) {
    case "better":
      return "Something around it has become better. Its evidence is renewed, and nothing needs to be done.";
    case "no-clear-change":
      return "Its evidence is renewed: nothing shows that it has become worse.";
    case "worse":
      return "Something around it has changed for the worse: the model, the agent or its data. Production was not touched; that is for you to decide.";
    case "not-enough":
      return "Its evidence stays as old as it is.";
  }
}

/** The figures for those who check them. */
export function figureWords(
  { number }: PromptCheckView,
  { pValue, alpha, change, meanThen, meanNow }: PromptCheckResult,
): string {
  if (pValue === null || meanThen === null || meanNow === null) return "No record was scored on both sides.";
  const range = change
    ? ` Mean change ${fixed(change.value)}, 95 % bootstrap interval ${fixed(change.low)} to ${fixed(change.high)}.`
    : "";
  return (
    `Means ${fixed(meanThen)} then, ${fixed(meanNow)} now.${range} Exact one-sided paired sign-flip test, p = ${pValue.toFixed(3)}; ` +
    `a change is called at p ≤ ${alpha} (0.025, halved at each further check; this is check ${number}). One reading a side.`
  );
}

function fixed(value: number): string {
  return value.toFixed(2).replace("-", "\u2212");
}

/** A check in the list of all: "Check 2: No clear change." */
export function checkLine({ number, result, state }: PromptCheckView): string {
  return `Check ${number}: ${result?.headline ?? STATE_WORDS[state] ?? "under way."}`;
}

const STATE_WORDS: Partial<Record<PromptCheckView["state"], string>> = {
  cancelled: "cancelled.",
  failed: "ended without a result.",
  paused: "paused.",
};
