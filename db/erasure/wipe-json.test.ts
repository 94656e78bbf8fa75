import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ERASED_TEXT } from "@/lib/contracts/erasure";
import { replaceInTexts, wipeTexts, wipeTextsAbout } from "./wipe-json";
import { lineStarts, rawWordPattern, wordPattern } from "./word-pattern";

describe("words", () => {
  const finds = (words: string, text: string): boolean => text.search(wordPattern(words)) >= 0;

  it("are found in any case, with any blanks, composed or not, and not inside other words", () => {
    expect(finds("anna lee", "Ask ANNA \n Lee, please")).toBe(true);
    expect(finds("Ann", "the planning of Annette")).toBe(false);
    expect(finds("Ann", "Ann's plan")).toBe(true);
    expect(finds("José", "Jose\u0301 asks")).toBe(true);
    expect(finds("Jose", "Jose\u0301 asks")).toBe(false);
    expect(finds("+49 (0)30 1", "call +49  (0)30 1 now")).toBe(true);
    expect(finds("山田", "患者は山田さん")).toBe(true);
    expect(finds("C:\\x|y", "see C:\\x|y there")).toBe(true);
  });

  it("are taken out of every text of any shape, and the cheap look never misses them", () => {
    const words = 'Zoë "Z" O\\Neil';
    const around = fc.stringMatching(/^[a-z ,.]{0,8}$/);
    const leaf = fc.tuple(around, around).map(([a, b]) => `${a} ${words} ${b}`);
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(leaf, fc.integer(), fc.constant(null), tie("list"), tie("members")),
      list: fc.array(tie("value"), { maxLength: 4 }),
      members: fc.dictionary(fc.constantFrom("content", "fields", "x"), tie("value"), { maxKeys: 3 }),
    }));
    fc.assert(
      fc.property(value, (stored) => {
        const text = JSON.stringify(stored);
        const after = JSON.stringify(replaceInTexts(stored, wordPattern(words)));
        expect(after).not.toContain("Neil");
        if (text.includes("Neil")) expect(rawWordPattern(words).test(text)).toBe(true);
        else expect(after).toBe(text);
      }),
    );
  });

  it("in named fields and replies of agents go whatever their name; ids and codes of ours stay", () => {
    const stored = {
      recordId: "Anna",
      role: "Anna",
      fields: { patient_id: "Anna", kind: "Anna", "Anna's": "x" },
      reply: { status: "Anna" },
    };
    expect(replaceInTexts(stored, wordPattern("Anna"))).toEqual({
      recordId: "Anna",
      role: "Anna",
      fields: { patient_id: ERASED_TEXT, kind: ERASED_TEXT, [`${ERASED_TEXT}'s`]: "x" },
      reply: { status: ERASED_TEXT },
    });
  });
});

describe("a record", () => {
  it("loses text, fields and vectors, and keeps roles, grades and ids", () => {
    const stored = {
      messages: [{ role: "user", content: "who?" }],
      fields: { patient_id: "7", role: "nurse" },
      value: 3,
      labelId: "lab_1",
      vector: [0.1],
    };
    expect(wipeTexts(stored)).toEqual({
      messages: [{ role: "user", content: ERASED_TEXT }],
      fields: { patient_id: ERASED_TEXT, role: ERASED_TEXT },
      value: 3,
      labelId: "lab_1",
      vector: null,
    });
  });

  it("is wiped where an object names it, and nowhere else", () => {
    const pairs = [
      { recordId: "rec_1", question: "a", before: { shown: "4", rationale: "b" } },
      { recordId: "rec_2", question: "c", before: { shown: "2", rationale: "d" } },
    ];
    expect(wipeTextsAbout({ pairs }, new Set(["rec_1"]))).toEqual({
      pairs: [
        { recordId: "rec_1", question: ERASED_TEXT, before: { shown: "4", rationale: ERASED_TEXT } },
        pairs[1],
      ],
    });
  });

  it("is known in copies by the beginnings of its lines that are long enough to be its own", () => {
    expect(lineStarts(["short\nThis line is long enough to be told.", 'He said "so" and went home'])).toEqual(
      ["This line is long enough to be told.", 'He said \\"so\\" and went home'],
    );
    expect(lineStarts(["x".repeat(60)])[0]).toHaveLength(48);
  });
});
