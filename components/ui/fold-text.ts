/** About as many characters as fit on one line of prose. */
const CHARACTERS_A_LINE = 72;
/** Folding away less than this many lines would cost more than it saves. */
const LINES_NOT_WORTH_FOLDING = 3;

function linesOf(paragraph: string): number {
  return Math.max(1, Math.ceil(paragraph.length / CHARACTERS_A_LINE));
}

/**
 * The beginning of a long text, cut at a word; null when the text is short enough to be shown
 * whole. Lines are estimated from the length, so that server and browser cut alike.
 */
export function foldText(text: string, maxLines: number): { head: string; wordCount: number } | null {
  const paragraphs = text.split("\n");
  const total = paragraphs.reduce((sum, paragraph) => sum + linesOf(paragraph), 0);
  if (total <= maxLines + LINES_NOT_WORTH_FOLDING) return null;
  let linesLeft = maxLines;
  const kept: string[] = [];
  for (const paragraph of paragraphs) {
    if (linesLeft <= 0) break;
    const lines = linesOf(paragraph);
    kept.push(lines <= linesLeft ? paragraph : cutAtWord(paragraph, linesLeft * CHARACTERS_A_LINE));
    linesLeft -= lines;
  }
  return { head: kept.join("\n").trimEnd(), wordCount: text.split(/\s+/u).filter(Boolean).length };
}

function cutAtWord(paragraph: string, maxLength: number): string {
  const characters = [...paragraph];
  if (characters.length <= maxLength) return paragraph;
  const head = characters.slice(0, maxLength).join("");
  const lastSpace = head.search(/\s\S*$/u);
  return lastSpace > maxLength / 2 ? head.slice(0, lastSpace) : head;
}
