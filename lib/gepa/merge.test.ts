import { expect, test } from "vitest";
import { createRng } from "@/lib/util/rng";
import { findMerge, type Lineage, mergeCandidates, mergeSubsample } from "./merge";

const lineage: Lineage = {
  candidates: [
    { a: "0", b: "0" },
    { a: "1", b: "0" },
    { a: "0", b: "2" },
  ],
  parents: [[], [0], [0]],
  means: [0, 0, 0],
};

test("MG2 each component comes from the side that changed", () => {
  const merged = mergeCandidates(lineage, { i: 1, j: 2, ancestor: 0 }, createRng(1));
  expect(merged.candidate).toEqual({ a: "1", b: "2" });
});

test("MG2 where both changed the higher mean wins", () => {
  const both = { ...lineage, candidates: [{ a: "0" }, { a: "1" }, { a: "2" }], means: [0, 0.2, 0.4] };
  expect(mergeCandidates(both, { i: 1, j: 2, ancestor: 0 }, createRng(1)).candidate).toEqual({ a: "2" });
});

test("MG3 up to two where each parent leads, the rest ties, repeats only when too few", () => {
  const scores = (list: number[]) => new Map(list.map((score, index) => [`v${index}`, score]));
  const [first, second] = [scores([1, 1, 1, 0, 0, 0, 0.5, 0.5]), scores([0, 0, 0, 1, 1, 1, 0.5, 0.5])];
  const chosen = mergeSubsample(first, second, 5, createRng(3));
  expect(new Set(chosen).size).toBe(5);
  expect(chosen.filter((id) => first.get(id)! > second.get(id)!)).toHaveLength(2);
  expect(chosen.filter((id) => first.get(id)! < second.get(id)!)).toHaveLength(2);
  expect(mergeSubsample(scores([1, 0]), scores([0, 1]), 5, createRng(3))).toHaveLength(5);
});

test("MG4 and MG5 an ancestor of mean zero does no harm, and nothing is merged twice", () => {
  const memory = { triplets: new Set<string>(), signatures: new Set<string>() };
  const find = () => findMerge(lineage, [1, 2], memory, () => true, createRng(5));
  expect(find()).toMatchObject({ i: 1, j: 2, ancestor: 0, candidate: { a: "1", b: "2" } });
  expect(find()).toBeNull();
});
