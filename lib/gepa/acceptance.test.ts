import { expect, test } from "vitest";
import { improvementOrEqual, selectProposals, strictImprovement } from "./acceptance";

const proposal = (before: number[], after: number[]) => ({ before, after });
const gains = [
  proposal([0.1], [0.3]),
  proposal([0.2], [0.2]),
  proposal([0], [0.5]),
  proposal([0.5], [1]),
  proposal([1], [0]),
];

test("AC1 strict improvement is about sums, and rounding decides nothing", () => {
  expect(strictImprovement(proposal([0.5, 0.5], [1, 0.1]))).toBe(true);
  expect(strictImprovement(proposal([0.1, 0.2, 0.3], [0.3, 0.2, 0.1]))).toBe(false);
});

test("AC2 equal is enough in the lenient mode", () => {
  expect(improvementOrEqual(proposal([0.1, 0.2, 0.3], [0.3, 0.2, 0.1]))).toBe(true);
  expect(improvementOrEqual(proposal([1], [0.9]))).toBe(false);
});

test("AC3 all that pass, the best one, or the k best; first on ties", () => {
  expect(selectProposals({ kind: "all" }, strictImprovement, gains)).toEqual([gains[0], gains[2], gains[3]]);
  expect(selectProposals({ kind: "best" }, strictImprovement, gains)).toEqual([gains[2]]);
  expect(selectProposals({ kind: "top-k", k: 2 }, strictImprovement, gains)).toEqual([gains[2], gains[3]]);
});
