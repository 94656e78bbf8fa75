import type { ColumnRole, ImportPreview, ImportResult } from "@/lib/contracts/record-imports";

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
export function prepareImportResult({
  created,
  updated,
  skipped,
  invalid,
}: Omit<ImportResult, "rejected">): string {
  const parts = [
    created > 0 ? plural(created, "record written", "records written") : null,
    updated > 0 ? plural(updated, "changed", "changed") : null,
    skipped > 0 ? plural(skipped, "was here already", "were here already") : null,
    invalid > 0 ? plural(invalid, "line left out", "lines left out") : null,
  ].filter((part) => part !== null);
  return `${parts.join(", ") || "Nothing to import"}.`;
}

/** What a column can be read as, in the words of the record's form. */
export const COLUMN_WORDS: Readonly<Record<ColumnRole, string>> = {
  question: "Question",
  expected_response: "A good answer…",
  facts: "Must mention… (parted by |)",
  must_never: "Must never… (parted by |)",
  tags: "Tags (parted by | or ,)",
  critical: "Must never fail (yes or no)",
  inputs: "Conversation (JSON)",
  field: "A named field",
  "leave-out": "Left out",
};
