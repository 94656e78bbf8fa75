import { mapLimit } from "@/lib/util/map-limit";
import type { Wallet } from "./budget";
import type { Evaluator } from "./ports";
import type { Candidate, CandidateId, ExampleId, Rollout, RolloutPurpose, RolloutRequest } from "./types";

export type ScoredRollout = Extract<Rollout, { status: "scored" }>;

/** A candidate as the evaluator needs it; `key` is its identity. */
export interface Runnable {
  id: CandidateId;
  candidate: Candidate;
  key: string;
}

/** One rollout to run. */
export interface Job {
  runnable: Runnable;
  exampleId: ExampleId;
}

/** What the rollouts of one candidate gave. */
export interface Readings {
  scored: ReadonlyMap<ExampleId, ScoredRollout>;
  /** Ids that failed on every reading, with the last cause. */
  failed: ReadonlyMap<ExampleId, string>;
}

/** What a batch of rollouts gave. */
export interface BatchResult {
  /** What is known now of this candidate; empty when the batch held no job of it. */
  of(runnable: Runnable): Readings;
  /** The last answer to each job, in the order of the jobs. */
  rollouts: readonly Rollout[];
  /** Whether each job was scored in the end, in order; feeds the failure stopper. */
  outcomes: readonly boolean[];
}

/** The only place that calls the evaluator. */
export interface RolloutDesk {
  /** One rollout. Equal requests are one call, also while it is in flight (SPEC RO2). */
  ask(runnable: Runnable, exampleId: ExampleId, sample: number, purpose: RolloutPurpose): Promise<Rollout>;
  /** Metric calls answered so far, for telemetry: it runs ahead of the ledger. */
  answered(): number;
}

export interface RolloutNotice {
  request: RolloutRequest;
  rollout: Rollout;
  metricCalls: number;
}

export function createRolloutDesk(
  evaluator: Evaluator,
  concurrency: number,
  signal: AbortSignal,
  onFinished: (notice: RolloutNotice) => void,
): RolloutDesk {
  const asked = new Map<string, Promise<Rollout>>();
  const enter = createGate(concurrency);
  let answered = 0;
  const run = async (request: RolloutRequest): Promise<Rollout> => {
    const leave = await enter();
    try {
      signal.throwIfAborted();
      const rollout = checkRollout(await evaluator.evaluate(request, signal));
      if (isMetricCall(rollout)) answered += 1;
      onFinished({ request, rollout, metricCalls: answered });
      return rollout;
    } finally {
      leave();
    }
  };
  return {
    ask(runnable, exampleId, sample, purpose) {
      const key = callKeyOf(runnable, exampleId, sample);
      const known = asked.get(key);
      if (known) return known;
      const request = { candidateId: runnable.id, candidate: runnable.candidate, exampleId, sample, purpose };
      const rollout = run(request);
      asked.set(key, rollout);
      return rollout;
    },
    answered: () => answered,
  };
}

/** Most readings of one rollout: the first and two re-runs (SPEC RO3). */
export const MAX_READINGS = 3;

/**
 * Runs jobs and re-runs what failed, up to twice, as far as the wallet reaches. Decides on whole passes in the order of
 * the jobs, so that the result does not depend on which answer came first (SPEC RO4). The caller makes sure that the
 * wallet holds a call for each job.
 */
export async function runJobs(
  desk: RolloutDesk,
  wallet: Wallet,
  jobs: readonly Job[],
  purpose: RolloutPurpose,
  firstSampleOf: (job: Job) => number = () => 0,
): Promise<BatchResult> {
  const results = new Map<Job, Rollout>();
  let open = jobs;
  for (let reading = 0; reading < MAX_READINGS && open.length > 0; reading++) {
    const asked = open.slice(0, wallet.left());
    const sampleOf = (job: Job): number => firstSampleOf(job) + reading;
    const ask = (job: Job): Promise<Rollout> => desk.ask(job.runnable, job.exampleId, sampleOf(job), purpose);
    const answers = await mapLimit(asked, Math.max(1, asked.length), ask);
    for (const [index, rollout] of answers.entries()) {
      const job = asked[index] as Job;
      if (isMetricCall(rollout)) wallet.charge(callKeyOf(job.runnable, job.exampleId, sampleOf(job)));
      results.set(job, rollout);
    }
    open = asked.filter((job) => results.get(job)?.status === "failed");
  }
  const rollouts = jobs.map(
    (job): Rollout =>
      results.get(job) ?? { status: "failed", cause: "no metric calls left", answered: false },
  );
  const outcomes = rollouts.map(({ status }) => status === "scored");
  return { of: (runnable) => readingsOf(runnable, results), rollouts, outcomes };
}

function readingsOf(runnable: Runnable, results: ReadonlyMap<Job, Rollout>): Readings {
  const scored = new Map<ExampleId, ScoredRollout>();
  const failed = new Map<ExampleId, string>();
  for (const [job, rollout] of results) {
    if (job.runnable.id !== runnable.id) continue;
    if (rollout.status === "scored") scored.set(job.exampleId, rollout);
    else failed.set(job.exampleId, rollout.cause);
  }
  return { scored, failed };
}

/** A rollout whose task call was answered (SPEC BU2). */
export function isMetricCall(rollout: Rollout): boolean {
  return rollout.status === "scored" || rollout.answered;
}

/** A score is a finite number from 0 to 1, or the rollout failed (SPEC RO5). */
function checkRollout(rollout: Rollout): Rollout {
  if (rollout.status === "failed") return rollout;
  const isScore = (value: number): boolean => Number.isFinite(value) && value >= 0 && value <= 1;
  if (isScore(rollout.score) && Object.values(rollout.objectives).every(isScore)) return rollout;
  return { status: "failed", cause: `score out of range: ${rollout.score}`, answered: true };
}

function callKeyOf(runnable: Runnable, exampleId: ExampleId, sample: number): string {
  return `${runnable.key}\n${exampleId}\n${sample}`;
}

/** At most `limit` inside at once, first come first served. */
function createGate(limit: number): () => Promise<() => void> {
  const waiting: (() => void)[] = [];
  let inside = 0;
  const leave = (): void => {
    const next = waiting.shift();
    if (next) next();
    else inside -= 1;
  };
  return async () => {
    if (inside < limit) inside += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    return leave;
  };
}
