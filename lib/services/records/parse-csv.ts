/** A row of a table, with the line of the file on which it begins. */
export interface CsvRow {
  line: number;
  cells: string[];
  /** Why the row cannot be read; null when it can. */
  problem: string | null;
}

/**
 * Rows of a table in text (RFC 4180), each read when it is asked for: cells in double quotes may hold separators, line
 * breaks and doubled quotes. Rows that are wholly blank are left out. An opening quote without its end spoils the last
 * row alone.
 * @param separator one character: comma, semicolon or tab
 */
export function* csvRows(text: string, separator: string): Generator<CsvRow> {
  let row: CsvRow = { line: 1, cells: [], problem: null };
  let line = 1;
  let at = 0;
  while (at <= text.length) {
    const { value, next, feeds, problem } = readCell(text, at, separator);
    row.cells.push(value);
    row.problem ??= problem;
    line += feeds;
    at = next;
    if (text[at] === separator) {
      at += 1;
      continue;
    }
    if (row.cells.some((cell) => cell.trim() !== "")) yield row;
    if (at >= text.length) break;
    at += text[at] === "\r" && text[at + 1] === "\n" ? 2 : 1;
    line += 1;
    row = { line, cells: [], problem: null };
  }
}

/** The separator of a table: the one of tab, semicolon and comma that stands most often in its first line. */
export function separatorOf(text: string): string {
  const first = text.split(/\r?\n/, 1)[0] ?? "";
  const counts = ["\t", ";", ","].map((separator) => ({ separator, count: first.split(separator).length }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).separator;
}

interface Cell {
  value: string;
  /** Where the cell ends: at a separator, a line break or the end. */
  next: number;
  /** Line breaks in it: only between quotes there are any. */
  feeds: number;
  problem: string | null;
}

function readCell(text: string, start: number, separator: string): Cell {
  if (text[start] !== '"') {
    const next = endOfPlain(text, start, separator);
    return { value: text.slice(start, next), next, feeds: 0, problem: null };
  }
  let value = "";
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) {
      return {
        value: value + text.slice(at),
        next: text.length,
        feeds: countFeeds(text.slice(start)),
        problem: "A cell begins with a quotation mark that nothing closes.",
      };
    }
    value += text.slice(at, quote);
    at = quote + 1;
    if (text[at] !== '"') break;
    value += '"';
    at += 1;
  }
  // what stands behind the closing quote belongs to no form of the format; it is kept, not lost
  const next = endOfPlain(text, at, separator);
  return {
    value: value + text.slice(at, next),
    next,
    feeds: countFeeds(text.slice(start, at)),
    problem: null,
  };
}

const FEED = 0x0a;
const RETURN = 0x0d;

function endOfPlain(text: string, start: number, separator: string): number {
  const end = separator.charCodeAt(0);
  let at = start;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === end || code === FEED || code === RETURN) break;
  }
  return at;
}

function countFeeds(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count += 1;
  for (let at = text.indexOf("\r"); at !== -1; at = text.indexOf("\r", at + 1))
    if (text.charCodeAt(at + 1) !== FEED) count += 1;
  return count;
}
