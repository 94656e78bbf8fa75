import { describe, expect, test } from "vitest";
import { keyOf, type WorldResult } from "./bench-world";
import { replaceBetween } from "./doc";
import { capRows, goalRows } from "./goals";
import { countImprovements, type Measures } from "./measures";
import { readOptions } from "./options";
import { measureOverhead } from "./overhead";
import { lead, standardError } from "./paired";
import { collectResults } from "./results";
import { qualityTable, regimeTable } from "./tables";

const run = (change: Partial<Measures>): Measures => ({
  share: 0.5,
  calls: 75,
  reflections: 3,
  cost: 99,
  dollars: 0.02,
  minutes: 3,
  improvements: 1,
  refused: 0,
  ...change,
});

function resultsOf(change: Record<string, Partial<Measures>>) {
  const world = (shift: number): WorldResult =>
    Object.fromEntries(
      Object.entries(change).map(([key, measures]) => [
        key,
        run({ ...measures, share: (measures.share ?? 0.5) + shift }),
      ]),
    );
  const worlds = [-0.01, 0.01].map((shift) => ({ regime: "plain", result: world(shift) }));
  return collectResults(["plain"], [75], worlds);
}

describe("goals", () => {
  const reference = { [keyOf("reference", 75)]: { share: 0.5 }, [keyOf("reference", 150)]: { share: 0.6 } };
  const verdicts = (change: Partial<Measures>): Record<string, boolean | undefined> =>
    Object.fromEntries(
      rowsOf({ ...reference, [keyOf("equal-cost", 75)]: change }).map(({ goal, cells }) => [
        goal.split(":")[0],
        cells[0]?.isMet,
      ]),
    );
  const rowsOf = (change: Parameters<typeof resultsOf>[0]) => {
    const results = resultsOf(change);
    return [...goalRows(results), ...capRows(results)];
  };

  test("a target that is reached, and one that is missed, say so", () => {
    expect(verdicts({ share: 0.7, calls: 70, cost: 99 })).toEqual({
      floor: true,
      goal: false,
      "metric calls within the budget": true,
      "costs no more than the reference": true,
    });
    expect(verdicts({ share: 0.59, calls: 76, cost: 100 })).toEqual({
      floor: false,
      goal: false,
      "metric calls within the budget": false,
      "costs no more than the reference": false,
    });
  });

  test("four lanes have to be as good, and three times as fast", () => {
    const rows = rowsOf({ ...reference, [keyOf("fast", 75)]: { share: 0.5, minutes: 1.1 } });
    expect(rows.map(({ cells }) => cells[0])).toEqual([
      { text: "0.500 of 0.500", isMet: true },
      { text: "1.1 of 1.0", isMet: false },
      { text: "0 of 2 runs over", isMet: true },
    ]);
  });
});

test("tables hold every arm that was run, and the reference at twice the calls", () => {
  const results = resultsOf({
    [keyOf("reference", 75)]: { share: 0.5 },
    [keyOf("reference", 150)]: { share: 0.6 },
    [keyOf("frugal", 75)]: { share: 0.8, improvements: 0 },
  });
  expect(qualityTable(results, 75)).toBe(
    [
      "| 75 calls | plain |",
      "| --- | --- |",
      "| reference | 0.500 ± 0.010 |",
      "| reference at twice the calls | 0.600 ± 0.010 |",
      "| frugal | 0.800 ± 0.010 |",
    ].join("\n"),
  );
  const frugal = regimeTable(results, "plain").split("\n").at(-1);
  expect(frugal).toContain("+0.300 [+0.300, +0.300]");
  expect(frugal).toContain("+0.200 [+0.200, +0.200]");
  expect(frugal).toContain("| none |");
});

test("statistics of pairs", () => {
  expect(standardError([1, 2, 3, 4])).toBeCloseTo(Math.sqrt(5 / 3 / 4), 12);
  expect(lead([0.5, 0.6], [0.6, 0.5])).toMatch(/^[+−]0\.000 \[−0\.100, \+0\.100\]$/);
  expect(countImprovements([0.1, 0.3, 0.2, 0.3, 0.4])).toBe(2);
});

test("the page's table is replaced between its marks", () => {
  const page = "a\n<!-- engine -->\nold\n<!-- /engine -->\nb";
  expect(replaceBetween(page, "engine", "new")).toBe("a\n<!-- engine -->\nnew\n<!-- /engine -->\nb");
  expect(() => replaceBetween(page, "other", "new")).toThrow(/no place for “other”/);
});

test("options are read, and refused in words", () => {
  expect(readOptions([])).toMatchObject({
    worlds: 30,
    budgets: [75, 150, 300],
    split: "shared",
    hasLatency: true,
  });
  expect(readOptions(["--no-latency", "--regimes", "parts,plain", "--budgets", "60"])).toMatchObject({
    hasLatency: false,
    regimes: ["parts", "plain"],
    budgets: [60],
  });
  expect(() => readOptions(["--worlds", "many"])).toThrow("--worlds wants a whole number, not “many”.");
  expect(() => readOptions(["--regimes", "plane"])).toThrow(/No regime “plane”/);
  expect(() => readOptions(["--split", "thirds"])).toThrow(/--split is one of/);
});

test("the engine's own time is measured at the size asked for", async () => {
  const rows = await measureOverhead({ candidates: 12, examples: 15 });
  expect(rows.map(({ strategy }) => strategy)).toEqual(["frugal", "reference"]);
  for (const row of rows) {
    expect(row.candidates).toBeGreaterThanOrEqual(10);
    expect(row.calls).toBeGreaterThan(40);
    expect(row.meanMs).toBeGreaterThan(0);
  }
});
