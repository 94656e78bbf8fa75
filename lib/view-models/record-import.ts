import type { ImportLine, ImportPreview, ImportResult } from "@/lib/contracts/records";

const plural = (count: number, one: string, many: string): string =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

/** What a preview says, in sentences: first what would happen, then what would not. */
export function prepareImportSentences({ counts, notices }: ImportPreview): string[] {
  const { new: fresh, changed, duplicate, invalid } = counts;
  const sentences: string[] = [];
  if (fresh > 0) sentences.push(`${plural(fresh, "new record", "new records")}.`);
  if (changed > 0)
    sentences.push(
      `${plural(changed, "record that is there gets", "records that are there get")} what the file says; the old text stays in the history.`,
    );
  if (duplicate > 0)
    sentences.push(`${plural(duplicate, "is", "are")} here already, word for word; nothing changes.`);
  if (invalid > 0)
    sentences.push(
      `${plural(invalid, "line cannot be used; it is", "lines cannot be used; they are")} listed below with the reason.`,
    );
  if (notices > 0) sentences.push(`${plural(notices, "line has", "lines have")} something to look at first.`);
  return sentences.length > 0 ? sentences : ["The file holds no records."];
}

/** What an import has done, in one sentence. */
export function prepareImportResult({ created, updated, skipped, rejected }: ImportResult): string {
  const parts = [
    created > 0 ? plural(created, "record written", "records written") : null,
    updated > 0 ? plural(updated, "changed", "changed") : null,
    skipped > 0 ? plural(skipped, "was here already", "were here already") : null,
    rejected.length > 0 ? plural(rejected.length, "line left out", "lines left out") : null,
  ].filter((part) => part !== null);
  return `${parts.join(", ") || "Nothing to import"}.`;
}

/**
 * The rejected lines as a file to mend and import again: of JSONL the lines as they stood in the source; of a table
 * a list of line, reason and question.
 */
export function prepareRejectedFile(
  source: string,
  format: ImportPreview["format"],
  rejected: readonly ImportLine[],
): { name: string; text: string; type: string } {
  const lines = source.split(/\r\n|\n|\r/);
  const isOneALine = format === "jsonl" && !source.trimStart().startsWith("[");
  if (isOneALine) {
    const text = rejected.map(({ line }) => `${lines[line - 1] ?? ""}\n`).join("");
    return { name: "rejected.jsonl", text, type: "application/x-ndjson" };
  }
  const rows = [
    ["line", "reason", "question"],
    ...rejected.map((one) => [String(one.line), one.problem ?? "", one.question]),
  ];
  const text = rows.map((cells) => cells.map(quoteCell).join(",")).join("\r\n");
  return { name: "rejected.csv", text: `${text}\r\n`, type: "text/csv" };
}

/** A cell that begins like a formula gets an apostrophe: a spreadsheet must not carry out what a file says. */
function quoteCell(cell: string): string {
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return `"${safe.replaceAll('"', '""')}"`;
}
