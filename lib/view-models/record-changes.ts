import { diffWordsWithSpace } from "diff";
import { type DraftPart, draftParts, type RecordDraft, toContent } from "./record-draft";

/** Names of the parts as the editor shows them. */
const PART_NAMES: Readonly<Record<DraftPart, string>> = {
  turns: "Question",
  fields: "Named fields",
  expected: "A good answer…",
  facts: "Must mention",
  mustNever: "Must never",
  tags: "Tags",
  critical: "Must never fail",
};

interface TextPiece {
  kind: "same" | "added" | "removed";
  text: string;
}

/** A part of a record that two states of it say differently. */
export interface PartChange {
  part: DraftPart;
  name: string;
  /** From the first state to the second, word by word. */
  pieces: TextPiece[];
}

/** Parts that differ, in the order of the editor, each with its difference in words. */
export function prepareChanges(before: RecordDraft, after: RecordDraft): PartChange[] {
  const [old, now] = [textsOf(before), textsOf(after)];
  return draftParts
    .filter((part) => old[part] !== now[part])
    .map((part) => ({ part, name: PART_NAMES[part], pieces: piecesOf(old[part], now[part]) }));
}

/** Names of the parts that differ. */
export function changedParts(before: RecordDraft, after: RecordDraft): DraftPart[] {
  const [old, now] = [textsOf(before), textsOf(after)];
  return draftParts.filter((part) => old[part] !== now[part]);
}

function piecesOf(before: string, after: string): TextPiece[] {
  return diffWordsWithSpace(before, after).map(({ added, removed, value }) => ({
    kind: added ? "added" : removed ? "removed" : "same",
    text: value,
  }));
}

/** Each part as one text: what is compared, and what people read. */
function textsOf(draft: RecordDraft): Record<DraftPart, string> {
  const { inputs, expectations, tags, critical } = toContent(draft);
  const { messages } = inputs;
  const turnText = messages.map(({ role, content }) =>
    messages.length === 1 ? content : `${role === "user" ? "Asked" : "Answered"}: ${content}`,
  );
  const fields = Object.entries(inputs.fields).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    turns: turnText.join("\n"),
    fields: fields.map(([name, text]) => `${name}: ${text}`).join("\n"),
    expected: expectations.expected_response,
    facts: expectations.facts.join("\n"),
    mustNever: expectations.mustNever.join("\n"),
    tags: tags.join(", "),
    critical: critical ? "yes" : "no",
  };
}
