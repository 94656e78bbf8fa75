import "server-only";
import { AppError } from "@/lib/contracts/errors";
import type { RunEvent } from "@/lib/contracts/run-events";
import type { RunSnapshot } from "@/lib/contracts/runs";
import type { BusListener } from "@/lib/streaming/event-bus";
import { runTopic } from "@/lib/streaming/topics";
import type { Container } from "../container";
import { ACTOR } from "./make-project";

/** Waits before a connection that worked earlier in the run is tried again, in milliseconds. */
export const PATIENCE_MS: readonly number[] = [5_000, 30_000];

export interface Progress {
  metricCalls: number;
  maxMetricCalls: number;
  /** Normalised estimate of the best so far; null before anything is scored. */
  best: number | null;
  edits: number;
}

export interface WatchOptions {
  /** Aborted: the search stops at its next decision and takes the best. */
  stop: AbortSignal;
  patienceMs: readonly number[];
  onProgress(progress: Progress): void;
  /** What a person should know now. */
  say(text: string): void;
}

export interface WatchedRun {
  run: RunSnapshot;
  jobId: string;
  /** Why the run was given up, in words; null when the search came to its own end. */
  failure: string | null;
}

/** Follows a started run to its end. A connection in trouble is tried again a few times, then the run is given up. */
export async function watchRun(
  { deps, services }: Container,
  runId: string,
  options: WatchOptions,
): Promise<WatchedRun> {
  const jobId = deps.repos.runs.byId(runId)?.jobId ?? "";
  const { maxMetricCalls } = services.runs.get(ACTOR, runId).manifest;
  const patience = createPatience(options.patienceMs);
  const progress: Progress = { metricCalls: 0, maxMetricCalls, best: null, edits: 0 };
  let failure: string | null = null;

  const onTrouble = (cause: string): void => {
    const hasWorked = deps.repos.paidCalls.totals(jobId).length > 0;
    const waitMs = hasWorked && !options.stop.aborted ? patience.next() : null;
    if (waitMs !== null) {
      options.say(`${cause} Trying again in ${waitMs / 1000} seconds.`);
      patience.wait(waitMs, () => deps.jobs.resume(jobId));
      return;
    }
    failure = cause;
    void deps.jobs.cancel(jobId, cause);
  };
  const listener: BusListener = (message) => {
    const body = message === "ended" ? null : (message.item as RunEvent | null)?.body;
    if (!body) return;
    if (body.type === "paused" && !body.byPerson) onTrouble(body.cause);
    if (fold(progress, body)) options.onProgress({ ...progress });
  };
  const unsubscribe = deps.bus.subscribe(runTopic(runId), listener);
  const onStop = (): void => {
    if (patience.isWaiting()) onTrouble("Stopped while the connection was in trouble.");
    else services.runs.control(ACTOR, runId, "stop").catch(ignoreOver);
  };
  options.stop.addEventListener("abort", onStop, { once: true });
  if (options.stop.aborted) onStop();
  try {
    await deps.jobs.finished(jobId);
  } finally {
    patience.clear();
    unsubscribe();
    options.stop.removeEventListener("abort", onStop);
  }
  const run = services.runs.get(ACTOR, runId);
  return {
    run,
    jobId,
    failure: failure ?? (run.view.ended ? null : (run.cause ?? "The run did not come to its end.")),
  };
}

/** Takes in an event; false when it tells nothing new. */
function fold(progress: Progress, body: RunEvent["body"]): boolean {
  const before = JSON.stringify(progress);
  if ("metricCalls" in body) progress.metricCalls = Math.max(progress.metricCalls, body.metricCalls);
  if (body.type === "recommendation-changed") progress.best = body.estimate;
  if (body.type === "seed-evaluated") progress.best ??= body.meanScore;
  if (
    body.type === "candidate-accepted" ||
    body.type === "candidate-rejected" ||
    body.type === "proposal-refused"
  )
    progress.edits += 1;
  return JSON.stringify(progress) !== before;
}

/** A stop that comes when the search has just ended has nothing left to stop. */
function ignoreOver(error: unknown): void {
  if (!(error instanceof AppError) || error.code !== "run-not-active") throw error;
}

function createPatience(waits: readonly number[]) {
  let used = 0;
  let timer: NodeJS.Timeout | null = null;
  const clear = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  return {
    /** The next wait; null when patience is over. */
    next: (): number | null => waits[used++] ?? null,
    isWaiting: (): boolean => timer !== null,
    wait: (ms: number, then: () => void): void => {
      clear();
      timer = setTimeout(() => {
        timer = null;
        then();
      }, ms);
    },
    clear,
  };
}
