import { AppError } from "@/lib/contracts/errors";
import type { ColumnRole, ImportColumn, importFormats } from "@/lib/contracts/record-imports";
import { inTurns, TURN_MS } from "../in-turns";
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

/**
 * Every line of a file, each read or with the reason why not. Throws `payload-too-large` above 50 000 lines.
 * @param format where it is known beforehand; else the first character tells
 * @param roles what a person has said of the columns of a table
 * @param turnMs how long it holds the event loop at a time
 */
export async function readImport(
  text: string,
  format: ImportFormat = formatOf(text),
  roles: readonly ColumnRole[] | null = null,
  turnMs = TURN_MS,
): Promise<ReadImport> {
  const { lines, columns, needsColumns } =
    format === "jsonl" ? await readJson(text, roles, turnMs) : readTable(await tableOf(text, turnMs), roles);
  const candidates: ImportCandidate[] = [];
  const bad: BadLine[] = [];
  let count = 0;
  for await (const read of inTurns(lines, turnMs)) {
    count += 1;
    if (count > MAX_LINES) throw tooManyLines();
    if (read.ok) candidates.push(read.candidate);
    else bad.push(read.bad);
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

async function readJson(text: string, roles: readonly ColumnRole[] | null, turnMs: number): Promise<Source> {
  const lines = await jsonLinesOf(text, turnMs);
  const table = await flatTableOf(lines, turnMs);
  if (table) return readTable(table, roles);
  return { lines: readJsonLines(lines), columns: null, needsColumns: false };
}

function tooManyLines(): AppError {
  return new AppError(
    "payload-too-large",
    `The file has more than ${MAX_LINES.toLocaleString("en")} lines. Split it and import the parts one by one. Nothing was imported.`,
  );
}
