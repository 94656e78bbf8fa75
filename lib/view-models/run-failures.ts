import type { CandidateRow, RunView } from "@/lib/contracts/runs";
import { countOf } from "./run-names";
import { reasonOf } from "./run-reasons";

/** What went wrong in a run, counted, with its first causes. */
export interface RunFailures {
  /** "7 tries at an answer gave no score; 2 records stayed without one." */
  summary: string;
  /** Causes as they were met, the first one first. */
  causes: { words: string; count: number }[];
}

/** Causes told one by one; of more only the count. */
const TOLD = 4;

/** Null when nothing failed. */
export function prepareFailures(view: RunView): RunFailures | null {
  const refused = view.candidates.filter(({ status }) => status === "refused");
  const tries = view.failures.reduce((sum, { count }) => sum + count, 0);
  if (tries === 0 && refused.length === 0) return null;
  return {
    summary: [answersSentence(view, tries), refusedSentence(refused.length)].filter(Boolean).join(" "),
    causes: [
      ...told(view.failures.map(({ cause, count }) => ({ words: cause || "other causes", count }))),
      ...told(reasonsOf(refused)),
    ],
  };
}

function answersSentence({ failedRollouts }: RunView, tries: number): string {
  if (tries === 0) return "";
  const rest =
    failedRollouts === 0
      ? "each was scored when it was asked again."
      : `${countOf(failedRollouts, "of them was", "of them were")} not scored later either.`;
  return `${countOf(tries, "answer")} could not be scored at first; ${rest}`;
}

function refusedSentence(count: number): string {
  return count === 0 ? "" : `${countOf(count, "suggested edit")} could not be used.`;
}

function reasonsOf(refused: readonly CandidateRow[]): RunFailures["causes"] {
  const counts = new Map<string, number>();
  for (const row of refused) {
    const words = `edit refused: ${reasonOf(row)}`;
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...counts].map(([words, count]) => ({ words, count }));
}

function told(causes: RunFailures["causes"]): RunFailures["causes"] {
  if (causes.length <= TOLD) return causes;
  const rest = causes.slice(TOLD).reduce((sum, { count }) => sum + count, 0);
  return [...causes.slice(0, TOLD), { words: "other causes", count: rest }];
}
