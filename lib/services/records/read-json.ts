import { inTurns } from "../in-turns";
import { type ReadLine, readImportLine } from "./import-line";
import type { CsvRow } from "./parse-csv";
import type { ImportTable } from "./read-table";

/** Where other tools keep the list of records in one JSON object; MLflow's REST answers hold it as a text of JSON. */
const LISTS = ["records", "dataset_records", "data", "items"] as const;

/** A value of a file with the line on which it stands; in one list, its place. */
interface JsonLine {
  line: number;
  /** Undefined = it is no JSON. */
  value: unknown;
  source: string;
}

/**
 * One JSON value a line; or, where the whole text is one JSON list (or an object that holds it), its items: those are
 * read at once, for JSON tells only at its end whether it is any.
 */
export async function jsonLinesOf(text: string, turnMs: number): Promise<JsonLine[]> {
  const list = listIn(text);
  if (list) return list.map((value, index) => ({ line: index + 1, value, source: "" }));
  const lines: JsonLine[] = [];
  for await (const { line, source } of inTurns(linesOf(text), turnMs))
    if (source.trim() !== "") lines.push({ line, source, value: parseJson(source) });
  return lines;
}

function* linesOf(text: string): Generator<{ line: number; source: string }> {
  const breaks = /\r\n|\n|\r/g;
  let start = 0;
  for (let line = 1; ; line++) {
    const found = breaks.exec(text);
    yield { line, source: text.slice(start, found?.index) };
    if (!found) return;
    start = breaks.lastIndex;
  }
}

/** Lines that name their parts themselves, as our export and MLflow do. */
export function* readJsonLines(lines: readonly JsonLine[]): Generator<ReadLine> {
  for (const { line, value, source } of lines) {
    yield value === undefined
      ? { ok: false, bad: { line, question: "", problem: notJson(source) } }
      : readImportLine(value, line);
  }
}

/**
 * Flat objects are rows of a table whose columns are their keys; null when the lines name `inputs`, or hold no
 * objects: the first that can be read decides.
 */
export async function flatTableOf(lines: readonly JsonLine[], turnMs: number): Promise<ImportTable | null> {
  const first = lines.find(({ value }) => isObject(value))?.value;
  if (!isObject(first) || "inputs" in first) return null;
  const found = new Set<string>();
  for await (const { value } of inTurns(lines, turnMs))
    if (isObject(value)) for (const name of Object.keys(value)) found.add(name);
  const names = [...found];
  const rows: CsvRow[] = [];
  for await (const line of inTurns(lines, turnMs)) rows.push(toRow(line, names));
  return { names, rows };
}

function toRow({ line, value, source }: JsonLine, names: readonly string[]): CsvRow {
  if (!isObject(value)) return { line, cells: [source.slice(0, 120)], problem: notJson(source) };
  return { line, cells: names.map((name) => cellOf(value[name])), problem: null };
}

function cellOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function listIn(text: string): unknown[] | null {
  const first = text.trimStart()[0];
  if (first !== "[" && first !== "{") return null;
  const whole = parseJson(text);
  if (Array.isArray(whole)) return whole;
  if (!isObject(whole) || "inputs" in whole) return null;
  for (const name of LISTS) {
    const held = whole[name];
    const list = typeof held === "string" ? parseJson(held) : held;
    if (Array.isArray(list)) return list;
  }
  return null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
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
