import { describe, expect, it } from "vitest";
import { parseVerdict } from "./parse";
import { ONE_TO_FIVE, PASS_FAIL, verdictReply } from "./testing/fake-judge";
import type { Scale } from "./types";

const ORDERED: Scale = { kind: "categories", ordered: true, values: ["poor", "fair", "good"] };

function readValueOf(scale: Scale, reply: string): unknown {
  const parsed = parseVerdict(scale, reply);
  return parsed.ok ? parsed.value.value : `problem: ${parsed.problem}`;
}

describe("parsing a verdict", () => {
  it("PA1 a reply is one JSON object; white space, one Markdown fence and a leading think block are tolerated", () => {
    for (const reply of [
      verdictReply(4),
      `  \n${verdictReply(4)}\n`,
      `\`\`\`json\n${verdictReply(4)}\n\`\`\``,
      `\`\`\`\n${verdictReply(4)}\n\`\`\`\n`,
      `<think>Is it 2? {"value": 2}</think>\n${verdictReply(4)}`,
    ])
      expect(readValueOf(ONE_TO_FIVE, reply)).toBe(4);
  });

  it("PA1 anything else is a problem in words, never guessed at", () => {
    for (const [reply, words] of [
      ["", "empty"],
      ["4", "not an object"],
      ["[4]", "not an object"],
      ["null", "not an object"],
      ["I would say 4 of 5.", "not JSON"],
      [`Here it is: ${verdictReply(4)}`, "not JSON"],
      [`${verdictReply(4)} ${verdictReply(2)}`, "not JSON"],
      ['{"rationale": "cut off', "not JSON"],
      ['{"rationale": "x", "value": NaN}', "not JSON"],
    ] as const)
      expect(readValueOf(ONE_TO_FIVE, reply)).toContain(words);
  });

  it("PA2 the rationale is a text that is not empty", () => {
    expect(readValueOf(ONE_TO_FIVE, '{"value": 4}')).toContain("rationale");
    expect(readValueOf(ONE_TO_FIVE, verdictReply(4, "  "))).toContain("rationale");
    expect(readValueOf(ONE_TO_FIVE, '{"rationale": 3, "value": 4}')).toContain("rationale");
  });

  it("PA3 a text counts as a number only when it is nothing but a plain decimal", () => {
    expect([" 4 ", "4.0", "+4"].map((text) => readValueOf(ONE_TO_FIVE, verdictReply(text)))).toEqual([
      4, 4, 4,
    ]);
    for (const text of ["4/5", "four", "4 of 5", "0x4", "4e0", "", "NaN", "Infinity"]) {
      expect(readValueOf(ONE_TO_FIVE, verdictReply(text))).toContain("no grade of the scale");
    }
  });

  it("PA3 booleans may come as true and false or as their labels; 1 and 0 are neither", () => {
    expect(
      [true, "true", "FALSE", "Pass", "fail"].map((value) => readValueOf(PASS_FAIL, verdictReply(value))),
    ).toEqual([true, true, false, true, false]);
    expect(readValueOf(PASS_FAIL, verdictReply(1))).toContain("true or false");
  });

  it("PA3 categories may differ in case and blanks", () => {
    expect(readValueOf(ORDERED, verdictReply(" Good "))).toBe("good");
    expect(readValueOf(ORDERED, verdictReply("great"))).toContain('"poor", "fair", "good"');
  });

  it("PA4 out of range, between two grades, missing or null: a problem that lists what is allowed, never a default", () => {
    for (const value of [0, 6, 2.5, -1, 1e9, null, [], {}, true]) {
      expect(readValueOf(ONE_TO_FIVE, verdictReply(value))).toMatch(/must be one of 1, 2, 3, 4, 5/);
    }
    expect(readValueOf(ONE_TO_FIVE, '{"rationale": "x"}')).toContain("missing");
  });

  it("PA5 rounding of binary fractions is no reason to refuse", () => {
    expect(
      readValueOf(
        { kind: "numeric", min: 0, max: 1, step: 0.1 },
        '{"rationale": "x", "value": 0.30000000000000004}',
      ),
    ).toBe(0.3);
  });
});
