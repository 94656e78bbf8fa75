import type { OptimizationRecord, RecordRow } from "@/lib/contracts/records";

/** A row of the table after its record was saved, until the server tells it anew. */
export function prepareRow(record: OptimizationRecord, before: Pick<RecordRow, "lastGrade">): RecordRow {
  const { inputs, expectations } = record;
  const asked = inputs.messages.findLast(({ role, content }) => role === "user" && content.trim() !== "");
  const question = (asked?.content ?? "").trim().replace(/\s+/g, " ").slice(0, 500);
  const expected = [expectations.expected_response, ...expectations.facts, ...expectations.mustNever];
  const needsWork = question === "" || expected.every((text) => text.trim() === "");
  return { ...record, question, needsWork, lastGrade: before.lastGrade };
}

/** What a good answer does, in one line: the sentence, else what it must mention, else what it must never do. */
export function expectationLine({ expectations }: Pick<RecordRow, "expectations">): string {
  const { expected_response, facts, mustNever } = expectations;
  if (expected_response.trim() !== "") return expected_response.trim().replace(/\s+/g, " ");
  if (facts.length > 0) return `Must mention ${facts.join(", ")}`;
  return mustNever.length > 0 ? `Must never ${mustNever.join(", ")}` : "";
}
