import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OptimizationRecord } from "@/lib/contracts/records";
import { recordsAsCsv } from "./export-csv";
import { readImport } from "./read-import";
import { createRecordsWorld, PROJECT } from "./testing/records-world";

const text = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 12 }),
    fc.constantFrom(
      "=1+1",
      "'=x",
      "-5 yards",
      " spaced ",
      "a|b",
      "a,b",
      'say "no"',
      "two\nlines",
      "cr\rlf\r\n",
      "[1]",
      "日本語 🏈",
    ),
  )
  .map((value) => value.toWellFormed());
const words = text.filter((value) => value.trim() !== "");
const tag = words.map((value) => value.trim().slice(0, 60).trim()).filter((value) => value !== "");

const record = fc.record({
  messages: fc.oneof(
    words.map((content) => [{ role: "user" as const, content }]),
    fc.tuple(words, text, words).map(([first, answer, last]) => [
      { role: "user" as const, content: first },
      { role: "assistant" as const, content: answer },
      { role: "user" as const, content: last },
    ]),
  ),
  fields: fc.dictionary(fc.oneof(text, fc.constantFrom("team", "tags", "question", " week")), text, {
    maxKeys: 3,
    noNullPrototype: true,
  }),
  expected: fc.oneof(fc.constant(""), text),
  facts: fc.array(text, { maxLength: 3 }),
  mustNever: fc.array(text, { maxLength: 2 }),
  tags: fc.uniqueArray(tag, { maxLength: 3 }),
  critical: fc.boolean(),
});

type Drawn = typeof record extends fc.Arbitrary<infer Value> ? Value : never;

function toRecord(drawn: Drawn, index: number): OptimizationRecord {
  return {
    id: `rec_${index}`,
    projectId: PROJECT,
    set: "unassigned",
    critical: drawn.critical,
    archived: false,
    tags: drawn.tags,
    inputs: { v: 1, messages: drawn.messages, fields: drawn.fields },
    expectations: { v: 1, expected_response: drawn.expected, facts: drawn.facts, mustNever: drawn.mustNever },
    revision: 1,
    source: "written",
    createdAt: index,
    updatedAt: index,
    updatedBy: "Ray",
  };
}

describe("records as CSV", () => {
  it("whatever is in them, reading the file gives the same records back", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 6 }), async (drawn) => {
        const records = drawn.map(toRecord);
        const { candidates, bad } = await readImport(recordsAsCsv(records), "csv");
        expect(bad).toEqual([]);
        expect(
          candidates.map(({ inputs, expectations, tags, critical }) => ({
            inputs,
            expectations,
            tags,
            critical,
          })),
        ).toEqual(
          records.map(({ inputs, expectations: { v: _, ...rest }, tags, critical }) => ({
            inputs,
            expectations: { ...rest, expected_response: rest.expected_response.trim() },
            tags,
            critical,
          })),
        );
      }),
      { numRuns: 150 },
    );
  });

  it("exported and imported again, nothing changes, in both formats", async () => {
    const world = createRecordsWorld();
    const [first, ...rest] = fc.sample(record, { numRuns: 25, seed: 7 });
    for (const drawn of [first, ...rest]) {
      if (!drawn) continue;
      const { inputs, expectations, tags, critical } = toRecord(drawn, 0);
      world.records.create(world.ray, PROJECT, { inputs, expectations, tags, critical });
    }
    for (const format of ["csv", "jsonl"] as const) {
      const file = world.records.exportFile(world.ray, PROJECT, format, null);
      const { counts } = await world.imports.preview(world.ray, PROJECT, new TextEncoder().encode(file.text));
      expect([format, counts]).toEqual([format, { new: 0, changed: 0, duplicate: 25, invalid: 0 }]);
    }
    world.database.close();
  });
});
