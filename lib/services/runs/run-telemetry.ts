import "server-only";
import type { StoredRollout } from "@/db/repos/rollouts.repo";
import type { Run } from "@/db/repos/runs.repo";
import type { GepaEvent } from "@/lib/gepa";
import { sum } from "@/lib/util/math";
import type { JobContext } from "../jobs/job-types";
import type { ServiceDeps } from "../service-deps";
import { createLuckTracker } from "./luck-tracker";
import { capsOf } from "./run-caps";
import type { RunClock } from "./run-clock";
import type { RunJournal } from "./run-journal";

/** The pace so far is a fair guess of the pace to come, within this range. */
const PACE_SPREAD = { low: 0.8, high: 1.4 } as const;
const MS_A_MINUTE = 60_000;

export interface RunTelemetry {
  /** Before the journal has an event. */
  before(event: GepaEvent): void;
  /** After it: what was spent, what is left, what luck alone would show. */
  after(event: GepaEvent): void;
  /** A reading that the run uses, newly made or known from elsewhere. */
  onRollout(rollout: StoredRollout): void;
}

/** What the page is told beside the decisions. Nothing here decides anything. */
export function createRunTelemetry(
  { repos }: Pick<ServiceDeps, "repos">,
  run: Run,
  {
    journal,
    clock,
    context,
  }: { journal: RunJournal; clock: RunClock; context: Pick<JobContext, "setProgress"> },
): RunTelemetry {
  const luck = createLuckTracker();
  let memoHits = 0;
  let metricCalls = 0;

  const noteMoney = (): number | null => {
    const totals = repos.paidCalls.totals(run.jobId);
    const callsOf = (role: string): number => totals.find((one) => one.role === role)?.calls ?? 0;
    const spentUsd =
      totals.length === 0 || totals.some(({ costUsd }) => costUsd === null)
        ? null
        : sum(totals.map(({ costUsd }) => costUsd ?? 0));
    const perAnswer = spentUsd === null ? null : meanAnswerUsd(totals);
    journal.note({
      type: "money-updated",
      spentUsd,
      savedUsd: perAnswer === null ? null : memoHits * perAnswer,
      llmCalls: { task: callsOf("task"), judge: callsOf("judge"), reflection: callsOf("reflection") },
      tokens: sum(totals.map(({ inputTokens, outputTokens }) => inputTokens + outputTokens)),
    });
    return spentUsd;
  };
  const noteForecast = (spentUsd: number | null): void => {
    const left = capsOf(repos, run).maxMetricCalls - metricCalls;
    if (metricCalls === 0 || left < 0) return;
    const minutes = ((clock.activeMs() / metricCalls) * left) / MS_A_MINUTE;
    const usd = spentUsd === null ? null : (spentUsd / metricCalls) * left;
    journal.note({
      type: "forecast-updated",
      minutesLeft: { low: minutes * PACE_SPREAD.low, high: minutes * PACE_SPREAD.high },
      usd:
        spentUsd === null || usd === null
          ? null
          : { low: spentUsd + usd * PACE_SPREAD.low, high: spentUsd + usd * PACE_SPREAD.high },
    });
  };

  return {
    onRollout: ({ paid }) => {
      if (!paid) memoHits += 1;
    },
    before: (event) => {
      if ("metricCalls" in event) metricCalls = Math.max(metricCalls, event.metricCalls);
      // The last word on money comes before the end: after it nothing more is told.
      if (event.type === "run-ended" && !journal.isReplaying()) noteMoney();
    },
    after: (event) => {
      luck.observe(event);
      if (journal.isReplaying() || !SETTLING.has(event.type)) return;
      noteForecast(noteMoney());
      const band = luck.band();
      if (band && event.type !== "proposal-refused")
        journal.note({ type: "luck-updated", metricCalls, ...band });
      repos.runs.update(run.id, { metricCalls });
      context.setProgress({ done: metricCalls, stage: "searching" });
    },
  };
}

const SETTLING: ReadonlySet<string> = new Set([
  "seed-evaluated",
  "candidate-accepted",
  "candidate-rejected",
  "proposal-refused",
]);

/** Mean cost of one answer with its grades, of those that were paid for. */
function meanAnswerUsd(
  totals: readonly { role: string; calls: number; costUsd: number | null }[],
): number | null {
  const task = totals.find(({ role }) => role === "task");
  const judge = totals.find(({ role }) => role === "judge");
  if (!task || task.calls === 0) return null;
  return ((task.costUsd ?? 0) + (judge?.costUsd ?? 0)) / task.calls;
}
