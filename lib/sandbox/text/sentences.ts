/** Sentences of a prose text, in order, each with its end mark. Bullets and lines end sentences too. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/\n+/)
    .map((line) => line.replace(/^\s*(?:[-*•]|\d{1,2}[.)])\s+/, "").trim())
    .flatMap((line) => line.split(/(?<=[.!?])["”']?\s+(?=["“'(]?[\p{Lu}\p{N}{])/u))
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

export function wordCount(text: string): number {
  return text.trim() === "" ? 0 : text.trim().split(/\s+/).length;
}

export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** First letter small, unless the word is a name, an abbreviation or "I". */
export function lowerFirst(text: string): string {
  return /^(I\b|\p{Lu}[\p{Lu}\d])/u.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}

export function withoutEndMark(text: string): string {
  return text.replace(/[\s.!;:,]+$/u, "");
}
