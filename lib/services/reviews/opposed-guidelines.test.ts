import { describe, expect, it } from "vitest";
import { findOpposed } from "./opposed-guidelines";

const guidelines = [
  "Never guess an injury status; say what the report says.",
  "Give the number of snaps behind each tendency.",
];

describe("sentences that oppose a guideline", () => {
  it.each([
    ["Guess the injury status when the report is late.", guidelines[0]],
    ["Do not give the number of snaps behind a tendency.", guidelines[1]],
  ])("%s", (sentence, guideline) => {
    expect(findOpposed([sentence], guidelines)).toEqual([{ sentence, guideline }]);
  });

  it.each([
    "Do not guess the injury status.",
    "Give the number of snaps behind tendencies.",
    "Name the coverage, never a player.",
    "Keep the status of the report in one line.",
    "",
  ])("says nothing of what agrees with them, or speaks of something else: %s", (sentence) => {
    expect(findOpposed([sentence], guidelines)).toEqual([]);
  });
});
