import type { Expectations, Message, OptimizationRecord, RecordRevision } from "@/lib/contracts/records";

/** A part of a list that the editor shows; the key names it while it moves. */
export interface DraftItem {
  key: string;
  text: string;
}

export interface DraftTurn extends DraftItem {
  role: Message["role"];
}

export interface DraftField extends DraftItem {
  name: string;
}

/** A record as the editor holds it: as it was typed, with empty lines that are not saved. */
export interface RecordDraft {
  turns: readonly DraftTurn[];
  fields: readonly DraftField[];
  expected: string;
  facts: readonly DraftItem[];
  mustNever: readonly DraftItem[];
  tags: readonly string[];
  critical: boolean;
}

/** What a save sends. */
export type RecordContent = Pick<OptimizationRecord, "inputs" | "expectations" | "tags" | "critical">;

/** Names of the parts of a record, in the order of the editor. */
export const draftParts = ["turns", "fields", "expected", "facts", "mustNever", "tags", "critical"] as const;
export type DraftPart = (typeof draftParts)[number];

/** An empty record: one question that nobody has typed yet, and a line for each field that the prompt asks for. */
export function emptyDraft(fieldNames: readonly string[] = []): RecordDraft {
  return {
    turns: [{ key: "turn-0", role: "user", text: "" }],
    fields: fieldNames.map((name, index) => ({ key: `field-${index}`, name, text: "" })),
    expected: "",
    facts: [],
    mustNever: [],
    tags: [],
    critical: false,
  };
}

/** @param fieldNames fields that the prompt asks for; they get a line even when the record has none */
export function toDraft(
  record: RecordContent | RecordRevision,
  fieldNames: readonly string[] = [],
): RecordDraft {
  const { inputs, expectations, tags, critical } = record;
  const turns = inputs.messages.map(({ role, content }, index) => ({
    key: `turn-${index}`,
    role,
    text: content,
  }));
  const names = [...new Set([...Object.keys(inputs.fields), ...fieldNames])];
  return {
    turns: turns.length > 0 ? turns : emptyDraft().turns,
    fields: names.map((name, index) => ({ key: `field-${index}`, name, text: inputs.fields[name] ?? "" })),
    expected: expectations.expected_response,
    facts: toItems(expectations.facts, "fact"),
    mustNever: toItems(expectations.mustNever, "never"),
    tags: [...tags],
    critical,
  };
}

/** What is saved of a draft: empty turns at the end, empty lines and unnamed fields are left out. */
export function toContent(draft: RecordDraft): RecordContent {
  const messages = draft.turns.map(({ role, text }) => ({ role, content: text }));
  while (messages.length > 0 && messages.at(-1)?.content.trim() === "") messages.pop();
  const fields = draft.fields.filter(({ name, text }) => name.trim() !== "" && text !== "");
  return {
    inputs: {
      v: 1,
      messages,
      fields: Object.fromEntries(fields.map(({ name, text }) => [name.trim(), text])),
    },
    expectations: {
      v: 1,
      expected_response: draft.expected,
      facts: toTexts(draft.facts),
      mustNever: toTexts(draft.mustNever),
    },
    tags: [...draft.tags],
    critical: draft.critical,
  };
}

/** Whether a save of one would be the save of the other. */
export function isSameContent(a: RecordDraft, b: RecordDraft): boolean {
  return JSON.stringify(sortedFields(toContent(a))) === JSON.stringify(sortedFields(toContent(b)));
}

/** Whether anybody has typed anything worth keeping: a new record is made only then. */
export function isWorthKeeping(draft: RecordDraft): boolean {
  const { inputs, expectations } = toContent(draft);
  const texts = [...inputs.messages.map((message) => message.content), ...Object.values(inputs.fields)];
  return [...texts, expectations.expected_response, ...expectations.facts, ...expectations.mustNever].some(
    (text) => text.trim() !== "",
  );
}

/** What names a record: the last question in it. */
export function titleOf(draft: RecordDraft): string {
  const asked = draft.turns.findLast(({ role, text }) => role === "user" && text.trim() !== "");
  return (asked?.text ?? "").trim().replace(/\s+/g, " ");
}

/** The draft with what somebody proposes a good answer does; what it says already stays, each note once. */
export function withExpectations(draft: RecordDraft, proposed: Expectations): RecordDraft {
  const expected = [draft.expected.trim(), proposed.expected_response].filter((text) => text !== "");
  const added = (
    list: readonly DraftItem[],
    texts: readonly string[],
    kind: string,
  ): readonly DraftItem[] => {
    const all = [...list];
    for (const text of texts) {
      if (!all.some((item) => item.text.trim() === text)) all.push({ key: freshKey(all, kind), text });
    }
    return all;
  };
  return {
    ...draft,
    expected: [...new Set(expected)].join("\n"),
    facts: added(draft.facts, proposed.facts, "fact"),
    mustNever: added(draft.mustNever, proposed.mustNever, "never"),
  };
}

/** A key that no item of the list has. */
export function freshKey(list: readonly DraftItem[], kind: string): string {
  const numbers = list.map(({ key }) => Number(/-(\d+)$/.exec(key)?.[1] ?? 0));
  return `${kind}-${Math.max(-1, ...numbers) + 1}`;
}

/** The list with the item one place up (-1) or down (+1); the same list at its ends. */
export function moveItem<Item extends DraftItem>(
  list: readonly Item[],
  key: string,
  by: -1 | 1,
): readonly Item[] {
  return placeItem(list, key, list.findIndex((item) => item.key === key) + by);
}

/** The list with the item at another place, counted from 0; the same list when there is no such place or item. */
export function placeItem<Item extends DraftItem>(
  list: readonly Item[],
  key: string,
  to: number,
): readonly Item[] {
  const item = list.find((one) => one.key === key);
  if (item === undefined || to < 0 || to >= list.length || list[to] === item) return list;
  const rest = list.filter((other) => other !== item);
  return [...rest.slice(0, to), item, ...rest.slice(to)];
}

/** The list without the item. */
export function removeItem<Item extends DraftItem>(list: readonly Item[], key: string): readonly Item[] {
  return list.filter((item) => item.key !== key);
}

/** The list with a change to one item. */
export function changeItem<Item extends DraftItem>(
  list: readonly Item[],
  key: string,
  change: Partial<Item>,
): readonly Item[] {
  return list.map((item) => (item.key === key ? { ...item, ...change } : item));
}

/** A tag as it is kept, or what is wrong with it. */
export function readTag(text: string, tags: readonly string[]): { tag: string } | { problem: string } {
  const tag = text.trim();
  if (tag === "") return { problem: "Type a tag first." };
  if (tag.length > 60) return { problem: "A tag has 60 characters at most." };
  if (tags.includes(tag)) return { problem: `"${tag}" is there already.` };
  return tags.length >= 30 ? { problem: "A record has 30 tags at most." } : { tag };
}

function toItems(texts: readonly string[], kind: string): DraftItem[] {
  return texts.map((text, index) => ({ key: `${kind}-${index}`, text }));
}

function toTexts(items: readonly DraftItem[]): string[] {
  return items.map(({ text }) => text.trim()).filter((text) => text !== "");
}

function sortedFields(content: RecordContent): RecordContent {
  const fields = Object.fromEntries(
    Object.entries(content.inputs.fields).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  return { ...content, inputs: { ...content.inputs, fields } };
}
