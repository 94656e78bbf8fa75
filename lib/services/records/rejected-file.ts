import type { ImportLine, importFormats } from "@/lib/contracts/record-imports";
import { inTurns } from "../in-turns";
import { guardCell } from "./csv-cells";
import { type CsvRow, csvRows, separatorOf } from "./parse-csv";

export interface RejectedFile {
  name: string;
  type: string;
  text: string;
}

/**
 * The rejected lines of a file as a file to mend and import again. Of a table the rows as they stood, each with the
 * reason in a last column that an import leaves out; of JSON lines objects with the line, the reason and the source.
 */
export async function rejectedFileOf(
  text: string,
  format: (typeof importFormats)[number],
  rejected: readonly ImportLine[],
): Promise<RejectedFile> {
  if (format === "csv") return tableFile(text, rejected);
  const lines = text.trimStart().startsWith("[") ? [] : text.split(/\r\n|\n|\r/);
  const rows = rejected.map(({ line, problem, question }) =>
    JSON.stringify({ line, reason: problem, source: lines[line - 1] ?? question }),
  );
  return {
    name: "rejected.jsonl",
    type: "application/x-ndjson; charset=utf-8",
    text: rows.map((row) => `${row}\n`).join(""),
  };
}

async function tableFile(text: string, rejected: readonly ImportLine[]): Promise<RejectedFile> {
  const reasons = new Map(rejected.map(({ line, problem }) => [line, problem ?? ""]));
  let head: CsvRow | null = null;
  const rows: CsvRow[] = [];
  for await (const row of inTurns(csvRows(text, separatorOf(text)))) {
    head ??= row;
    if (reasons.has(row.line)) rows.push(row);
  }
  const width = Math.max(head?.cells.length ?? 0, 1);
  const names = head && !reasons.has(head.line) ? head.cells : Array.from({ length: width }, () => "");
  const bad = rows.map(({ line, cells }) => {
    const kept = cells.slice(0, width);
    const rest = cells.slice(width).filter((cell) => cell.trim() !== "");
    const filled = [...kept, ...Array.from({ length: width - kept.length }, () => "")];
    // what stood beyond the last column is kept in it, not lost
    if (rest.length > 0) filled[width - 1] = [filled[width - 1], ...rest].join(", ");
    return [...filled, reasons.get(line) ?? "", String(line)];
  });
  const all = [[...names, "reason_left_out", "line_left_out"], ...bad];
  const csv = all.map((cells) => `${cells.map(quote).join(",")}\r\n`).join("");
  return { name: "rejected.csv", type: "text/csv; charset=utf-8", text: csv };
}

/** Cells of the file itself are given back as they were; only what a spreadsheet would carry out is guarded. */
function quote(cell: string): string {
  return `"${guardCell(cell).replaceAll('"', '""')}"`;
}
