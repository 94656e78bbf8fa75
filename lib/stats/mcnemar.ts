import { type SignTestResult, signTest } from "./sign-test";

export interface McNemarResult extends SignTestResult {
  /** Pairs that failed before and pass after. */
  gained: number;
  /** Pairs that passed before and fail after. */
  lost: number;
}

/**
 * McNemar's test for paired yes/no outcomes, exact: under no change each discordant pair is a fair coin, so it is
 * the sign test on them (McNemar 1947; exact form in Agresti, "Categorical Data Analysis", 10.1).
 */
export function mcnemarTest(pairs: readonly { before: boolean; after: boolean }[]): McNemarResult {
  const gained = pairs.filter(({ before, after }) => !before && after).length;
  const lost = pairs.filter(({ before, after }) => before && !after).length;
  return { gained, lost, ...signTest({ better: gained, worse: lost }) };
}
