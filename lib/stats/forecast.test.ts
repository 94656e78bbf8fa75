import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ForecastInput, forecastRun } from "./forecast";
import { runPlan } from "./forecast-plan";

const base: ForecastInput = {
  maxMetricCalls: 75,
  valsetSize: 22,
  trainsetSize: 22,
  strategy: "frugal",
  lanes: 1,
  concurrency: 16,
  judges: 1,
  latency: { taskMs: 4000, judgeMs: 3000, reflectionMs: 12_000 },
  tokensPerCall: {
    task: { input: 800, output: 300 },
    judge: { input: 1500, output: 150 },
    reflection: { input: 6000, output: 1000 },
  },
  prices: {
    task: { inputPerMillion: 1, outputPerMillion: 4 },
    judge: { inputPerMillion: 1, outputPerMillion: 4 },
    reflection: { inputPerMillion: 3, outputPerMillion: 15 },
  },
};

describe("frugal", () => {
  test("75 calls: about one edit for 5 to 10 calls after the seed's twelve", () => {
    expect(forecastRun(base).proposals).toEqual({ low: 6, high: 13 });
  });

  test("money is calls times measured tokens and prices: 75 answers, 9 to 18 reflections", () => {
    const answer = (800 + 300 * 4 + 1500 + 150 * 4) / 1e6;
    const reflection = (6000 * 3 + 1000 * 15) / 1e6;
    const { usd, tokens } = forecastRun(base);
    expect(usd?.low).toBeCloseTo(0.9 * (75 * answer + 9 * reflection), 12);
    expect(usd?.high).toBeCloseTo(1.25 * (75 * answer + 18 * reflection), 12);
    expect(tokens?.low).toBeCloseTo(0.9 * (75 * 2750 + 9 * 7000), 6);
  });

  test("minutes add up the rounds that wait for each other", () => {
    // seed 1 round, 11 rounds of 6 calls, 9 reflections, all at 0.8 of the measured means
    const { minutes } = forecastRun(base);
    expect(minutes.low).toBeCloseTo((0.8 * (12 * 7000 + 9 * 12_000)) / 60_000, 12);
    expect(minutes.high).toBeCloseTo((1.4 * (17 * 7000 + 18 * 12_000)) / 60_000, 12);
  });

  test("a tenth of 150 calls may stay unspent for the final choice", () => {
    expect(runPlan({ ...base, maxMetricCalls: 150 }).metricCalls).toEqual({ low: 135, high: 150 });
  });

  test("a budget that the seed eats leaves no edit", () => {
    const forecast = forecastRun({ ...base, maxMetricCalls: 5 });
    expect(forecast.proposals).toEqual({ low: 0, high: 0 });
    expect(forecast.tokens?.high).toBeCloseTo(1.25 * 5 * 2750, 6);
  });
});

describe("reference: N ≈ (B − V) / (2m + aV)", () => {
  test("150 calls on 22 records: 4 to 7 edits; 27 calls cannot start one", () => {
    const reference: ForecastInput = { ...base, strategy: "reference", maxMetricCalls: 150 };
    expect(forecastRun(reference).proposals).toEqual({ low: 4, high: 7 });
    const short = runPlan({ ...reference, maxMetricCalls: 49 });
    expect(short).toMatchObject({ proposals: { low: 0, high: 0 }, metricCalls: { low: 22, high: 22 } });
  });
});

describe("what is not known is not made up", () => {
  test("no prices, no money; no tokens, neither", () => {
    expect(forecastRun({ ...base, prices: null })).toMatchObject({ usd: null });
    expect(forecastRun({ ...base, prices: null }).tokens).not.toBeNull();
    expect(forecastRun({ ...base, tokensPerCall: null })).toMatchObject({ usd: null, tokens: null });
  });

  test("unmeasured latency gives a wider range and says so", () => {
    const guessed = forecastRun({ ...base, latency: null });
    expect(guessed.isLatencyMeasured).toBe(false);
    expect(guessed.minutes.high / guessed.minutes.low).toBeGreaterThan(4);
    expect(forecastRun(base).isLatencyMeasured).toBe(true);
  });
});

describe("properties", () => {
  const input: fc.Arbitrary<ForecastInput> = fc.record({
    maxMetricCalls: fc.integer({ min: 1, max: 2000 }),
    valsetSize: fc.integer({ min: 1, max: 60 }),
    trainsetSize: fc.integer({ min: 1, max: 60 }),
    strategy: fc.constantFrom("frugal", "reference"),
    lanes: fc.integer({ min: 1, max: 8 }),
    concurrency: fc.integer({ min: 1, max: 64 }),
    judges: fc.integer({ min: 0, max: 3 }),
    latency: fc.constantFrom(base.latency, null),
    tokensPerCall: fc.constant(base.tokensPerCall),
    prices: fc.constant(base.prices),
  });

  test("low is never above high, and nobody plans past the budget", () => {
    fc.assert(
      fc.property(input, (some) => {
        const { proposals, minutes, usd, tokens } = forecastRun(some);
        for (const range of [proposals, minutes, usd, tokens]) {
          expect(range?.low).toBeGreaterThanOrEqual(0);
          expect(range?.low).toBeLessThanOrEqual(range?.high ?? Number.NaN);
        }
        const plan = runPlan(some);
        expect(plan.metricCalls.high).toBeLessThanOrEqual(some.maxMetricCalls);
        expect(plan.searchCalls.low).toBeGreaterThanOrEqual(0);
        expect(plan.searchCalls.low).toBeLessThanOrEqual(plan.searchCalls.high);
      }),
    );
  });

  test("more lanes and more room never take longer; more judges never cost less", () => {
    fc.assert(
      fc.property(input, (some) => {
        const { minutes, usd } = forecastRun(some);
        expect(forecastRun({ ...some, lanes: some.lanes + 1 }).minutes.high).toBeLessThanOrEqual(
          minutes.high,
        );
        const roomier = forecastRun({ ...some, concurrency: some.concurrency * 2 });
        expect(roomier.minutes.high).toBeLessThanOrEqual(minutes.high);
        const judged = forecastRun({ ...some, judges: some.judges + 1 });
        expect(judged.usd?.low).toBeGreaterThan(usd?.low ?? Number.NaN);
      }),
    );
  });

  test("refuses what is no count", () => {
    for (const bad of [
      { maxMetricCalls: 0 },
      { lanes: 1.5 },
      { concurrency: 0 },
      { judges: -1 },
      { valsetSize: 0 },
    ])
      expect(() => forecastRun({ ...base, ...bad })).toThrow(RangeError);
  });
});
