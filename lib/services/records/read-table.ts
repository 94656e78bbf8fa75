import type { ColumnRole, ImportColumn } from "@/lib/contracts/record-imports";
import { inTurns } from "../in-turns";
import { unguardCell } from "./csv-cells";
import { describeColumns, guessColumns } from "./import-columns";
import { type ReadLine, readImportLine } from "./import-line";
import { type CsvRow, csvRows, separatorOf } from "./parse-csv";

/** Rows under named columns, whether they came as CSV or as flat JSON objects. */
export interface ImportTable {
  names: string[];
  rows: readonly CsvRow[];
}

export interface ReadTable {
  columns: ImportColumn[];
  /** None of the columns is the question. */
  needsColumns: boolean;
  lines: Iterable<ReadLine>;
}

/** Rows that a page shows values of. */
const LOOKED_AT = 20;

/** Columns by the names in the first row; one or two columns may do without names: question, what a good answer does. */
export async function tableOf(text: string, turnMs: number): Promise<ImportTable> {
  const rows: CsvRow[] = [];
  for await (const row of inTurns(csvRows(text, separatorOf(text)), turnMs)) rows.push(row);
  const [head] = rows;
  const names = (head?.cells ?? []).map((cell) => unguardCell(cell.trim()));
  if (!guessColumns(names).some(isAsked) && names.length <= 2 && head)
    return { names: ["question", "expected_response"].slice(0, Math.max(1, names.length)), rows };
  return { names, rows: rows.slice(1) };
}

/** @param chosen what a person has said of the columns; null = by their names */
export function readTable({ names, rows }: ImportTable, chosen: readonly ColumnRole[] | null): ReadTable {
  const roles = names.map((_, index) => chosen?.[index] ?? guessColumns(names)[index] ?? "field");
  const needsColumns = !roles.some(isAsked);
  const columns = describeColumns(
    names,
    roles,
    rows.slice(0, LOOKED_AT).map(({ cells }) => cells),
  );
  return { columns, needsColumns, lines: needsColumns ? [] : readRows(names, roles, rows) };
}

function isAsked(role: ColumnRole): boolean {
  return role === "question" || role === "inputs";
}

function* readRows(
  names: readonly string[],
  roles: readonly ColumnRole[],
  rows: readonly CsvRow[],
): Generator<ReadLine> {
  for (const row of rows) {
    const extra = row.cells.slice(names.length);
    if (row.problem !== null) yield badRow(row, row.problem);
    else if (extra.some((cell) => cell.trim() !== "")) {
      const counts = `The row has ${row.cells.length} cells, the first row has ${names.length}.`;
      yield badRow(row, `${counts} A text with a comma in it stands in quotation marks.`);
    } else yield readRow(row, names, roles);
  }
}

function readRow(row: CsvRow, names: readonly string[], roles: readonly ColumnRole[]): ReadLine {
  const parts: Partial<Record<ColumnRole, string>> = {};
  const fields: Record<string, string> = {};
  for (const [index, role] of roles.entries()) {
    const cell = unguardCell(row.cells[index] ?? "");
    const name = names[index] ?? "";
    if (role === "field") {
      if (name !== "" && cell !== "") fields[name] = cell;
    } else if (role !== "leave-out") parts[role] = cell.trim();
  }
  const critical = parts.critical === undefined ? undefined : flagOf(parts.critical);
  if (critical === null) return badRow(row, `"${parts.critical}" says neither yes nor no.`);
  const given = parts.inputs === undefined || parts.inputs === "" ? null : jsonOf(parts.inputs);
  if (given === undefined) return badRow(row, "What stands under inputs is no JSON.");
  const expectations: Record<string, unknown> = {};
  if (parts.expected_response !== undefined) expectations.expected_response = parts.expected_response;
  if (parts.facts !== undefined) expectations.facts = listOf(parts.facts, /\|/);
  if (parts.must_never !== undefined) expectations.mustNever = listOf(parts.must_never, /\|/);
  const value = {
    inputs: given ?? { question: parts.question ?? "", fields },
    expectations,
    tags: parts.tags === undefined ? undefined : listOf(parts.tags, /[|,]/),
    critical,
  };
  return readImportLine(value, row.line);
}

/** Parted by the separator, or a JSON list of texts. */
function listOf(cell: string, separator: RegExp): string[] {
  const list = cell.startsWith("[") ? jsonOf(cell) : undefined;
  if (Array.isArray(list) && list.every((item) => typeof item === "string")) return list;
  return cell
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** Undefined when it is none. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // told to the caller as undefined
    return undefined;
  }
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
