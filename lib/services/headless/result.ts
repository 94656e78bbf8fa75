import type { RunSnapshot } from "@/lib/contracts/runs";
import { mean } from "@/lib/util/math";
import type { HeadlessFailures } from "./count-failures";
import type { HoldoutResult } from "./score-holdout";

/** What the command prints. Scores lie between 0 and 1; null where nothing could be scored. */
export interface HeadlessResult {
  bestPrompt: string;
  /** Means of the starting prompt and of the best one over the comparison records that both were scored on. */
  initialScore: number | null;
  finalScore: number | null;
  /** Null with --holdout 0, and when failures stopped the run. */
  holdout: HoldoutResult | null;
  /** Scored answers that the search spent; the holdout's are not among them. */
  metricCalls: number;
  /** Answered calls by role, the holdout's included. */
  llmCalls: { task: number; judge: number; reflection: number };
  /** Prompts that were tried, the starting one included. */
  candidates: number;
  wallMs: number;
  stopReason: string;
  failures: HeadlessFailures;
}

export const EXIT = { improved: 0, badInput: 2, notImproved: 3, failed: 4 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends of a search that came from failures and not from a decision. */
const FAILURES: ReadonlySet<string> = new Set([
  "reflection-failing",
  "rollouts-failing",
  "seed-failed",
  "aborted",
]);
export const GAVE_UP = "connection-failing";

export function isFailure(stopReason: string): boolean {
  return stopReason === GAVE_UP || FAILURES.has(stopReason);
}

/** The best candidate of a run and its scores, also of one that was given up before its end. */
export function outcomeOfRun({ view }: RunSnapshot): {
  seedId: string;
  bestId: string;
  initialScore: number | null;
  finalScore: number | null;
} {
  const seedId = view.seedCandidateId ?? "c0";
  if (view.ended) {
    const { recommendedCandidateId, seedScore, recommendedScore } = view.ended;
    return { seedId, bestId: recommendedCandidateId, initialScore: seedScore, finalScore: recommendedScore };
  }
  const bestId = view.recommended?.candidateId ?? seedId;
  const pairs = view.valset.flatMap((id) => {
    const [old, fresh] = [view.scores[seedId]?.[id] ?? null, view.scores[bestId]?.[id] ?? null];
    return old === null || fresh === null ? [] : [{ old, fresh }];
  });
  if (pairs.length === 0) return { seedId, bestId, initialScore: null, finalScore: null };
  return {
    seedId,
    bestId,
    initialScore: mean(pairs.map(({ old }) => old)),
    finalScore: mean(pairs.map(({ fresh }) => fresh)),
  };
}

/** Records that the search never saw decide where there are some; else the comparison records. */
export function exitCodeOf(result: HeadlessResult, isStartingPrompt: boolean): ExitCode {
  const { holdout, initialScore, finalScore, stopReason } = result;
  if (isFailure(stopReason) || holdout?.n === 0) return EXIT.failed;
  const [before, after] = holdout ? [holdout.before, holdout.after] : [initialScore, finalScore];
  const isBetter = !isStartingPrompt && before !== null && after !== null && after > before;
  return isBetter ? EXIT.improved : EXIT.notImproved;
}
