import { expect, test } from "vitest";
import { createRng } from "@/lib/util/rng";
import { loadVectors } from "./conformance/vectors.contract";
import { eligibleAncestors, type Lineage, mergeCandidates } from "./merge";

interface MergeCase {
  parents: (number | null)[][];
  candidates: Record<string, string>[];
  aggregateScores: number[];
  pairs: { i: number; j: number; eligibleAncestors: number[]; merged?: Record<string, string> }[];
}

const cases = loadVectors<MergeCase>("merge");

test("MG1 and MG2 agree with every merge vector", () => {
  let checked = 0;
  for (const vector of cases) {
    const lineage: Lineage = {
      candidates: vector.candidates,
      parents: vector.parents.map((list) => list.filter((parent) => parent !== null)),
      means: vector.aggregateScores,
    };
    const listed = new Map(vector.pairs.map((pair) => [`${pair.i},${pair.j}`, pair]));
    for (let i = 0; i < vector.candidates.length; i++) {
      for (let j = i + 1; j < vector.candidates.length; j++) {
        const pair = listed.get(`${i},${j}`);
        const ancestors = eligibleAncestors(lineage, i, j);
        expect(ancestors).toEqual([...(pair?.eligibleAncestors ?? [])].sort((a, b) => a - b));
        if (pair?.merged === undefined) continue;
        const ancestor = ancestors[0] as number;
        expect(mergeCandidates(lineage, { i, j, ancestor }, createRng(1)).candidate).toEqual(pair.merged);
      }
    }
    checked += 1;
  }
  expect(checked).toBe(cases.length);
  expect(checked).toBeGreaterThanOrEqual(160);
});
