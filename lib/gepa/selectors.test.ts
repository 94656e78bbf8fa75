import { expect, test } from "vitest";
import { createRng } from "@/lib/util/rng";
import { DEFAULT_REFERENCE_OPTIONS } from "./defaults";
import { bestIndex, candidateSelectorOf } from "./selectors";

const view = {
  means: [0.2, 0.6, 0.6, 0.4],
  fronts: new Map([
    ["a", [1]],
    ["b", [1, 3]],
    ["c", [2]],
    ["d", [0, 2]],
  ]),
};
const share = (selector: Parameters<typeof candidateSelectorOf>[0]["selector"], change = {}) => {
  const select = candidateSelectorOf({ ...DEFAULT_REFERENCE_OPTIONS, selector, ...change });
  const counts = [0, 0, 0, 0];
  const rng = createRng("selectors");
  for (let n = 0; n < 2000; n++) counts[select(view, rng).index]! += 1 / 2000;
  return counts;
};

test("SE1 the first of the highest means", () => {
  expect(bestIndex(view.means)).toBe(1);
  expect(share("current-best")).toEqual([0, expect.closeTo(1, 6), 0, 0]);
});

test("SE2 survivors are drawn by the number of fronts they are on", () => {
  const [seed, first, second, other] = share("pareto");
  expect([seed, other]).toEqual([0, 0]); // each of their fronts holds a better one
  expect(first).toBeCloseTo(0.5, 1);
  expect(second).toBeCloseTo(0.5, 1);
});

test("SE3 ε-greedy explores dominated candidates too", () => {
  const counts = share("epsilon-greedy", { epsilon: 0.4 });
  expect(counts[1]).toBeCloseTo(0.7, 1);
  for (const index of [0, 2, 3]) expect(counts[index]).toBeCloseTo(0.1, 1);
});

test("SE4 top-k keeps the k best means and falls back on the best", () => {
  expect(share("top-k-pareto", { topK: 1 })[1]).toBeCloseTo(1, 6);
  const select = candidateSelectorOf({ ...DEFAULT_REFERENCE_OPTIONS, selector: "top-k-pareto", topK: 1 });
  const none = { means: [0.1, 0.9], fronts: new Map([["a", [0]]]) };
  expect(select(none, createRng(1))).toEqual({ index: 1, pick: "best" });
});
