/** Scripts that are written without spaces: a word's end cannot be seen there. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const WORD = /[\p{L}\p{N}\p{M}]/u;

/** A text may be stored composed or not, and the search folds widths. */
const FORMS = ["NFC", "NFD", "NFKC"] as const;

/**
 * Finds words as people write them: in any case, with any blanks between them, and not inside another word (*Ann* is
 * not found in *planning*).
 */
export function wordPattern(words: string): RegExp {
  const letters = Array.from(words.trim());
  const opens = isWordLike(letters.at(0) ?? "") ? "(?<![\\p{L}\\p{N}])" : "";
  const closes = isWordLike(letters.at(-1) ?? "") ? "(?![\\p{L}\\p{N}\\p{M}])" : "";
  const bodies = new Set(FORMS.map((form) => bodyOf(words.trim().normalize(form))));
  return new RegExp(`${opens}(?:${[...bodies].join("|")})${closes}`, "giu");
}

function bodyOf(words: string): string {
  const escaped = words.split(/\s+/).map((part) => part.replace(/[\^$\\.*+?()[\]{}|/]/g, "\\$&"));
  return escaped.join("\\s+");
}

/** Finds every stored text that may hold the words, JSON too, and some more: cheap enough to try on each row. */
export function rawWordPattern(words: string): RegExp {
  const longest = words
    .trim()
    .split(/\s+/)
    .reduce((found, part) => (part.length > found.length ? part : found), "");
  const bodies = FORMS.flatMap((form) => {
    const part = longest.normalize(form);
    return [bodyOf(part), bodyOf(JSON.stringify(part).slice(1, -1))];
  });
  return new RegExp([...new Set(bodies)].join("|"), "iu");
}

function isWordLike(char: string): boolean {
  return WORD.test(char) && !UNSPACED.test(char);
}

/** Shorter lines say too little to be told from anybody else's. */
const SHORTEST_LINE = 16;
/** Prompts may cut a text, but not within its first words. */
const LINE_START = 48;

/**
 * Beginnings of the lines of some texts, as they stand inside stored JSON: whoever was sent one of the texts, whole or
 * cut, was sent one of these.
 */
export function lineStarts(texts: readonly string[]): string[] {
  const starts = texts
    .flatMap((text) => text.split(/\r?\n/))
    .map((line) => line.trim())
    .filter((line) => line.length >= SHORTEST_LINE)
    .map((line) => JSON.stringify(line.slice(0, LINE_START)).slice(1, -1));
  return [...new Set(starts)];
}
