import { describe, expect, it } from "vitest";
import { forecastRun } from "@/lib/stats/forecast";
import { suggestLanes } from "./suggest-lanes";

const at = (maxMetricCalls: number, callMs: number | null) => (lanes: number) =>
  forecastRun({
    maxMetricCalls,
    valsetSize: 40,
    trainsetSize: 60,
    strategy: "frugal",
    concurrency: 16,
    lanes,
    judges: 1,
    latency: callMs === null ? null : { taskMs: callMs, judgeMs: callMs, reflectionMs: 4 * callMs },
    tokensPerCall: null,
    prices: null,
  });

describe("lanes are suggested from the measured pace (engine.md, Lanes)", () => {
  it("not while nothing was measured, however slow it might be", () => {
    expect(suggestLanes(at(300, null))).toBeNull();
  });

  it("not for models that answer quickly", () => {
    expect(suggestLanes(at(300, 330))).toBeNull();
  });

  it("not where too few edits are expected to share between lanes", () => {
    expect(suggestLanes(at(40, 60_000))).toBeNull();
  });

  it("for slow models and many answers, with the time that it saves", () => {
    const suggestion = suggestLanes(at(300, 30_000));
    expect(suggestion?.suggested).toBeGreaterThan(1);
    expect(suggestion?.minutes.high).toBeLessThan(0.75 * (suggestion?.atOne.high ?? 0) + 1);
    expect(suggestion?.atOne).toEqual(at(300, 30_000)(1).minutes);
  });

  it("never more than a lane for five expected edits", () => {
    for (const calls of [75, 100, 150, 200, 300, 600]) {
      const { proposals } = at(calls, 30_000)(1);
      const most = Math.max(1, (proposals.low + proposals.high) / 2 / 5);
      expect(suggestLanes(at(calls, 30_000))?.suggested ?? 1).toBeLessThanOrEqual(most);
    }
  });
});
