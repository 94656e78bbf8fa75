import { describe, expect, it } from "vitest";
import type { RunSnapshot } from "@/lib/contracts/runs";
import { productionNote } from "./run-score-curve";

const inProduction = (of: Partial<NonNullable<RunSnapshot["production"]>>) => ({
  version: 2,
  isStart: false,
  score: 0.5,
  from: "run" as const,
  records: 14,
  graded: 14,
  ...of,
});

describe("productionNote", () => {
  it("nothing where the run itself scored it, or nothing is in production", () => {
    expect(
      [null, inProduction({}), inProduction({ isStart: true, score: null })].map(productionNote),
    ).toEqual([null, null, null]);
  });
  it("answers of an earlier day are said to be that", () => {
    expect(productionNote(inProduction({ from: "earlier", graded: 14 }))).toBe(
      "The line of v2, in production, is the mean of answers that were graded for something else, by the same judges on the same 14 records.",
    );
  });
  it.each([
    [0, "none of its answers to the 14 records compared here was graded by these judges."],
    [1, "only 1 of its answers to the 14 records compared here was graded by these judges."],
    [9, "only 9 of its answers to the 14 records compared here were graded by these judges."],
  ])("%i graded: no line, and what gives it one", (graded, why) => {
    expect(productionNote(inProduction({ from: "earlier", score: null, graded }))).toBe(
      `v2, in production, has no line: ${why} A round of answers with v2 gives it one.`,
    );
  });
});
