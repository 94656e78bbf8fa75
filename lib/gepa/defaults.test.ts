import { describe, expect, it } from "vitest";
import { DEFAULT_FRUGAL_OPTIONS, lessonSize } from "./defaults";

const eight = DEFAULT_FRUGAL_OPTIONS.reflectionExamples;

describe("lessonSize", () => {
  it("shows fewer examples where the money may end before the calls", () => {
    expect(lessonSize(1, { high: 2 })).toBe(3);
    expect(lessonSize(2, { high: 2 })).toBe(eight);
  });

  it("shows the usual number without a cap, and where nothing is known of the cost", () => {
    expect(lessonSize(null, { high: 2 })).toBe(eight);
    expect(lessonSize(1, null)).toBe(eight);
  });
});
