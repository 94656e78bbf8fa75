import type { BulkResult } from "@/lib/contracts/record-bulk";

/** What was done to many records at once. */
export type BulkKind =
  | { kind: "tagged" | "untagged"; tag: string }
  | { kind: "archived" | "brought-back" | "undone" };

/** What has become of an act on many records, in one or two sentences. */
export function bulkWords(what: BulkKind, { changed, unchanged, full }: BulkResult): string {
  const sentences = [mainSentence(what, changed)];
  if (unchanged > 0 && changed > 0) {
    const why = what.kind === "undone" ? "changed since and left as it is" : "so already";
    sentences.push(`${count(unchanged)} ${unchanged === 1 ? "was" : "were"} ${why}.`);
  }
  if (full > 0) sentences.push(`${count(full)} ${full === 1 ? "has" : "have"} 30 tags already and got none.`);
  return sentences.join(" ");
}

function mainSentence(what: BulkKind, changed: number): string {
  const records = `${count(changed)} ${changed === 1 ? "record" : "records"}`;
  if (changed === 0)
    return what.kind === "undone" ? "Nothing to take back." : "Nothing to change: they are so already.";
  switch (what.kind) {
    case "tagged":
      return `“${what.tag}” added to ${records}.`;
    case "untagged":
      return `“${what.tag}” taken from ${records}.`;
    case "archived":
      return `${records} archived.`;
    case "brought-back":
      return `${records} brought back.`;
    case "undone":
      return `${records} as before.`;
  }
}

function count(number: number): string {
  return number.toLocaleString("en");
}
