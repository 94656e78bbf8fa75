import { describe, expect, it } from "vitest";
import { type SimulatedReview, simulateReview } from "./simulated-review";

const scale = { name: "grades", low: 1, high: 5, noise: 0.6 };
const share = (count: number, review: Omit<SimulatedReview, "seed" | "scale" | "looks">): number =>
  Array.from({ length: count }, (_, index) =>
    simulateReview({ ...review, scale, looks: 5, seed: `test:${index}` }),
  ).filter(({ everBetter }) => everBetter).length / count;

describe("simulated reviews", () => {
  it("a change that is none is called better in at most 5 %, five looks included", () => {
    expect(share(400, { truth: { name: "none", gain: 0, spread: 0.7 }, records: 18 })).toBeLessThanOrEqual(
      0.05,
    );
  });

  it("a gain of a grade is nearly always found, and the same seed tells the same story", () => {
    const review = { truth: { name: "gain", gain: 1, spread: 0.3 }, records: 18 };
    expect(share(60, review)).toBeGreaterThan(0.95);
    expect(share(60, review)).toBe(share(60, review));
  });
});
