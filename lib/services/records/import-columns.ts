import type { ColumnRole, ImportColumn } from "@/lib/contracts/record-imports";

/** Names that people and other tools give to columns, in lower case. */
const ROLES: Readonly<Record<string, ColumnRole>> = {
  question: "question",
  questions: "question",
  input: "question",
  prompt: "question",
  query: "question",
  expected_response: "expected_response",
  "expected response": "expected_response",
  expectation: "expected_response",
  "a good answer": "expected_response",
  "what a good answer does": "expected_response",
  facts: "facts",
  expected_facts: "facts",
  "must mention": "facts",
  must_never: "must_never",
  mustnever: "must_never",
  "must never": "must_never",
  tags: "tags",
  tag: "tags",
  critical: "critical",
  "must never fail": "critical",
  inputs: "inputs",
  messages: "inputs",
  reason_left_out: "leave-out",
  line_left_out: "leave-out",
};

const SAMPLES = 3;
const SAMPLE_CHARS = 80;

/** Whether a column of this name is read as something else than a named field. */
export function isKnownColumn(name: string): boolean {
  return ROLES[name.trim().toLowerCase()] !== undefined;
}

/** What each column probably is, by its name; the first of a kind has it, a second one becomes a named field. */
export function guessColumns(names: readonly string[]): ColumnRole[] {
  const taken = new Set<ColumnRole>();
  return names.map((name) => {
    const role = ROLES[name.trim().toLowerCase()];
    if (name.trim() === "") return "leave-out";
    if (role === undefined || (role !== "leave-out" && taken.has(role))) return "field";
    taken.add(role);
    return role;
  });
}

/** Columns as a page shows them, with a few values each. */
export function describeColumns(
  names: readonly string[],
  roles: readonly ColumnRole[],
  rows: readonly (readonly string[])[],
): ImportColumn[] {
  return names.map((name, index) => ({
    name,
    role: roles[index] ?? "field",
    samples: rows
      .map((cells) => (cells[index] ?? "").trim().replace(/\s+/g, " "))
      .filter((text) => text !== "")
      .slice(0, SAMPLES)
      .map((text) => (text.length <= SAMPLE_CHARS ? text : `${text.slice(0, SAMPLE_CHARS - 1)}…`)),
  }));
}
