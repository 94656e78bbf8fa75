import type { CandidateRow, RunView } from "@/lib/contracts/runs";

type Reason = NonNullable<CandidateRow["reason"]>;
type StopReason = NonNullable<RunView["ended"]>["stopReason"];

/** Why a suggested edit did not become the prompt, after "refused:" or "rejected:". */
const reasonWords: Readonly<Record<Reason, string>> = {
  "no-answer": "the model suggested nothing",
  "reflection-failed": "the model did not answer",
  "no-fence": "the reply held no prompt",
  truncated: "the reply was cut off",
  empty: "the suggested text was empty",
  "lost-variable": "lost a variable",
  identical: "the same text was tried before",
  "too-long": "too long",
  "wrong-language": "in another language",
  "copied-example": "copies a record",
  "nothing-to-learn": "no answer fell short",
  "rollouts-failing": "its answers could not be scored",
  "not-better": "not better",
  "losing-early": "behind early",
  "dropped-by-selection": "not among the best",
  "below-floor": "below what one judge asks at least",
};

const stopWords: Readonly<Record<StopReason, string>> = {
  budget: "All scored answers of the budget are used.",
  money: "The money set for this run is used.",
  time: "The time set for this run is over.",
  user: "You stopped it and took the best.",
  solved: "Every comparison record has the top grade.",
  "target-score": "The score you asked for is reached.",
  "no-improvement": "The last edits brought nothing better.",
  "gain-below-cost": "A further gain would have cost more than it is worth.",
  "reflection-failing": "The model that suggests edits could not be used.",
  "rollouts-failing": "Too many answers could not be scored.",
  "seed-failed": "The starting prompt could not be scored.",
  aborted: "It was stopped.",
};

/** "lost {{team}}": the reason with what it names, where the engine's words name something. */
export function reasonOf({ reason, why }: Pick<CandidateRow, "reason" | "why">): string {
  if (reason === null) return "";
  const variables = reason === "lost-variable" ? why.match(/\{\{[^}]*\}\}/g) : null;
  return variables ? `lost ${variables.join(", ")}` : reasonWords[reason];
}

/** Why the run ended, as one sentence. */
export function stopSentence(stopReason: StopReason): string {
  return stopWords[stopReason];
}
