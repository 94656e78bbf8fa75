import { describe, expect, it } from "vitest";
import { createRng } from "@/lib/util/rng";
import { groupNearDuplicates } from "@/lib/util/similarity";
import { groupNearDuplicateTexts, NEAR_DUPLICATE_SIMILARITY } from "./near-duplicates";

/** Texts out of few words, as experts of one field write them; every tenth is nearly the one before. */
function texts(count: number, wordCount: number): string[] {
  const rng = createRng(`${count} ${wordCount}`);
  const words = Array.from({ length: wordCount }, () =>
    Array.from({ length: 3 + rng.int(6) }, () => "abcdefghijklmnopqrstuvwxyz"[rng.int(26)]).join(""),
  );
  const list: string[] = [];
  for (let index = 0; index < count; index++) {
    const last = list.at(-1);
    list.push(
      index % 10 === 9 && last !== undefined
        ? `${last} please`
        : Array.from({ length: 12 }, () => rng.pick(words)).join(" "),
    );
  }
  return list;
}

describe("near-duplicates", () => {
  it("few texts: the same groups as by comparing all of them", () => {
    const list = [...texts(200, 40), "", "  ", "Who?", "who ?"];
    expect(groupNearDuplicateTexts(list)).toEqual(groupNearDuplicates(list, NEAR_DUPLICATE_SIMILARITY));
  });

  it("many texts: the same groups, by bands", () => {
    const list = texts(900, 300);
    expect(groupNearDuplicateTexts(list)).toEqual(groupNearDuplicates(list, NEAR_DUPLICATE_SIMILARITY));
  });

  it("many texts out of few words are still a matter of a moment", () => {
    const startedAt = performance.now();
    const groups = groupNearDuplicateTexts(texts(3_000, 30));
    expect(groups.length).toBeLessThanOrEqual(2_700);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });
});
