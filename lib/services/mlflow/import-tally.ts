import type { MlflowCount, MlflowCounts, MlflowImportPlan } from "@/lib/contracts/mlflow";

const LISTED_NOTICES = 200;

/** Counts what an import does by kind, and keeps what is to be said about it. */
export interface Tally {
  counts: MlflowCounts;
  notices: string[];
}

export function newTally(notices: readonly string[] = []): Tally {
  const none = (): MlflowCount => ({ fresh: 0, changed: 0, same: 0, leftOut: 0 });
  return {
    counts: { versions: none(), aliases: none(), records: none(), traces: none(), labels: none() },
    notices: [...notices],
  };
}

/** Something is not taken over, for a reason that a person can read. */
export function leaveOut(tally: Tally, kind: keyof MlflowCounts, notice: string): void {
  tally.counts[kind].leftOut += 1;
  tally.notices.push(notice);
}

/** As it is shown and stored. A reason that is given many times is said once. */
export function planOf({ counts, notices }: Tally): MlflowImportPlan {
  const distinct = [...new Set(notices)];
  return {
    counts,
    notices: distinct.slice(0, LISTED_NOTICES),
    moreNotices: Math.max(0, distinct.length - LISTED_NOTICES),
  };
}
