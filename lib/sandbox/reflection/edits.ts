import type { Draws } from "../draws";
import type { LessonFamily } from "../lessons/cluster";
import { asInstruction, uselessRule } from "../lessons/wording";
import { instructionsOf } from "../task/instructions";
import { type Fault, faultNamedBy } from "../text/faults";
import { lowerFirst, sentencesOf, withoutEndMark } from "../text/sentences";
import { coverage, overlap } from "../text/words";

/** One change of the component's text. */
export interface Edit {
  sentence: string;
  exampleIds: string[];
  guidelineIds: string[];
  /** What the summary says of it. */
  about: string;
}

/** What the model makes of a lesson, as shares; the rest is a proper instruction. */
const FORGETS = 0.1;
const MISREADS = 0.1;
const WATERS_DOWN = 0.12;
const ADDS_USELESS = 0.14;
const DROPS_LINE = 0.07;
const COVERED_FROM = 0.6;

/** Whether a text already asks for it. */
export function isAskedFor(
  wanted: { ideas: ReadonlySet<string>; fault: Fault | null },
  text: string,
): boolean {
  const { ideas, fault } = wanted;
  return instructionsOf(text).some((order) => {
    if (order.condition !== null && LEFT_TO_TASTE.test(order.condition)) return false;
    const isSameFault =
      fault !== null && order.kind !== "exhaustive" && faultNamedBy(order.text, order.ideas) === fault;
    const isSameThing = order.ideas.size > 1 && overlap(ideas, order.ideas) >= 0.99;
    return isSameFault || isSameThing || coverage(ideas, order.ideas) >= COVERED_FROM;
  });
}

/** An edit for a family of complaints, or null when the model forgets about it. */
export function editFor(family: LessonFamily, guidelineIds: string[], draws: Draws): Edit | null {
  const { lesson } = family;
  const luck = draws.at("reads", lesson.order);
  if (luck < FORGETS) return null;
  const proper = asInstruction(lesson, draws.at("wording", lesson.order));
  const about = withoutEndMark(proper).toLowerCase();
  const base = { exampleIds: family.sources.filter((source) => /^E\d+$/.test(source)), guidelineIds };
  if (luck < FORGETS + MISREADS) return { ...base, sentence: misread(lesson.order, draws), about };
  if (luck < FORGETS + MISREADS + WATERS_DOWN) return { ...base, sentence: wateredDown(proper), about };
  return { ...base, sentence: proper, about };
}

/** Takes the wrong lesson from it: the last words are kept, what they were about is lost. */
function misread(order: string, draws: Draws): string {
  const tail = order
    .split(" ")
    .slice(-2)
    .join(" ")
    .replace(/^(?:are|is|was|were) /, "what is ");
  return draws.pick([`Pay more attention to ${tail}.`, `Mind ${tail} above all.`], "misread", order);
}

/** The right thing, left to taste: it is then done only now and then. */
function wateredDown(order: string): string {
  return `Where it fits, ${lowerFirst(order.replace(/^Always /, ""))}`;
}

const LEFT_TO_TASTE = /^it fits$/;

/** A rule that does no good, now and then. */
export function uselessEdit(draws: Draws): Edit[] {
  if (!draws.isBelow(ADDS_USELESS, "useless")) return [];
  const sentence = uselessRule(draws.at("useless-of"));
  return [{ sentence, exampleIds: [], guidelineIds: [], about: withoutEndMark(sentence).toLowerCase() }];
}

/** Puts edits into the text in its own layout: as bullets where it has bullets, else as lines at its end. */
export function applyEdits(
  text: string,
  edits: readonly Edit[],
  keep: readonly string[],
  draws: Draws,
): string {
  const kept = dropped(text, keep, draws);
  const bullet = /^(\s*(?:[-*•])\s+)/m.exec(kept)?.[1] ?? "";
  const added = edits.map((edit) => `${bullet}${edit.sentence}`).join("\n");
  if (added === "") return kept;
  const isListed = bullet !== "" || /\n[^\n]+\n[^\n]+$/.test(kept);
  return `${kept.trimEnd()}${isListed ? "\n" : "\n\n"}${added}`;
}

/** Loses a line of the text now and then, never one with a variable that has to stay. */
function dropped(text: string, keep: readonly string[], draws: Draws): string {
  const lines = text.split("\n");
  if (lines.length < 3 || !draws.isBelow(DROPS_LINE, "drops")) return text;
  const index = draws.between(1, lines.length - 1, "drops-which");
  const line = lines[index] ?? "";
  return line.trim() === "" || keep.some((variable) => line.includes(variable))
    ? text
    : lines.filter((_, at) => at !== index).join("\n");
}

/** Sentences of the text that work against what the complaints ask ("sound confident", "be exhaustive"). */
export function withoutHarmful(
  text: string,
  families: readonly LessonFamily[],
): { text: string; removed: string[] } {
  const isAgainstGuessing = families.some((family) => family.lesson.fault === "guess");
  const isAgainstLength = families.some((family) => family.lesson.kind === "brief");
  const removed: string[] = [];
  for (const sentence of sentencesOf(text)) {
    const [order] = instructionsOf(sentence);
    const isBoast =
      isAgainstGuessing &&
      /\b(sound|be) (?:very |fully )?(?:confident|certain|sure)\b/i.test(sentence) &&
      sentence.split(" ").length < 9;
    if (isBoast || (isAgainstLength && order?.kind === "exhaustive")) removed.push(sentence);
  }
  const cleaned = removed.reduce(
    (current, sentence) => current.replace(sentence, "").replace(/[ \t]{2,}/g, " "),
    text,
  );
  return { text: cleaned, removed };
}
