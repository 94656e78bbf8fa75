import { setImmediate as nextTurn } from "node:timers/promises";
import { AppError } from "@/lib/contracts/errors";
import type { importFormats } from "@/lib/contracts/records";
import { type BadLine, type ImportCandidate, type ReadLine, readImportLine } from "./import-line";
import { type CsvRow, parseCsv, separatorOf } from "./parse-csv";

type ImportFormat = (typeof importFormats)[number];

export interface ReadImport {
  format: ImportFormat;
  candidates: ImportCandidate[];
  bad: BadLine[];
}

const MAX_LINES = 50_000;
/** Lines between two moments in which the server can answer others. */
const LINES_A_TURN = 500;

/**
 * Every line of a file, each read or with the reason why not. Throws `payload-too-large` above 50 000 lines.
 * @param format where it is known beforehand; else the first character tells
 */
export async function readImport(text: string, format: ImportFormat = formatOf(text)): Promise<ReadImport> {
  const candidates: ImportCandidate[] = [];
  const bad: BadLine[] = [];
  let count = 0;
  for (const read of format === "jsonl" ? readJson(text) : readTable(text)) {
    count += 1;
    if (count > MAX_LINES) throw tooManyLines();
    if (read.ok) candidates.push(read.candidate);
    else bad.push(read.bad);
    if (count % LINES_A_TURN === 0) await nextTurn();
  }
  return { format, candidates, bad };
}

function formatOf(text: string): ImportFormat {
  return /^\s*[{[]/.test(text) ? "jsonl" : "csv";
}

/** One JSON value a line; or, where the whole text is one JSON list, its items. */
function* readJson(text: string): Generator<ReadLine> {
  if (text.trimStart().startsWith("[")) {
    const list = parseJson(text);
    if (Array.isArray(list)) {
      for (const [index, item] of list.entries()) yield readImportLine(item, index + 1);
      return;
    }
  }
  let line = 0;
  for (const source of text.split(/\r\n|\n|\r/)) {
    line += 1;
    if (source.trim() === "") continue;
    const value = parseJson(source);
    yield value === undefined
      ? { ok: false, bad: { line, question: "", problem: notJson(source) } }
      : readImportLine(value, line);
  }
}

/** Undefined when it is no JSON. */
function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    // the caller says it in words, by line
    return undefined;
  }
}

/** Why a line is no JSON, for whoever has to mend it. */
function notJson(source: string): string {
  const text = source.trim();
  if (!text.startsWith("{"))
    return `The line is no JSON: it begins with "${text.slice(0, 20)}". Each line is one object in braces.`;
  if (text.endsWith("},")) return "The line ends with a comma: in JSONL nothing stands between the lines.";
  const reason = syntaxErrorOf(text);
  const place = /position (\d+)/.exec(reason);
  if (/end of JSON|Unterminated/i.test(reason) || (place !== null && Number(place[1]) >= text.length)) {
    return "The line is no whole JSON object: its closing brace is missing. Each object stands on one line.";
  }
  return `The line is no JSON: ${reason}.`;
}

function syntaxErrorOf(text: string): string {
  try {
    JSON.parse(text);
    return "it cannot be read";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const COLUMNS = {
  question: "question",
  input: "question",
  expected_response: "expected_response",
  "a good answer": "expected_response",
  facts: "facts",
  "must mention": "facts",
  must_never: "mustNever",
  mustnever: "mustNever",
  "must never": "mustNever",
  tags: "tags",
  critical: "critical",
} as const;
type Column = (typeof COLUMNS)[keyof typeof COLUMNS];

interface TableHead {
  columns: readonly { name: string; column: Column | null }[];
  rows: readonly CsvRow[];
}

function* readTable(text: string): Generator<ReadLine> {
  const { columns, rows } = readHead(parseCsv(text, separatorOf(text)));
  for (const row of rows) {
    if (row.problem !== null) yield badRow(row, row.problem);
    else if (
      row.cells.length > columns.length &&
      row.cells.slice(columns.length).some((cell) => cell.trim() !== "")
    ) {
      yield badRow(
        row,
        `The row has ${row.cells.length} cells, the first row has ${columns.length}. A text with a comma in it stands in quotation marks.`,
      );
    } else yield readRow(row, columns);
  }
}

/** Columns by the names in the first row; a table of one or two columns may do without: question, what a good answer does. */
function readHead(rows: readonly CsvRow[]): TableHead {
  const [head, ...rest] = rows;
  const names = (head?.cells ?? []).map((cell) => cell.trim());
  const known = names.map((name) => COLUMNS[name.toLowerCase() as keyof typeof COLUMNS] ?? null);
  if (known.includes("question"))
    return { columns: names.map((name, index) => ({ name, column: known[index] ?? null })), rows: rest };
  if (names.length <= 2) {
    return {
      columns: [
        { name: "question", column: "question" },
        { name: "expected_response", column: "expected_response" },
      ],
      rows,
    };
  }
  throw new AppError(
    "invalid-input",
    'The first row names no column "question". Name the columns question, expected_response, facts, must_never, tags (several facts in one cell are parted by |), or choose a JSONL file. Nothing was imported.',
  );
}

function readRow(row: CsvRow, columns: TableHead["columns"]): ReadLine {
  const parts: Partial<Record<Column, string>> = {};
  const fields: Record<string, string> = {};
  for (const [index, { name, column }] of columns.entries()) {
    const cell = row.cells[index] ?? "";
    if (column !== null) parts[column] = cell.trim();
    else if (name !== "" && cell !== "") fields[name] = cell;
  }
  const critical = parts.critical === undefined ? undefined : flagOf(parts.critical);
  if (critical === null) return badRow(row, 'In the column "critical" stands neither yes nor no.');
  const expectations: Record<string, unknown> = {};
  if (parts.expected_response !== undefined) expectations.expected_response = parts.expected_response;
  if (parts.facts !== undefined) expectations.facts = listOf(parts.facts);
  if (parts.mustNever !== undefined) expectations.mustNever = listOf(parts.mustNever);
  const value = {
    inputs: { question: parts.question ?? "", fields },
    expectations,
    tags: parts.tags?.replaceAll(",", "|"),
    critical,
  };
  return readImportLine(value, row.line);
}

function listOf(cell: string): string[] {
  return cell
    .split("|")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** Null when the cell says neither. */
function flagOf(cell: string): boolean | null {
  const word = cell.toLowerCase();
  if (["yes", "true", "1", "x"].includes(word)) return true;
  return ["no", "false", "0", ""].includes(word) ? false : null;
}

function badRow(row: CsvRow, problem: string): ReadLine {
  return { ok: false, bad: { line: row.line, question: (row.cells[0] ?? "").slice(0, 120), problem } };
}

function tooManyLines(): AppError {
  return new AppError(
    "payload-too-large",
    `The file has more than ${MAX_LINES.toLocaleString("en")} lines. Split it and import the parts one by one. Nothing was imported.`,
  );
}
