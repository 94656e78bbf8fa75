import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { groupNearDuplicates, jaccard, textSimilarity, trigrams } from "./similarity";

const phrase = fc.array(fc.constantFrom("goal", "offside", "who", "won", "the", "cup", "?", " "), {
  maxLength: 8,
});
const text = phrase.map((words) => words.join(" "));

test("jaccard is the share of common members", () => {
  expect(jaccard(new Set([1, 2, 3]), new Set([2, 3, 4]))).toBe(0.5);
  expect(jaccard(new Set(), new Set([1]))).toBe(0);
  expect(jaccard(new Set(), new Set())).toBe(1);
});

test("trigrams fold case, width and white space and count whole characters", () => {
  expect(trigrams(" Go\n")).toEqual(new Set([" go", "go "]));
  expect(trigrams("ＧＯ")).toEqual(trigrams("go"));
  expect(trigrams("⚽")).toEqual(new Set([" ⚽ "]));
  expect(trigrams(" \t ")).toEqual(new Set());
});

describe("textSimilarity", () => {
  test("is symmetric, within 0 and 1, and 1 for the same text", () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const similarity = textSimilarity(a, b);
        expect(similarity).toBe(textSimilarity(b, a));
        expect(similarity >= 0 && similarity <= 1).toBe(true);
        expect(textSimilarity(a, a.toUpperCase())).toBe(1);
      }),
    );
  });

  test("tells a changed word from another question", () => {
    const asked = "Who won the World Cup in 1998?";
    expect(textSimilarity(asked, "Who won the world cup in 1994?")).toBeGreaterThan(0.7);
    expect(textSimilarity(asked, "Why is the ball round?")).toBeLessThan(0.2);
  });
});

describe("groupNearDuplicates", () => {
  test("joins near-duplicates of near-duplicates and keeps the rest alone", () => {
    const texts = [
      "Who won the cup in 1998?",
      "What is offside?",
      "who won the cup in 1994?",
      "",
      " ",
      "What is offside",
    ];
    expect(groupNearDuplicates(texts, 0.6)).toEqual([
      [0, 2],
      [1, 5],
      [3, 4],
    ]);
    expect(groupNearDuplicates(["a", "A", "b"], 1)).toEqual([[0, 1], [2]]);
    expect(groupNearDuplicates([], 0.5)).toEqual([]);
  });

  test("finds exactly the groups that comparing every pair finds", () => {
    const threshold = fc.constantFrom(0.05, 0.3, 0.5, 0.6, 0.8, 0.9, 1);
    fc.assert(
      fc.property(fc.array(text, { maxLength: 14 }), threshold, (texts, limit) => {
        const group = texts.map((_, index) => index);
        for (let round = 0; round < texts.length; round++) {
          for (const [a, textA] of texts.entries()) {
            for (const [b, textB] of texts.entries()) {
              if (textSimilarity(textA, textB) >= limit) group[a] = Math.min(group[a]!, group[b]!);
            }
          }
        }
        const wanted = [...new Set(group)].map((root) =>
          group.flatMap((of, index) => (of === root ? [index] : [])),
        );
        expect(groupNearDuplicates(texts, limit)).toEqual(wanted);
      }),
    );
  });

  test("a threshold of 0 or above 1 is refused", () => {
    expect(() => groupNearDuplicates([], 0)).toThrow(RangeError);
    expect(() => groupNearDuplicates([], 1.1)).toThrow(RangeError);
  });
});
