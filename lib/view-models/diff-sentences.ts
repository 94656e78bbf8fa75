/** A sentence and what stands between it and the one before. */
export interface Sentence {
  /** Without the blanks around it. */
  text: string;
  /** "" inside a line; else the line breaks before it, with a list mark. */
  lead: string;
}

/** "- ", "3. ", "* ", with what indents it. */
const LIST_MARK = /^(\s*(?:[-*•]|\d{1,3}[.)])\s+)/;

/** The sentences of a text in order, with its line breaks and list marks kept beside them. */
export function splitSentences(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  let breaks = "";
  for (const [index, line] of text.replace(/\r\n?/g, "\n").split("\n").entries()) {
    if (index > 0) breaks += "\n";
    const mark = LIST_MARK.exec(line)?.[1] ?? "";
    const parts = line
      .slice(mark.length)
      .split(/(?<=[.!?])\s+(?=\S)/)
      .map((part) => part.trim())
      .filter((part) => part !== "");
    for (const [place, part] of parts.entries()) {
      sentences.push({ text: part, lead: place === 0 ? breaks + mark : "" });
      if (place === 0) breaks = "";
    }
  }
  return sentences;
}
