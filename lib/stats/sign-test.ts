import { fairCoinTail } from "./distributions";

export interface SignTestResult {
  /** One-sided: chance of at least this many better ones when better and worse are equally likely. */
  pBetter: number;
  /** One-sided, the other way. */
  pWorse: number;
  /** Two-sided: twice the smaller tail, at most 1. */
  pTwoSided: number;
}

/**
 * Exact sign test on counts; ties are left out before (Dixon and Mood, "The statistical sign test", 1946).
 * Throws `RangeError` unless both counts are whole and not negative. No pairs: every p is 1.
 */
export function signTest({ better, worse }: { better: number; worse: number }): SignTestResult {
  const pBetter = fairCoinTail(better, better + worse);
  const pWorse = fairCoinTail(worse, better + worse);
  return { pBetter, pWorse, pTwoSided: Math.min(1, 2 * Math.min(pBetter, pWorse)) };
}
