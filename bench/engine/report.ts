import type { BenchOptions } from "./options";
import { regimeOf } from "./regimes";
import type { Results } from "./results";
import { goalTable, qualityTable, regimeTable } from "./tables";

/** The part that also goes into docs/benchmarks.md: quality by budget, and the targets. */
export function summaryReport(results: Results): string {
  const quality = results.budgets.map((budget) => qualityTable(results, budget));
  return [...quality, "Targets, ✓ reached or ✗ missed:", goalTable(results)].join("\n\n");
}

/** Everything, regime by regime. */
export function fullReport(results: Results, options: BenchOptions, notes: readonly string[]): string {
  const regimes = results.regimes.flatMap((regime) => [
    `## ${regime}`,
    `${regimeOf(regime).about}.`,
    regimeTable(results, regime),
  ]);
  return [
    "# Engine benchmark",
    `\`npm run bench -- engine --worlds ${options.worlds}\`, ${results.worlds} worlds a regime from seed ${options.firstSeed} on, split ${options.split}. What the columns mean: docs/benchmarks.md.`,
    ...notes,
    "## Summary",
    summaryReport(results),
    ...regimes,
  ].join("\n\n");
}
