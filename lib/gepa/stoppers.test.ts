import { expect, test } from "vitest";
import { initialState } from "./state";
import { stopForCost, stopForHealth, stopForPatience } from "./stoppers";

const healthy = initialState({ system: "s" }).health;
const rollouts = (scored: number, failed: number) => ({
  ...healthy,
  recentRollouts: [...Array(scored).fill(true), ...Array(failed).fill(false)],
  rolloutsSeen: scored + failed,
});

test.each([
  ["ST3", rollouts(7, 2), null],
  ["ST3", rollouts(8, 2), null],
  ["ST3", rollouts(7, 3), "rollouts-failing"],
  ["ST3", rollouts(40, 10), null],
  ["ST3", rollouts(39, 11), "rollouts-failing"],
  ["ST4", { ...healthy, unusableInRow: 4 }, null],
  ["ST4", { ...healthy, unusableInRow: 5 }, "reflection-failing"],
  ["ST5", { ...healthy, refusedInRow: 10 }, "no-improvement"],
  ["ST6", { ...healthy, unmovedInRow: 5, unmovedPairs: 19 }, null],
  ["ST6", { ...healthy, unmovedInRow: 5, unmovedPairs: 20 }, "no-improvement"],
])("%s %#", (_rule, health, reason) => {
  expect(stopForHealth(health)?.reason ?? null).toBe(reason);
});

test("ST7 patience, and none", () => {
  expect(stopForPatience({ ...healthy, sinceImprovement: 6 }, 6)?.reason).toBe("no-improvement");
  expect(stopForPatience({ ...healthy, sinceImprovement: 5 }, 6)).toBeNull();
  expect(stopForPatience({ ...healthy, sinceImprovement: 999 }, null)).toBeNull();
});

test("ST9 the expectation is the mean of the last ten gains, drawn towards the prior, against the cost of a proposal", () => {
  const gains = (...last: number[]) => ({ gains: [...Array(10 - last.length).fill(0), ...last] });
  // (0 + 0.02) / 11 = 0.00182 expected; 8 calls at 0.0002 cost 0.0016, at 0.0003 they cost 0.0024.
  expect(stopForCost(gains(), 8, 0.0002)).toBeNull();
  expect(stopForCost(gains(), 8, 0.0003)?.reason).toBe("gain-below-cost");
  expect(stopForCost(gains(0.05), 8, 0.0003)).toBeNull();
  expect(stopForCost({ gains: Array(9).fill(0) }, 8, 0.0003)).toBeNull();
  expect(stopForCost({ gains: [0.9, ...Array(10).fill(0)] }, 8, 0.0003)?.reason).toBe("gain-below-cost");
  expect(stopForCost(gains(), 8, null)).toBeNull();
});
