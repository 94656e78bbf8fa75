import { mean } from "@/lib/util/math";
import { lead, withError } from "../paired";
import { tableOf } from "../tables";
import type { EndpointRun } from "./run-endpoint";

/** A row an arm and budget; leads are paired by seed over the runs that both came to an end. */
export function endpointTable(runs: readonly EndpointRun[]): string {
  const arms = [...new Set(runs.map(({ arm }) => arm))];
  const budgets = [...new Set(runs.map(({ budget }) => budget))];
  const rows = budgets.flatMap((budget) =>
    arms.map((arm) =>
      rowOf(
        arm,
        budget,
        runs.filter((run) => run.budget === budget && run.arm === arm),
        runs.filter((run) => run.budget === budget && run.arm === arms[0]),
      ),
    ),
  );
  return tableOf(
    [
      "arm",
      "calls allowed",
      "holdout before",
      "holdout after",
      "lead over the first arm",
      "calls",
      "calls to models (task, judge, reflection)",
      "minutes",
      "ended by",
      "failures",
    ],
    rows,
  );
}

function rowOf(
  arm: string,
  budget: number,
  runs: readonly EndpointRun[],
  first: readonly EndpointRun[],
): string[] {
  const results = runs.flatMap(({ result }) => result ?? []);
  if (results.length === 0) return [arm, String(budget), "", "", "", "", "", "", "", `${runs.length} runs`];
  const average = (values: readonly number[], digits: number): string => mean(values).toFixed(digits);
  const scored = (side: "before" | "after"): number[] =>
    results.flatMap(({ holdout }) => holdout?.[side] ?? []);
  const pairs = runs.flatMap(({ seed, result }) => {
    const other = first.find((run) => run.seed === seed)?.result?.holdout?.after ?? null;
    const own = result?.holdout?.after ?? null;
    return own === null || other === null ? [] : [{ own, other }];
  });
  const calls = (["task", "judge", "reflection"] as const).map((role) =>
    average(
      results.map(({ llmCalls }) => llmCalls[role]),
      0,
    ),
  );
  const failed = runs.length - results.length;
  return [
    arm,
    String(budget),
    scored("before").length === 0 ? "not scored" : withError(scored("before")),
    scored("after").length === 0 ? "not scored" : withError(scored("after")),
    pairs.length === 0
      ? ""
      : lead(
          pairs.map(({ own }) => own),
          pairs.map(({ other }) => other),
        ),
    average(
      results.map(({ metricCalls }) => metricCalls),
      1,
    ),
    calls.join(", "),
    average(
      results.map(({ wallMs }) => wallMs / 60_000),
      1,
    ),
    [...new Set(results.map(({ stopReason }) => stopReason))].join(", "),
    failed === 0 ? "none" : `${failed} of ${runs.length} runs`,
  ];
}
