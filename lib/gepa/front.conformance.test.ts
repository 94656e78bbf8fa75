import { expect, test } from "vitest";
import { loadVectors } from "./conformance/vectors.contract";
import { frontsOf, frontWeights, pruneFronts } from "./front";

interface ParetoCase {
  valScores: number[][];
  aggregateScores: number[];
  fronts: Record<string, number[]>;
  keptFronts: Record<string, number[]>;
  selectionWeights: Record<string, number>;
}

const cases = loadVectors<ParetoCase>("pareto");

test("PF1–PF3 agree with every Pareto vector", () => {
  let checked = 0;
  for (const vector of cases) {
    const ids = Object.keys(vector.fronts);
    const candidates = vector.valScores.map((row) => ({
      scores: new Map(row.map((score, index) => [String(index), score])),
      objectives: new Map(),
    }));
    const fronts = frontsOf("instance", candidates, ids);
    const byId = (map: ReadonlyMap<string, readonly number[]>) =>
      Object.fromEntries([...map].map(([key, members]) => [(JSON.parse(key) as [string])[0], members]));
    expect(byId(fronts)).toEqual(vector.fronts);
    const kept = pruneFronts(fronts, (index) => vector.aggregateScores[index] as number);
    expect(byId(kept)).toEqual(vector.keptFronts);
    expect(Object.fromEntries(frontWeights(kept))).toEqual(vector.selectionWeights);
    checked += 1;
  }
  expect(checked).toBe(cases.length);
  expect(checked).toBeGreaterThanOrEqual(160);
});
