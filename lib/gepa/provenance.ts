import type { ReportedChange } from "./parse-proposal";
import { contentWords } from "./sentences";
import type { ReflectionExample, SentenceChange } from "./types";

export interface ProvenanceSources {
  examples: readonly ReflectionExample[];
  guidelines: readonly { id: string; text: string }[];
}

/** Short ref of the n-th example (from 0) in a prompt. */
export const exampleRef = (index: number): string => `E${index + 1}`;
/** Short ref of the n-th guideline (from 0) in a prompt. */
export const guidelineRef = (index: number): string => `G${index + 1}`;

/**
 * Maps a reported change back to ids and checks it by overlap (SPEC PV1): verified when the new text holds the sentence,
 * each ref exists, and at least one cited source shares words with it. Unverified is a mark, never a failure.
 */
export function verifyChange(
  change: ReportedChange,
  newText: string,
  sources: ProvenanceSources,
): SentenceChange {
  const examples = sources.examples.filter((_, index) => change.exampleRefs.includes(exampleRef(index)));
  const guidelines = sources.guidelines.filter((_, index) =>
    change.guidelineRefs.includes(guidelineRef(index)),
  );
  const cited = change.exampleRefs.length + change.guidelineRefs.length;
  const texts = [...examples.map(textOf), ...guidelines.map(({ text }) => text)];
  const isWhole =
    cited > 0 &&
    examples.length + guidelines.length === new Set([...change.exampleRefs, ...change.guidelineRefs]).size;
  const verified =
    isWhole &&
    holdsSentence(newText, change.sentence) &&
    texts.some((text) => overlaps(change.sentence, text));
  return {
    sentence: change.sentence,
    exampleIds: examples.map(({ exampleId }) => exampleId),
    guidelineIds: guidelines.map(({ id }) => id),
    verified,
  };
}

function textOf(example: ReflectionExample): string {
  return [example.inputs, example.expectations, example.output, example.feedback].join("\n");
}

function holdsSentence(text: string, sentence: string): boolean {
  const fold = (value: string): string => value.replace(/\s+/g, " ").trim();
  return sentence !== "" && fold(text).includes(fold(sentence));
}

/** Two content words in common, or all of them when the sentence has fewer. Word endings are forgiven. */
function overlaps(sentence: string, source: string): boolean {
  const stem = (word: string): string => word.slice(0, 5);
  const wanted = new Set([...contentWords(sentence)].map(stem));
  const found = new Set([...contentWords(source)].map(stem));
  const common = [...wanted].filter((word) => found.has(word)).length;
  return wanted.size > 0 && common >= Math.min(2, wanted.size);
}
