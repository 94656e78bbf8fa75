import { mcnemarTest } from "@/lib/stats/mcnemar";
import type { AgreementTable } from "./agreement-table";

/** Whether teaching made the judge agree more, by the labels whose standing changed. */
export interface Headline {
  verdict: "better" | "unclear" | "worse";
  /** What was compared: the side of the good-enough line, or the grade where there is no line. */
  criterion: "same-side" | "same-grade";
  n: number;
  before: number;
  after: number;
  /** Disagreed before and agree now; agreed before and disagree now. */
  gained: number;
  lost: number;
  /** Exact one-sided p of McNemar's test, in either direction. */
  pBetter: number;
  pWorse: number;
}

const ALPHA = 0.05;

/**
 * The agreement sentence (ux.md, moment 6): better or worse when the exact one-sided McNemar test on the paired counts
 * gives p ≤ 0.05, else unclear (SPEC AG7).
 */
export function headline(before: AgreementTable, after: AgreementTable): Headline {
  const criterion = before.sameSide === null ? "same-grade" : "same-side";
  const afterById = new Map(after.cases.map((one) => [one.labelId, one]));
  const pairs = before.cases.flatMap((first) => {
    const second = afterById.get(first.labelId);
    if (first.kind === "failed" || second === undefined || second.kind === "failed") return [];
    const agrees = (one: typeof first): boolean =>
      criterion === "same-side" ? one.kind === "same" : one.expertValue === one.judgeValue;
    return [{ before: agrees(first), after: agrees(second) }];
  });
  const { gained, lost, pBetter, pWorse } = mcnemarTest(pairs);
  const isBetter = gained > lost && pBetter <= ALPHA;
  const isWorse = lost > gained && pWorse <= ALPHA;
  return {
    verdict: isBetter ? "better" : isWorse ? "worse" : "unclear",
    criterion,
    n: pairs.length,
    before: pairs.filter((pair) => pair.before).length,
    after: pairs.filter((pair) => pair.after).length,
    gained,
    lost,
    pBetter,
    pWorse,
  };
}
