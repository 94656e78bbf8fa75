import { describe, expect, it } from "vitest";
import { foldText } from "./fold-text";

describe("foldText", () => {
  it.each([
    ["empty", ""],
    ["one line", "Short."],
    ["as many lines as are shown", "a\n".repeat(9).trimEnd()],
    ["a little more, which is not worth folding", "a\n".repeat(13).trimEnd()],
  ])("leaves a text alone: %s", (_name, text) => {
    expect(foldText(text, 10)).toBeNull();
  });

  it("cuts between paragraphs and counts the words of the whole text", () => {
    const text = Array.from({ length: 20 }, (_, index) => `line ${index}`).join("\n");
    expect(foldText(text, 3)).toEqual({ head: "line 0\nline 1\nline 2", wordCount: 40 });
  });

  it("cuts a long paragraph at a word", () => {
    const folded = foldText("words ".repeat(400), 2);
    expect(folded?.head.length).toBeLessThanOrEqual(144);
    expect(folded?.head).toMatch(/words$/);
    expect(folded?.wordCount).toBe(400);
  });

  it("never cuts a character in two", () => {
    const head = foldText("🏈".repeat(2_000), 1)?.head ?? "";
    expect([...head].every((character) => character === "🏈")).toBe(true);
    expect(head.length).toBeGreaterThan(0);
  });
});
