import { mean } from "@/lib/util/math";
import { REFERENCE } from "./arms";
import type { Measures } from "./measures";
import type { Results } from "./results";

/** A target of the design, and what was reached, regime by regime. */
export interface GoalRow {
  arm: string;
  /** Null: over all budgets together. */
  budget: number | null;
  goal: string;
  /** By regime; null where the arm was not run. */
  cells: readonly ({ text: string; isMet: boolean } | null)[];
}

interface Goal {
  armId: string;
  armName: string;
  goal: string;
  /** The target at a budget; null where there is none. */
  check(
    own: readonly Measures[],
    results: Results,
    regime: string,
    budget: number,
  ): { text: string; isMet: boolean } | null;
}

const AT_EQUAL_COST: Readonly<Record<number, number>> = { 75: 0.8, 150: 0.9, 300: 0.94 };
const ON_CALLS_ONLY: Readonly<Record<number, number>> = { 75: 0.86, 150: 0.93, 300: 0.955 };

const share = (runs: readonly Measures[]): number => mean(runs.map((run) => run.share));

const atLeast = (value: number, target: number): { text: string; isMet: boolean } => ({
  text: `${value.toFixed(3)} of ${target.toFixed(3)}`,
  isMet: value >= target,
});

const reaches =
  (targets: Readonly<Record<number, number>>): Goal["check"] =>
  (own, _results, _regime, budget) =>
    targets[budget] === undefined ? null : atLeast(share(own), targets[budget]);

/** The published reference at another budget, in the same regime. */
const beats =
  (budgetOf: (budget: number) => number | null): Goal["check"] =>
  (own, results, regime, budget) => {
    const at = budgetOf(budget);
    const reference = at === null ? [] : results.of(regime, REFERENCE.id, at);
    return reference.length === 0 ? null : atLeast(share(own), share(reference));
  };

const TWICE = beats((budget) => 2 * budget);
const GOALS: readonly Goal[] = [
  ...[
    { armId: "equal-cost", armName: "frugal at equal cost" },
    { armId: "equal-money", armName: "frugal at equal money" },
  ].flatMap(({ armId, armName }): Goal[] => [
    { armId, armName, goal: "floor: the reference at twice the calls", check: TWICE },
    { armId, armName, goal: "goal: 0.80 / 0.90 / 0.94", check: reaches(AT_EQUAL_COST) },
  ]),
  { armId: "frugal", armName: "frugal", goal: "goal: 0.86 / 0.93 / 0.955", check: reaches(ON_CALLS_ONLY) },
  {
    armId: "frugal",
    armName: "frugal",
    goal: "with 75 calls the reference's result of 300",
    check: beats((budget) => (budget === 75 ? 300 : null)),
  },
  {
    armId: "fast",
    armName: "frugal, 4 lanes",
    goal: "the reference's quality",
    check: beats((budget) => budget),
  },
  {
    armId: "fast",
    armName: "frugal, 4 lanes",
    goal: "a third of the reference's minutes",
    check: (own, results, regime, budget) => {
      const minutes = mean(own.map((run) => run.minutes));
      const target = mean(results.of(regime, REFERENCE.id, budget).map((run) => run.minutes)) / 3;
      return target === 0
        ? null
        : { text: `${minutes.toFixed(1)} of ${target.toFixed(1)}`, isMet: minutes <= target };
    },
  },
];

/** Each goal at each budget; goals of arms that were not run are left out. */
export function goalRows(results: Results): GoalRow[] {
  return GOALS.flatMap((goal) =>
    results.budgets.flatMap((budget): GoalRow[] => {
      const cells = results.regimes.map((regime) => {
        const own = results.of(regime, goal.armId, budget);
        return own.length === 0 ? null : goal.check(own, results, regime, budget);
      });
      return cells.every((cell) => cell === null)
        ? []
        : [{ arm: goal.armName, budget, goal: goal.goal, cells }];
    }),
  );
}

/** What no single run may spend more of: its budget, or what the reference spent on the same world. */
interface Cap {
  armId: string;
  armName: string;
  cap: string;
  isOver(run: Measures, reference: Measures, budget: number): boolean;
}

const isOverCalls: Cap["isOver"] = (run, _reference, budget) => run.calls > budget;

const CAPS: readonly Cap[] = [
  ...[
    { armId: "equal-cost", armName: "frugal at equal cost" },
    { armId: "equal-money", armName: "frugal at equal money" },
    { armId: "frugal", armName: "frugal" },
    { armId: "fast", armName: "frugal, 4 lanes" },
  ].map((arm): Cap => ({ ...arm, cap: "metric calls within the budget", isOver: isOverCalls })),
  {
    armId: "equal-cost",
    armName: "frugal at equal cost",
    cap: "costs no more than the reference",
    isOver: (run, reference) => run.cost > reference.cost,
  },
  {
    armId: "equal-money",
    armName: "frugal at equal money",
    cap: "costs no more dollars than the reference",
    isOver: (run, reference) => run.dollars > reference.dollars + 1e-9,
  },
];

/** Each cap, counted over all runs of an arm. */
export function capRows(results: Results): GoalRow[] {
  return CAPS.flatMap(({ armId, armName, cap, isOver }): GoalRow[] => {
    const cells = results.regimes.map((regime) => {
      const verdicts = results.budgets.flatMap((budget) => {
        const reference = results.of(regime, REFERENCE.id, budget);
        return results
          .of(regime, armId, budget)
          .map((run, world) => isOver(run, reference[world] as Measures, budget));
      });
      const over = verdicts.filter(Boolean).length;
      return verdicts.length === 0
        ? null
        : { text: `${over} of ${verdicts.length} runs over`, isMet: over === 0 };
    });
    return cells.every((cell) => cell === null) ? [] : [{ arm: armName, budget: null, goal: cap, cells }];
  });
}
