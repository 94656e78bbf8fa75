import type { ReviewView } from "@/lib/contracts/reviews";

/** One expert's comment, and what became of it in these words. */
export interface CommentTrace {
  /** Its place among the comments; for keys. */
  id: string;
  author: string;
  words: string;
  at: number;
  guidelines: string[];
  sentences: string[];
}

/**
 * The reasons of a change the other way round: from a comment to the guideline it became and the sentences that follow
 * it. Comments with most sentences first, then the oldest. Pure.
 */
export function prepareByComment(sources: ReviewView["sources"]): CommentTrace[] {
  const traces = new Map<string, Omit<CommentTrace, "id">>();
  for (const { sentence, guidelines } of sources) {
    for (const { text, words } of guidelines) {
      for (const { author, reason, at } of words) {
        const key = JSON.stringify([author, at, reason]);
        const trace = traces.get(key) ?? { author, words: reason, at, guidelines: [], sentences: [] };
        traces.set(key, trace);
        if (!trace.guidelines.includes(text)) trace.guidelines.push(text);
        if (!trace.sentences.includes(sentence)) trace.sentences.push(sentence);
      }
    }
  }
  return [...traces.values()]
    .sort((a, b) => b.sentences.length - a.sentences.length || a.at - b.at)
    .map((trace, index) => ({ id: String(index), ...trace }));
}
