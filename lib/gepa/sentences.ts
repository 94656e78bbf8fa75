/** The sentences of a text: line by line, split after . ! ? and a blank. List marks are left out. */
export function sentencesOf(text: string): string[] {
  return text
    .split("\n")
    .flatMap((line) => line.replace(/^\s*(?:[-*•]|\d+[.)])\s+/, "").split(/(?<=[.!?])\s+/))
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");
}

/** The words of a text, folded: letters and digits only, lower case. */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** Words that say something: longer than three characters, or of a script that has no blanks between words. */
export function contentWords(text: string): Set<string> {
  return new Set(wordsOf(text).filter((word) => word.length > 3 || /[^\p{Script=Latin}\p{N}]/u.test(word)));
}

/** What an edit does, for people, where the model did not say: counts only. */
export function describeEdit(before: string, after: string): string {
  const [old, fresh] = [new Set(sentencesOf(before)), new Set(sentencesOf(after))];
  const added = [...fresh].filter((sentence) => !old.has(sentence)).length;
  const removed = [...old].filter((sentence) => !fresh.has(sentence)).length;
  const count = (n: number): string => `${n} sentence${n === 1 ? "" : "s"}`;
  if (added === 0 && removed === 0) return "Changes the layout only";
  if (added === 0) return `Removes ${count(removed)}`;
  return removed === 0 ? `Adds ${count(added)}` : `Adds ${count(added)}, removes ${removed}`;
}
