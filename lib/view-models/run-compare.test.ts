import { expect, it } from "vitest";
import { emptyRunView } from "@/lib/contracts/fold-run-event";
import { compareCandidates, outcomesByRecord } from "./run-compare";

const view = {
  ...emptyRunView("run_1", 75),
  valset: ["a", "b"],
  trainset: ["a", "b", "c", "d", "e"],
  scores: { c1: { a: 1, b: 0.5, c: 0.25, d: null, e: 0.5 }, c2: { a: 0.5, b: 0.5, c: 0.5, d: 1 } },
};

it("compares only what both were scored on; failures and missing scores are no zero", () => {
  const comparison = compareCandidates(view, "c1", "c2");
  expect(comparison).toEqual({
    improved: ["a"],
    regressed: ["c"],
    unchanged: ["b"],
    notShared: ["d", "e"],
    meanDifference: (0.5 + 0 - 0.25) / 3,
  });
  expect(outcomesByRecord(comparison).get("c")).toBe("regressed");
  expect(compareCandidates(view, "c1", "c9").meanDifference).toBeNull();
});
