import { describe, expect, it } from "vitest";
import type { OptimizationRecord } from "@/lib/contracts/records";
import { findContradictions, findThinTags } from "./coverage";

const record = (
  id: string,
  question: string,
  wishes: Partial<OptimizationRecord["expectations"]> = {},
  tags: string[] = [],
  set: OptimizationRecord["set"] = "practice",
) => ({
  id,
  tags,
  set,
  inputs: { v: 1 as const, messages: [{ role: "user" as const, content: question }], fields: {} },
  expectations: { v: 1 as const, expected_response: "", facts: [], mustNever: [], ...wishes },
});

describe("contradictions", () => {
  it("one record that wants and forbids the same, whatever case and signs", () => {
    const [found] = findContradictions(
      [record("a", "Who?", { facts: ["Sample size."], mustNever: ["sample  SIZE"] })],
      [],
    );
    expect(found).toEqual({ recordIds: ["a"], why: "It must mention and must never say “Sample size.”." });
  });

  it("near-duplicates of which one wants what the other forbids, and the same question with other wishes", () => {
    const records = [
      record("a", "Who is hurt?", { facts: ["the left tackle"] }),
      record("b", "Who is hurt now?", { mustNever: ["The left tackle"] }),
      record("c", "Best call?", { expected_response: "Names a blitz." }),
      record("d", "best call", { expected_response: "Names no blitz." }),
      record("e", "Best call?", { expected_response: "names a blitz" }),
    ];
    expect(
      findContradictions(records, [
        ["a", "b"],
        ["c", "d", "e"],
      ]),
    ).toEqual([
      { recordIds: ["a", "b"], why: "One must mention “the left tackle”, the other must never say it." },
      { recordIds: ["c", "d"], why: "They ask the same and say different things of a good answer." },
      { recordIds: ["d", "e"], why: "They ask the same and say different things of a good answer." },
    ]);
  });

  it("different questions may want different things", () => {
    const records = [record("a", "Who?", { facts: ["x"] }), record("b", "Why?", { mustNever: ["x"] })];
    expect(findContradictions(records, [])).toEqual([]);
  });
});

it("tags with few records, fewest first, with how many of them are sealed; records without a tag are counted", () => {
  const many = Array.from({ length: 4 }, (_, at) => record(`m${at}`, `q${at}`, {}, ["blitz"]));
  const records = [
    ...many,
    record("a", "a", {}, ["injuries", "blitz"], "sealed"),
    record("b", "b", {}, ["kicking"]),
    record("c", "c", {}, ["injuries"]),
    record("d", "d"),
  ];
  expect(findThinTags(records, ({ set }) => set)).toEqual({
    thinTags: [
      { tag: "kicking", records: 1, sealed: 0 },
      { tag: "injuries", records: 2, sealed: 1 },
    ],
    untagged: 1,
  });
});
