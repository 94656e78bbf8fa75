import { describe, expect, it } from "vitest";
import { chooseValset, type PracticeRecord } from "./choose-valset";

const records = (count: number, tags = ["a", "b", "c"]): PracticeRecord[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `rec_${String(index).padStart(4, "0")}`,
    tags: [tags[index % tags.length] ?? ""],
  }));

describe("architecture.md, Sets: valset = all practice records up to 40, else a fixed stratified sample of clamp(budget / 5, 10, 40)", () => {
  it("takes all of 40", () => {
    expect(chooseValset(records(40), 75, 1)).toHaveLength(40);
  });

  it.each([
    [75, 15],
    [30, 10],
    [500, 40],
  ])("with 42 records and a budget of %i takes %i", (budget, size) => {
    expect(chooseValset(records(42), budget, 1)).toHaveLength(size);
  });

  it("gives each tag its share, within one", () => {
    const all = records(90);
    const chosen = chooseValset(all, 75, 7);
    const byTag = Object.groupBy(
      all.filter(({ id }) => chosen.includes(id)),
      (record) => record.tags[0] ?? "",
    );
    expect(Object.values(byTag).map((group) => group?.length)).toEqual([5, 5, 5]);
  });

  it("is fixed by records, budget and seed, whatever order they come in", () => {
    const forward = chooseValset(records(60), 75, 3);
    const backward = chooseValset(records(60).reverse(), 75, 3);
    expect(new Set(backward)).toEqual(new Set(forward));
    expect(chooseValset(records(60), 75, 4)).not.toEqual(forward);
  });
});
