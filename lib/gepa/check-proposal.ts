import { isOtherLanguage } from "./language";
import type { ProposalGuidance } from "./options";
import { wordsOf } from "./sentences";
import type { ReflectionExample, RefusalReason } from "./types";

export interface CheckFailure {
  reason: RefusalReason;
  detail: string;
}

export interface CheckedText {
  component: string;
  before: string;
  after: string;
  shown: readonly ReflectionExample[];
}

/** What can be known of a proposed text before a metric call is spent on it (SPEC CK1 to CK4). Null = nothing wrong. */
export function checkProposedText(text: CheckedText, guidance: ProposalGuidance): CheckFailure | null {
  return (
    checkVariables(text, guidance.keepVariables[text.component] ?? []) ??
    checkLength(text.after, guidance.maxComponentChars) ??
    checkLanguage(text) ??
    checkCopies(text)
  );
}

/** SPEC CK1: `name` and `{{ name }}` ask for the same variable. */
function checkVariables({ after }: CheckedText, variables: readonly string[]): CheckFailure | null {
  const lost = variables.filter((variable) => !holdsVariable(after, variable));
  return lost.length === 0
    ? null
    : { reason: "lost-variable", detail: `The new text lost ${lost.map(braced).join(", ")}.` };
}

/** Whether a text still holds a variable, blanks inside the braces aside. */
export function holdsVariable(text: string, variable: string): boolean {
  const name = bareName(variable).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`\\{\\{\\s*${name}\\s*\\}\\}`).test(text);
}

/** `{{ name }}` for either way of writing it. */
export function braced(variable: string): string {
  return `{{ ${bareName(variable)} }}`;
}

function bareName(variable: string): string {
  return variable.replace(/^\s*\{\{\s*|\s*\}\}\s*$/g, "").trim();
}

/** SPEC CK2. */
function checkLength(after: string, maxChars: number): CheckFailure | null {
  if (after.length <= maxChars) return null;
  return {
    reason: "too-long",
    detail: `The new text has ${after.length} characters; at most ${maxChars} are allowed.`,
  };
}

/** SPEC CK3. */
function checkLanguage({ before, after }: CheckedText): CheckFailure | null {
  if (!isOtherLanguage(before, after)) return null;
  return { reason: "wrong-language", detail: "The new text is in another language than the current one." };
}

const COPIED_INPUT_WORDS = 12;
const COPIED_EXPECTATION_WORDS = 25;

/** SPEC CK4: a prompt that quotes the records learns them by heart instead of the lesson. */
function checkCopies({ before, after, shown }: CheckedText): CheckFailure | null {
  for (const example of shown) {
    const copied =
      copiedRun(before, after, example.inputs, COPIED_INPUT_WORDS) ??
      copiedRun(before, after, example.expectations, COPIED_EXPECTATION_WORDS);
    if (copied !== null)
      return { reason: "copied-example", detail: `The new text copies a record word for word: “${copied}”.` };
  }
  return null;
}

/** A run of so many words that source and new text share and the old text does not have. */
function copiedRun(before: string, after: string, source: string, length: number): string | null {
  const runs = wordRuns(wordsOf(source), length);
  const old = wordRuns(wordsOf(before), length);
  for (const run of wordRuns(wordsOf(after), length)) if (runs.has(run) && !old.has(run)) return run;
  return null;
}

function wordRuns(words: readonly string[], length: number): Set<string> {
  const runs = new Set<string>();
  for (let start = 0; start + length <= words.length; start++)
    runs.add(words.slice(start, start + length).join(" "));
  return runs;
}
