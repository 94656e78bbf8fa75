import { setImmediate as nextTurn } from "node:timers/promises";
import { AppError } from "@/lib/contracts/errors";
import type { ColumnRole, ImportColumn, importFormats } from "@/lib/contracts/record-imports";
import type { BadLine, ImportCandidate, ReadLine } from "./import-line";
import { flatTableOf, jsonLinesOf, readJsonLines } from "./read-json";
import { readTable, tableOf } from "./read-table";

type ImportFormat = (typeof importFormats)[number];

export interface ReadImport {
  format: ImportFormat;
  /** Null where lines name their parts themselves. */
  columns: ImportColumn[] | null;
  needsColumns: boolean;
  candidates: ImportCandidate[];
  bad: BadLine[];
}

const MAX_LINES = 50_000;
/** Lines between two moments in which the server can answer others. */
const LINES_A_TURN = 500;

/**
 * Every line of a file, each read or with the reason why not. Throws `payload-too-large` above 50 000 lines.
 * @param format where it is known beforehand; else the first character tells
 * @param roles what a person has said of the columns of a table
 */
export async function readImport(
  text: string,
  format: ImportFormat = formatOf(text),
  roles: readonly ColumnRole[] | null = null,
): Promise<ReadImport> {
  const { lines, columns, needsColumns } =
    format === "jsonl" ? readJson(text, roles) : readTable(tableOf(text), roles);
  const candidates: ImportCandidate[] = [];
  const bad: BadLine[] = [];
  let count = 0;
  for (const read of lines) {
    count += 1;
    if (count > MAX_LINES) throw tooManyLines();
    if (read.ok) candidates.push(read.candidate);
    else bad.push(read.bad);
    if (count % LINES_A_TURN === 0) await nextTurn();
  }
  return { format, columns, needsColumns, candidates, bad };
}

function formatOf(text: string): ImportFormat {
  return /^\s*[{[]/.test(text) ? "jsonl" : "csv";
}

interface Source {
  lines: Iterable<ReadLine>;
  columns: ImportColumn[] | null;
  needsColumns: boolean;
}

function readJson(text: string, roles: readonly ColumnRole[] | null): Source {
  const lines = jsonLinesOf(text);
  const table = flatTableOf(lines);
  if (table) return readTable(table, roles);
  return { lines: readJsonLines(lines), columns: null, needsColumns: false };
}

function tooManyLines(): AppError {
  return new AppError(
    "payload-too-large",
    `The file has more than ${MAX_LINES.toLocaleString("en")} lines. Split it and import the parts one by one. Nothing was imported.`,
  );
}
