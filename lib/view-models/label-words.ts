import type { BatchEnd, LabelItem } from "@/lib/contracts/labels";
import type { cannotJudgeReasons } from "@/lib/contracts/word-lists";

/** An answer takes about half a minute until the person's own pace is known. */
const USUAL_MS = 30_000;
/** Fewer own answers say little of a pace. */
const PACE_FROM = 3;
const LONGEST_MS = 3 * 60_000;
/** A reason for an answer that one has read already. */
const DIFFER_MS = 40_000;
const NUMBERS = ["Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"];

/** Why an answer cannot be judged, as the page words it. */
export const CANNOT_JUDGE_WORDS: Readonly<Record<(typeof cannotJudgeReasons)[number], string>> = {
  "not-my-field": "Not my field",
  "question-unclear": "The question is unclear",
  "record-is-wrong": "The record is wrong",
};

/** Milliseconds an answer takes this person: the middle one of those on this page, interruptions cut. */
export function paceOf(durationsMs: readonly number[]): number {
  if (durationsMs.length < PACE_FROM) return USUAL_MS;
  const sorted = durationsMs.map((ms) => Math.min(ms, LONGEST_MS)).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? USUAL_MS;
}

/** "about 6 min" for so many answers. */
export function minutesLeft(answers: number, paceMs: number): string {
  return `about ${Math.max(1, Math.round((answers * paceMs) / 60_000))} min`;
}

/** "4 of 12 · about 6 min" */
export function progressWords(
  { position, total }: { position: number; total: number },
  paceMs: number,
): string {
  return `${position} of ${total} · ${minutesLeft(total - position + 1, paceMs)}`;
}

/** "12 answers" */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** ux.md, moment 5: the title. */
export function endTitle({ labelled, minutes }: Pick<BatchEnd, "labelled" | "minutes">): string {
  if (labelled === 0) return "Nothing is left for you here.";
  const time = minutes > 0 ? `, ${countOf(minutes, "minute")}` : "";
  return `That was the last one: ${countOf(labelled, "answer")}${time}.`;
}

/** ux.md, moment 5: what the two minutes are for. */
export function differSentence(count: number): string {
  if (count === 0) return "You and the judge do not differ on any of them.";
  const minutes = Math.max(1, Math.ceil((count * DIFFER_MS) / 60_000));
  const time = minutes === 1 ? "A minute" : `${NUMBERS[minutes] ?? minutes} minutes`;
  const which = count === 1 ? "that one" : "those";
  return `You and the judge differ on ${count}. ${time} on ${which} ${minutes === 1 ? "teaches" : "teach"} it most.`;
}

/** "Steps: 2 (search, lookup)" */
export function stepsSummary(steps: LabelItem["steps"]): string {
  const tools = [...new Set(steps.map(({ tool }) => tool))];
  const named = tools.slice(0, 3).join(", ");
  return `Steps: ${steps.length} (${named}${tools.length > 3 ? ", …" : ""})`;
}
