import type { Wallet } from "../budget";
import {
  type BatchResult,
  type Job,
  MAX_READINGS,
  type Readings,
  type Runnable,
  runJobs,
  type ScoredRollout,
} from "../rollout-desk";
import type { Run } from "../run-context";
import type { ExampleId, Rollout, RolloutPurpose } from "../types";

/** Rollouts as the reference does them: fresh every time; only validation may read the evaluation cache. */
export interface ReferenceDesk {
  /** Starts an iteration with so many calls. */
  open(calls: number): void;
  settle(): void;
  /** Runs candidates on their minibatches; answers by candidate and position (an id may stand twice). */
  minibatch(
    work: readonly { runnable: Runnable; ids: readonly ExampleId[] }[],
    purpose?: RolloutPurpose,
  ): Promise<MinibatchResult>;
  /** Runs candidates on valset ids; with the cache on, pairs that are known cost nothing (SPEC RE6). */
  validate(
    runnables: readonly Runnable[],
    ids: readonly ExampleId[],
    purpose: RolloutPurpose,
  ): Promise<Pick<BatchResult, "of" | "outcomes">>;
  /** Whether so many calls are left in this iteration. */
  canAfford(calls: number): boolean;
  /** Metric calls of the run so far, those of this iteration included. */
  usedNow(): number;
}

export interface MinibatchResult {
  /** By piece of work, then by position. */
  rollouts: readonly (readonly Rollout[])[];
  outcomes: readonly boolean[];
}

export function createReferenceDesk(run: Run, hasCache: boolean): ReferenceDesk {
  const cache = new Map<string, ScoredRollout>();
  const readings = new Map<string, number>();
  let wallet: Wallet = run.ledger.grant(0);

  /** A fresh sample for every reading, with room for the re-runs of a failure behind it. */
  const runFresh = async (jobs: readonly Job[], purpose: RolloutPurpose): Promise<BatchResult> => {
    const samples = new Map(
      jobs.map((job) => {
        const key = pairKey(job.runnable, job.exampleId);
        const count = readings.get(key) ?? 0;
        readings.set(key, count + 1);
        return [job, count * MAX_READINGS] as const;
      }),
    );
    const batch = await runJobs(run.desk, wallet, jobs, purpose, (job) => samples.get(job) ?? 0);
    for (const [index, job] of jobs.entries()) {
      const rollout = batch.rollouts[index];
      if (hasCache && rollout?.status === "scored") cache.set(pairKey(job.runnable, job.exampleId), rollout);
    }
    return batch;
  };

  return {
    open(calls) {
      wallet = run.ledger.grant(calls);
    },
    settle: () => run.ledger.settle(wallet),
    canAfford: (calls) => wallet.left() >= calls,
    usedNow: () => run.ledger.usedWith(wallet.callKeys()),
    async minibatch(work, purpose = "minibatch") {
      const jobs = work.flatMap(({ runnable, ids }) =>
        ids.map((exampleId): Job => ({ runnable, exampleId })),
      );
      const batch = await runFresh(jobs, purpose);
      const starts = work.map((_, index) =>
        work.slice(0, index).reduce((total, { ids }) => total + ids.length, 0),
      );
      const rollouts = work.map(({ ids }, index) => {
        const start = starts[index] as number;
        return batch.rollouts.slice(start, start + ids.length);
      });
      return { rollouts, outcomes: batch.outcomes };
    },
    async validate(runnables, ids, purpose) {
      const jobs = runnables.flatMap((runnable) => ids.map((exampleId): Job => ({ runnable, exampleId })));
      const misses = jobs.filter(({ runnable, exampleId }) => !cache.has(pairKey(runnable, exampleId)));
      const batch = await runFresh(misses, purpose);
      const known = (runnable: Runnable): [ExampleId, ScoredRollout][] =>
        ids.flatMap((id) => {
          const hit = cache.get(pairKey(runnable, id));
          return hit === undefined ? [] : [[id, hit]];
        });
      const of = (runnable: Runnable): Readings => {
        const fresh = batch.of(runnable);
        return { scored: new Map([...known(runnable), ...fresh.scored]), failed: fresh.failed };
      };
      return { of, outcomes: batch.outcomes };
    },
  };
}

function pairKey(runnable: Runnable, exampleId: ExampleId): string {
  return `${runnable.key}\n${exampleId}`;
}
