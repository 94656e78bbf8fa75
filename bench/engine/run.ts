import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { mean } from "@/lib/util/math";
import { type Arm, type ArmResult, type ArmSettings, runArm, type Split } from "./arm";
import { attainableQuality, createWorld, REGIMES, type Regime } from "./world";

const REFERENCE: Arm = {
  name: "reference, soft budget",
  strategy: "reference",
  reference: { budgetMode: "soft" },
};

/** Arms with a cap on calls alone. */
const ARMS: readonly Arm[] = [
  REFERENCE,
  { name: "reference, hard budget", strategy: "reference" },
  { name: "frugal", strategy: "frugal" },
  { name: "frugal, 4 lanes", strategy: "frugal", lanes: 4 },
];
/** The arm that may also cost no more than the reference did on the same world. */
const AT_EQUAL_COST: Arm = { name: "frugal, at equal cost", strategy: "frugal" };

interface Cell {
  arm: string;
  regime: string;
  budget: number;
  /** Share of what is attainable, one a world, in the order of the worlds. */
  shares: number[];
  results: ArmResult[];
}

/**
 * `npm run bench -- engine [--worlds 30] [--budgets 75,150,300] [--regimes plain,noisy] [--split shared|halves|sample] [--latency]`: true quality of the
 * recommended text as a share of what is attainable, paired by world, every regime printed. Also written to bench/results.
 */
export async function runEngineBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      worlds: { type: "string", default: "30" },
      budgets: { type: "string", default: "75,150,300" },
      regimes: { type: "string" },
      split: { type: "string", default: "shared" },
      latency: { type: "boolean", default: false },
    },
  });
  const budgets = values.budgets.split(",").map(Number);
  const names = values.regimes?.split(",");
  const regimes = REGIMES.filter(({ name }) => names === undefined || names.includes(name));
  const cells: Cell[] = [];
  const base = { hasLatency: values.latency, split: values.split as Split };
  for (const regime of regimes)
    for (const budget of budgets)
      cells.push(...(await benchCell(regime, Number(values.worlds), { ...base, maxMetricCalls: budget })));
  const table = tableOf(cells, budgets, regimes);
  console.log(table);
  const folder = join(import.meta.dirname, "../results");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "engine.md"), `${table}\n`);
}

async function benchCell(regime: Regime, worlds: number, base: Omit<ArmSettings, "seed">): Promise<Cell[]> {
  const cells = [...ARMS, AT_EQUAL_COST].map(
    (arm): Cell => ({
      arm: arm.name,
      regime: regime.name,
      budget: base.maxMetricCalls,
      shares: [],
      results: [],
    }),
  );
  for (let seed = 1; seed <= worlds; seed++) {
    const world = createWorld(regime, seed);
    const settings = { ...base, seed };
    const results: ArmResult[] = [];
    for (const arm of ARMS) results.push(await runArm(arm, world, settings));
    results.push(
      await runArm(AT_EQUAL_COST, world, { ...settings, maxCost: (results[0] as ArmResult).cost }),
    );
    for (const [index, cell] of cells.entries()) {
      const result = results[index] as ArmResult;
      cell.results.push(result);
      cell.shares.push(result.quality / attainableQuality(world));
    }
  }
  return cells;
}

function tableOf(cells: readonly Cell[], budgets: readonly number[], regimes: readonly Regime[]): string {
  const lines = [
    "| arm | calls allowed | all regimes | lead over reference | " +
      regimes.map(({ name }) => name).join(" | ") +
      " | calls | reflections | cost | minutes |",
  ];
  lines.push(`|${" --- |".repeat(8 + regimes.length)}`);
  for (const budget of budgets) {
    const reference = cells
      .filter((cell) => cell.budget === budget && cell.arm === REFERENCE.name)
      .flatMap(({ shares }) => shares);
    for (const arm of new Set(cells.map((cell) => cell.arm))) {
      const own = cells.filter((cell) => cell.budget === budget && cell.arm === arm);
      lines.push(rowOf(arm, budget, own, reference));
    }
  }
  return lines.join("\n");
}

function rowOf(arm: string, budget: number, cells: readonly Cell[], reference: readonly number[]): string {
  const shares = cells.flatMap((cell) => cell.shares);
  const results = cells.flatMap((cell) => cell.results);
  const leads = shares.map((share, index) => share - (reference[index] as number));
  const average = (pick: (result: ArmResult) => number, digits: number): string =>
    mean(results.map(pick)).toFixed(digits);
  const columns = [
    arm,
    String(budget),
    `${mean(shares).toFixed(3)} ± ${standardError(shares).toFixed(3)}`,
    `${mean(leads).toFixed(3)} ± ${standardError(leads).toFixed(3)}`,
    ...cells.map((cell) => mean(cell.shares).toFixed(3)),
    average(({ metricCalls }) => metricCalls, 1),
    average(({ reflections }) => reflections, 1),
    average(({ cost }) => cost, 0),
    average(({ minutes }) => minutes, 1),
  ];
  return `| ${columns.join(" | ")} |`;
}

function standardError(values: readonly number[]): number {
  const center = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - center) ** 2)) / values.length);
}
