import { mean } from "@/lib/util/math";
import { ARMS, PEER_ARMS, REFERENCE } from "./arms";
import { capRows, goalRows } from "./goals";
import type { Measures } from "./measures";
import { lead, withError } from "./paired";
import type { Results } from "./results";

/** A Markdown table. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** A row of the tables: an arm, or the published reference with twice the calls. */
interface RowOf {
  name: string;
  armId: string;
  calls: (budget: number) => number;
}

function rowsOf(): RowOf[] {
  const rows = [...ARMS, ...PEER_ARMS].map(({ id, name }) => ({
    name,
    armId: id,
    calls: (budget: number) => budget,
  }));
  const twice = {
    name: "reference at twice the calls",
    armId: REFERENCE.id,
    calls: (budget: number) => 2 * budget,
  };
  return [rows[0] as RowOf, twice, ...rows.slice(1)];
}

/** Quality at one budget: a row an arm, a column a regime. */
export function qualityTable(results: Results, budget: number): string {
  const rows = rowsOf().flatMap(({ name, armId, calls }) => {
    const cells = results.regimes.map((regime) => results.of(regime, armId, calls(budget)));
    if (cells.every((runs) => runs.length === 0)) return [];
    return [[name, ...cells.map((runs) => (runs.length === 0 ? "" : withError(sharesOf(runs))))]];
  });
  return tableOf([`${budget} calls`, ...results.regimes], rows);
}

/** Everything measured in one regime: a row an arm and budget. */
export function regimeTable(results: Results, regime: string): string {
  const rows = results.budgets.flatMap((budget) =>
    rowsOf().flatMap((row) => {
      const own = results.of(regime, row.armId, row.calls(budget));
      return own.length === 0 ? [] : [regimeRow(results, regime, budget, row.name, own)];
    }),
  );
  return tableOf(
    [
      "arm",
      "calls allowed",
      "quality",
      "lead over the reference",
      "lead over it at twice the calls",
      "calls (most)",
      "reflections",
      "cost",
      "cents",
      "minutes",
      "calls a true improvement",
      "refused before a call",
    ],
    rows,
  );
}

function regimeRow(
  results: Results,
  regime: string,
  budget: number,
  name: string,
  own: readonly Measures[],
): string[] {
  const average = (pick: (run: Measures) => number, digits: number): string =>
    mean(own.map(pick)).toFixed(digits);
  const referenceAt = (calls: number): number[] => sharesOf(results.of(regime, REFERENCE.id, calls));
  const improvements = own.reduce((total, run) => total + run.improvements, 0);
  const calls = own.reduce((total, run) => total + run.calls, 0);
  return [
    name,
    String(budget),
    withError(sharesOf(own)),
    lead(sharesOf(own), referenceAt(budget)),
    lead(sharesOf(own), referenceAt(2 * budget)),
    `${average((run) => run.calls, 1)} (${Math.max(...own.map((run) => run.calls))})`,
    average((run) => run.reflections, 1),
    average((run) => run.cost, 0),
    average((run) => 100 * run.dollars, 2),
    average((run) => run.minutes, 1),
    improvements === 0 ? "none" : (calls / improvements).toFixed(1),
    average((run) => run.refused, 2),
  ];
}

/** The targets of the design beside what was reached; ✗ where one is missed. */
export function goalTable(results: Results): string {
  const rows = [...goalRows(results), ...capRows(results)].map(({ arm, budget, goal, cells }) => [
    `${arm}: ${goal}`,
    budget === null ? "all" : String(budget),
    ...cells.map((cell) => (cell === null ? "" : `${cell.isMet ? "✓" : "✗"} ${cell.text}`)),
  ]);
  return tableOf(["target", "calls", ...results.regimes], rows);
}

function sharesOf(runs: readonly Measures[]): number[] {
  return runs.map((run) => run.share);
}
