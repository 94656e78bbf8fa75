import { describe, expect, it } from "vitest";
import { type DraftPart, preparePrompt, promptProblem } from "./prompt-parts";

const part = (name: string, text: string): DraftPart => ({ key: name, name, text });

describe("a prompt of several parts", () => {
  it("keeps the parts in their order; the only one gets the usual name", () => {
    expect(preparePrompt([part("rules", "Be brief."), part("tools", "Ask first.")])).toEqual({
      components: { rules: "Be brief.", tools: "Ask first." },
      layout: ["rules", "tools"],
    });
    expect(preparePrompt([part("", "Be brief.")])).toEqual({
      components: { system: "Be brief." },
      layout: ["system"],
    });
  });

  it.each([
    ["", [part("a", "x")], "Give the prompt a name: agents fetch it by that."],
    ["two words", [part("a", "x")], "The name takes letters, digits, dot, dash and underscore."],
    ["p", [part("", " ")], "Write the text first."],
    ["p", [part("a", "x"), part(" ", "y")], "Part 2 has no name yet."],
    ["p", [part("a", "x"), part("a ", "y")], "Two parts have the same name."],
    ["p", [part("a", "x"), part("b", "")], "Part 2 has no text yet."],
    ["p", [part("a", "x"), part("b", "y")], undefined],
  ])("%j, %j: %s", (name, parts, problem) => {
    expect(promptProblem(name, parts)).toBe(problem);
  });
});
