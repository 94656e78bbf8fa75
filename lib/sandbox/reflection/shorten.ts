import { sentencesOf } from "../text/sentences";
import { coverage, ideasOf } from "../text/words";

/** From this share of its ideas on a sentence counts as followed or asked for. */
const TRACED_FROM = 0.6;

/**
 * A shorter text: sentences that leave no trace in the answers and gradings go, the faintest first, until the wanted
 * length is reached. The first sentence says what the assistant is, and what holds a variable is needed: both stay.
 */
export function shortenText(
  text: string,
  material: readonly string[],
  keep: readonly string[],
  wantedChars: number,
): { text: string; removed: string[] } {
  const ideas = ideasOf(material.join("\n"));
  const faint = sentencesOf(text)
    .slice(1)
    .filter((sentence) => !keep.some((variable) => sentence.includes(variable)))
    .map((sentence) => ({ sentence, trace: coverage(ideasOf(sentence), ideas) }))
    .filter(({ trace }) => trace < TRACED_FROM)
    .toSorted((a, b) => a.trace - b.trace);
  const removed: string[] = [];
  let current = text;
  for (const { sentence } of faint) {
    if (current.length <= wantedChars) break;
    current = without(current, sentence);
    removed.push(sentence);
  }
  return { text: current, removed };
}

/** The text without a sentence, and without a bullet or line that held nothing else. */
function without(text: string, sentence: string): string {
  return text
    .split("\n")
    .flatMap((line) => {
      if (!line.includes(sentence)) return line;
      const rest = line
        .replace(sentence, "")
        .replace(/[ \t]{2,}/g, " ")
        .trimEnd();
      return /[\p{L}\p{N}]/u.test(rest) ? rest : [];
    })
    .join("\n");
}
