import { describe, expect, it } from "vitest";
import { validateJson } from "./json-schema";
import { renderSteps } from "./render";
import { applyRule, ruleProblems } from "./rules";
import { oneCase } from "./testing/fake-judge";
import type { RuleSpec } from "./types";

function outcome(rule: RuleSpec, outputs: string, steps: string | null = null): boolean | string {
  const verdict = applyRule(rule, oneCase({ outputs, steps }));
  return verdict.status === "graded" ? verdict.normalised === 1 && verdict.value === true : verdict.cause;
}

describe("rule judges", () => {
  it("RJ2 contains and never contains, with and without case", () => {
    expect(outcome({ kind: "contains", text: "Zone", caseSensitive: false }, "inside zone")).toBe(true);
    expect(outcome({ kind: "contains", text: "Zone", caseSensitive: true }, "inside zone")).toBe(false);
    expect(outcome({ kind: "never-contains", text: "guess", caseSensitive: false }, "I GUESS so")).toBe(
      false,
    );
    expect(outcome({ kind: "never-contains", text: "guess", caseSensitive: false }, "They run.")).toBe(true);
  });

  it("RJ2 length counts words", () => {
    const rule: RuleSpec = { kind: "length", minWords: 2, maxWords: 3 };
    expect(["", "one", "one two", "a  b\nc", "a b c d"].map((text) => outcome(rule, text))).toEqual([
      false,
      false,
      true,
      true,
      false,
    ]);
  });

  it("RJ2 tools: called or not; an agent that does not say cannot be judged", () => {
    const steps = renderSteps([{ tool: "look_up", arguments: "{}", result: "1. book", ms: null }]);
    expect(outcome({ kind: "tool-called", tool: "look_up", expected: true }, "", steps)).toBe(true);
    expect(outcome({ kind: "tool-called", tool: "book", expected: true }, "", steps)).toBe(false);
    expect(outcome({ kind: "tool-called", tool: "book", expected: false }, "", renderSteps([]))).toBe(true);
    expect(outcome({ kind: "tool-called", tool: "book", expected: false }, "", null)).toContain(
      "does not say",
    );
  });

  it("RJ2 a schema: text that is not JSON fails the answer, not the judge", () => {
    const schema = {
      type: "object",
      properties: {
        n: { type: "integer", minimum: 1 },
        tags: { type: "array", items: { enum: ["a", "b"] }, maxItems: 2 },
      },
      required: ["n"],
      additionalProperties: false,
    };
    const rule: RuleSpec = { kind: "json-schema", schema };
    expect(['{"n":1}', '{"n":2,"tags":["a"]}'].map((text) => outcome(rule, text))).toEqual([true, true]);
    expect(
      [
        "prose",
        "{}",
        '{"n":0}',
        '{"n":1.5}',
        '{"n":1,"x":2}',
        '{"n":1,"tags":["c"]}',
        '{"n":1,"tags":["a","a","b"]}',
        "[]",
      ].map((text) => outcome(rule, text)),
    ).toEqual(Array(8).fill(false));
    expect(validateJson(schema, { n: 0 })).toEqual(["The answer.n must be at least 1."]);
  });

  it("RJ4 combined schemas are obeyed, and one with an unknown word is refused", () => {
    const schema = { anyOf: [{ const: null }, { type: "string", minLength: 2 }], not: { const: "no" } };
    expect([null, "yes"].map((value) => validateJson(schema, value))).toEqual([[], []]);
    expect([1, "x", "no"].every((value) => validateJson(schema, value).length > 0)).toBe(true);
    expect(
      ruleProblems({ kind: "json-schema", schema: { type: "object", patternProperties: {} } })[0],
    ).toContain('"patternProperties"');
    expect(ruleProblems({ kind: "json-schema", schema: { properties: { a: { $ref: "#" } } } })[0]).toContain(
      "schema.a",
    );
    expect(outcome({ kind: "json-schema", schema: "x" }, "{}")).toContain("cannot be used");
  });

  it("RJ1 rules that say nothing are refused", () => {
    expect(ruleProblems({ kind: "contains", text: " ", caseSensitive: true })).toHaveLength(1);
    expect(ruleProblems({ kind: "length", minWords: null, maxWords: null })).toHaveLength(1);
    expect(ruleProblems({ kind: "length", minWords: 5, maxWords: 2 })).toHaveLength(1);
    expect(ruleProblems({ kind: "length", minWords: 1.5, maxWords: null })).toHaveLength(1);
    expect(ruleProblems({ kind: "tool-called", tool: "", expected: true })).toHaveLength(1);
    expect(ruleProblems({ kind: "pattern", pattern: "(" })[0]).toContain("cannot be read");
  });

  it("RJ3 patterns that could take for ever are refused, ordinary ones are not", () => {
    for (const pattern of ["(a+)+$", "(a|aa)*b", "((ab)*)*", "(x{2,})+", "(\\w+\\s?)*"])
      expect(ruleProblems({ kind: "pattern", pattern })[0]).toContain("for ever");
    for (const pattern of ["^\\d+ of \\d+", "(ab)+", "[(+]+", "(a|b)c", "\\(+"])
      expect(ruleProblems({ kind: "pattern", pattern })).toEqual([]);
    expect(outcome({ kind: "pattern", pattern: "^\\d+ of \\d+" }, "3 of 4 plays")).toBe(true);
  });
});
