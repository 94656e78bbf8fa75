import type { OptimizationRecord } from "@/lib/contracts/records";
import { guardCell } from "./csv-cells";
import { isKnownColumn } from "./import-columns";

const HEAD = ["question", "expected_response", "facts", "must_never", "tags", "critical"] as const;

/**
 * Records as a table for a spreadsheet: one row each, a column for every named field. What a plain cell cannot hold
 * (several turns, outer white space) stands as JSON in the last column, `inputs`, which is there when it is needed.
 */
export function recordsAsCsv(records: readonly OptimizationRecord[]): string {
  const names = new Set(records.filter(isPlain).flatMap(({ inputs }) => Object.keys(inputs.fields)));
  const fields = [...names].sort();
  const hasInputs = records.some((record) => !isPlain(record));
  const rows = records.map((record) => rowOf(record, fields, hasInputs));
  const head = [...HEAD, ...fields, ...(hasInputs ? ["inputs"] : [])];
  return [head, ...rows].map((cells) => `${cells.map(quote).join(",")}\r\n`).join("");
}

/** One question in plain words, and fields that a column can carry. */
function isPlain({ inputs: { messages, fields } }: OptimizationRecord): boolean {
  const [only, ...more] = messages;
  return (
    only?.role === "user" &&
    more.length === 0 &&
    only.content.trim() === only.content &&
    only.content !== "" &&
    !only.content.includes("\r") &&
    Object.entries(fields).every(
      ([name, text]) =>
        text !== "" && !text.includes("\r") && name.trim() === name && name !== "" && !isKnownColumn(name),
    )
  );
}

function rowOf(record: OptimizationRecord, fields: readonly string[], hasInputs: boolean): string[] {
  const { inputs, expectations, tags, critical } = record;
  const plain = isPlain(record);
  return [
    plain ? (inputs.messages[0]?.content ?? "") : "",
    expectations.expected_response,
    listCell(expectations.facts, "|"),
    listCell(expectations.mustNever, "|"),
    listCell(tags, "|,"),
    critical ? "yes" : "no",
    ...fields.map((name) => (plain ? (inputs.fields[name] ?? "") : "")),
    ...(hasInputs ? [plain ? "" : JSON.stringify({ messages: inputs.messages, fields: inputs.fields })] : []),
  ];
}

/** Parted by bars where the reader of the file will part them the same way, else as a JSON list. */
function listCell(items: readonly string[], separators: string): string {
  const isOdd = (item: string): boolean =>
    item.trim() !== item ||
    item === "" ||
    item.includes("\r") ||
    [...separators].some((mark) => item.includes(mark));
  const joined = items.join(" | ");
  return items.some(isOdd) || joined.startsWith("[") ? JSON.stringify(items) : joined;
}

function quote(cell: string): string {
  const safe = guardCell(cell);
  return /[",\r\n]/.test(safe) || safe.trim() !== safe ? `"${safe.replaceAll('"', '""')}"` : safe;
}
