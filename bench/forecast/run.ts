import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Range } from "@/lib/stats/forecast-plan";
import { type ForecastWorld, measureWorld } from "./world";

const BUDGETS = [40, 75, 150] as const;
const NEEDED_SHARE = 0.75;

/**
 * `npm run bench -- forecast [--runs 100]`: what the launch page foretold of a run, against what the run then spent, over
 * simulated runs of two projects, three budgets and both strategies. A range of 80 % should hold at least 75 of 100.
 */
export async function runForecastBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { runs: { type: "string", default: "100" } } });
  const worlds: ForecastWorld[] = [];
  for (let index = 0; index < Number(values.runs); index++) {
    const maxMetricCalls = BUDGETS[index % BUDGETS.length] ?? 75;
    const strategy = index % 4 === 3 ? "reference" : "frugal";
    worlds.push(await measureWorld({ index, maxMetricCalls, strategy }));
  }
  const table = tableOf(worlds);
  console.log(table);
  const folder = join(import.meta.dirname, "../results");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "forecast.md"), `${table}\n`);
  const held = worlds.filter(({ usd }) => isInside(usd.foretold, usd.actual)).length;
  if (held < NEEDED_SHARE * worlds.length) process.exitCode = 1;
}

function tableOf(worlds: readonly ForecastWorld[]): string {
  const groups = new Map<string, ForecastWorld[]>();
  for (const world of worlds) {
    const key = `${world.project} | ${world.strategy} | ${world.maxMetricCalls}`;
    groups.set(key, [...(groups.get(key) ?? []), world]);
  }
  const line = (name: string, of: readonly ForecastWorld[]): string =>
    `| ${name} | ${of.length} | ${share(of, "usd")} | ${share(of, "proposals")} | ${ratio(of, "usd")} | ${ratio(of, "proposals")} |`;
  return [
    "# Forecast against what came",
    "",
    "Inside the range that the launch page showed; last column: spent, as a share of the middle of the range, lowest to highest.",
    "",
    "| project | strategy | budget | runs | spend inside | edits inside | spent ÷ middle | edits ÷ middle |",
    "|---|---|---|---|---|---|---|---|",
    ...[...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, of]) => line(name, of)),
    line("all | | ", worlds),
  ].join("\n");
}

function share(worlds: readonly ForecastWorld[], figure: "usd" | "proposals"): string {
  const held = worlds.filter((world) => isInside(world[figure].foretold, world[figure].actual)).length;
  return `${held} of ${worlds.length}`;
}

function ratio(worlds: readonly ForecastWorld[], figure: "usd" | "proposals"): string {
  const ratios = worlds.map((world) => {
    const { foretold, actual } = world[figure];
    return (2 * actual) / (foretold.low + foretold.high);
  });
  return `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
}

function isInside({ low, high }: Range, actual: number): boolean {
  return actual >= low && actual <= high;
}
