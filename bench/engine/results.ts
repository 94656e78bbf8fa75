import { keyOf, type WorldResult } from "./bench-world";
import type { Measures } from "./measures";

/** All results of one bench, looked up by regime, arm and budget. */
export interface Results {
  regimes: readonly string[];
  budgets: readonly number[];
  worlds: number;
  /** In the order of the worlds; empty where the arm was not run. */
  of(regime: string, armId: string, budget: number): readonly Measures[];
}

export function collectResults(
  regimes: readonly string[],
  budgets: readonly number[],
  worlds: readonly { regime: string; result: WorldResult }[],
): Results {
  return {
    regimes,
    budgets,
    worlds: worlds.length / Math.max(1, regimes.length),
    of: (regime, armId, budget) =>
      worlds
        .filter((world) => world.regime === regime)
        .flatMap(({ result }) => result[keyOf(armId, budget)] ?? []),
  };
}
