import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitSentences } from "./diff-sentences";
import { sourcesFor } from "./diff-sources";
import { diffTexts } from "./diff-text";

const before = "You help coaches.\n\n- Give tendencies with percentages.\n- Be brief.";
const after =
  "You help coaches.\n\n- Give tendencies with percentages, each with the number of plays behind it.\n- Say what you do not know.\n- Be brief.";

describe("splitSentences", () => {
  it("keeps line breaks and list marks beside the sentences", () => {
    expect(splitSentences("One. Two!\n\n- Three")).toEqual([
      { text: "One.", lead: "" },
      { text: "Two!", lead: "" },
      { text: "Three", lead: "\n\n- " },
    ]);
  });
});

describe("diffTexts", () => {
  it("puts a reworded sentence beside what it was, word by word, and counts sentences", () => {
    const { lines, changed } = diffTexts(before, after);
    expect(changed).toBe(2);
    expect(lines.map(({ kind }) => kind)).toEqual(["same", "changed", "added", "same"]);
    expect(
      lines[1]?.words
        .filter(({ kind }) => kind === "added")
        .map(({ text }) => text)
        .join(""),
    ).toContain("the number of plays behind it");
  });

  it("two sentences that share little are one removed and one added", () => {
    expect(
      diffTexts("Praise the coach.", "Name every formation by number.").lines.map(({ kind }) => kind),
    ).toEqual(["removed", "added"]);
  });

  it("a sentence that only changed its place is one change, told at both places", () => {
    const old = "Be brief.\n\nName the down.\n\nSay who gets the ball.\n\nName the coverage.";
    const fresh = "Name the down.\n\nSay who gets the ball.\n\nName the coverage.\n\nBe brief.";
    const { lines, changed } = diffTexts(old, fresh);
    expect(changed).toBe(1);
    expect(
      lines.filter(({ isMoved }) => isMoved).map(({ kind, before, after }) => [kind, before, after]),
    ).toEqual([
      ["removed", "Be brief.", null],
      ["added", null, "Be brief."],
    ]);
    expect(diffTexts("Be brief.", "Be brief. Be brief.").lines.some(({ isMoved }) => isMoved)).toBe(false);
  });

  it("everything is new against nothing, and the same text has no change", () => {
    expect(diffTexts("", before)).toMatchObject({ changed: 3 });
    expect(diffTexts(after, after).changed).toBe(0);
  });

  it("whatever the texts, the lines hold every sentence of both, in order", () => {
    const text = fc
      .array(fc.constantFrom("A b c.", "A b d.", "X y z!", "- Q r s.", "\n", "\n\n"), { maxLength: 12 })
      .map((parts) => parts.join(" "));
    fc.assert(
      fc.property(text, text, (old, fresh) => {
        const { lines } = diffTexts(old, fresh);
        expect(lines.flatMap((line) => line.after ?? [])).toEqual(
          splitSentences(fresh).map((one) => one.text),
        );
        expect(lines.flatMap((line) => line.before ?? [])).toEqual(
          splitSentences(old).map((one) => one.text),
        );
        for (const line of lines) {
          expect(
            line.words
              .filter(({ kind }) => kind !== "removed")
              .map((word) => word.text)
              .join(""),
          ).toBe(line.after ?? "");
          expect(
            line.words
              .filter(({ kind }) => kind !== "added")
              .map((word) => word.text)
              .join(""),
          ).toBe(line.before ?? "");
        }
      }),
    );
  });
});

describe("sourcesFor", () => {
  const source = { sentence: "Say what you do not know.", verified: true, records: [], guidelines: [] };
  it("finds the reason of a new sentence, and none for an old one", () => {
    const { lines } = diffTexts(before, after);
    expect(lines.map((line) => sourcesFor(line, [source]).length)).toEqual([0, 0, 1, 0]);
  });
});
