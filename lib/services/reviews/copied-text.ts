import "server-only";

/** So many words in a row, the same in a prompt and in a record, are no chance. */
const COPIED_WORDS = 8;

interface Word {
  folded: string;
  start: number;
  end: number;
}

/**
 * Passages of a text that stand word for word in one of the records and did not stand in the old text: the longest
 * runs of at least eight words, as they are written, each once. Case and punctuation do not matter.
 */
export function findCopiedText(text: string, oldText: string, records: readonly string[]): string[] {
  const known = new Set(gramsOf(wordsOf(oldText)));
  const training = new Set(records.flatMap((record) => gramsOf(wordsOf(record))));
  const words = wordsOf(text);
  const isCopied = gramsOf(words).map((gram) => training.has(gram) && !known.has(gram));
  const passages: string[] = [];
  for (let index = 0; index < isCopied.length; index += 1) {
    if (!isCopied[index]) continue;
    let last = index;
    while (isCopied[last + 1]) last += 1;
    passages.push(text.slice(words[index]?.start ?? 0, words[last + COPIED_WORDS - 1]?.end ?? text.length));
    index = last;
  }
  return [...new Set(passages)];
}

function wordsOf(text: string): Word[] {
  return Array.from(text.matchAll(/[\p{L}\p{N}]+/gu), (match) => ({
    folded: match[0].normalize("NFKC").toLowerCase(),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Every run of eight words, in order. */
function gramsOf(words: readonly Word[]): string[] {
  const count = Math.max(0, words.length - COPIED_WORDS + 1);
  return Array.from({ length: count }, (_, start) =>
    words
      .slice(start, start + COPIED_WORDS)
      .map(({ folded }) => folded)
      .join(" "),
  );
}
