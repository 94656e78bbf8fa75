/** A row of a table, with the line of the file on which it begins. */
export interface CsvRow {
  line: number;
  cells: string[];
  /** Why the row cannot be read; null when it can. */
  problem: string | null;
}

/**
 * Rows of a table in text (RFC 4180): cells in double quotes may hold separators, line breaks and doubled quotes.
 * Rows that are wholly blank are left out. An opening quote without its end spoils the last row alone.
 * @param separator one character: comma, semicolon or tab
 */
export function parseCsv(text: string, separator: string): CsvRow[] {
  const rows: CsvRow[] = [];
  let row: CsvRow = { line: 1, cells: [], problem: null };
  let line = 1;
  let at = 0;
  while (at <= text.length) {
    const { value, next, problem } = readCell(text, at, separator);
    row.cells.push(value);
    row.problem ??= problem;
    line += countFeeds(text.slice(at, next));
    at = next;
    if (text[at] === separator) {
      at += 1;
      continue;
    }
    if (row.cells.some((cell) => cell.trim() !== "")) rows.push(row);
    if (at >= text.length) break;
    at += text[at] === "\r" && text[at + 1] === "\n" ? 2 : 1;
    line += 1;
    row = { line, cells: [], problem: null };
  }
  return rows;
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
  problem: string | null;
}

function readCell(text: string, start: number, separator: string): Cell {
  if (text[start] !== '"') {
    const next = endOfPlain(text, start, separator);
    return { value: text.slice(start, next), next, problem: null };
  }
  let value = "";
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) {
      return {
        value: value + text.slice(at),
        next: text.length,
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
  return { value: value + text.slice(at, next), next, problem: null };
}

function endOfPlain(text: string, start: number, separator: string): number {
  let at = start;
  while (at < text.length && text[at] !== separator && text[at] !== "\n" && text[at] !== "\r") at += 1;
  return at;
}

function countFeeds(text: string): number {
  return text.split(/\r\n|\n|\r/).length - 1;
}
