/** Runs work in a bounded number of slots; one job cannot keep another waiting for its whole queue. */
export interface FairPool {
  /**
   * Runs `work` when a slot is free: round-robin between jobs, in order of arrival inside a job.
   * Rejects with the signal's reason when it aborts while waiting (the work is then never started).
   */
  run<Result>(jobId: string, work: () => Promise<Result>, signal: AbortSignal): Promise<Result>;
  /** Slots from now on, at least 1. Work in flight is not interrupted when it shrinks. */
  setLimit(limit: number): void;
  stats(): { limit: number; running: number; waiting: number; jobs: number };
}

/** @throws RangeError unless `limit` is an integer ≥ 1 */
export function createFairPool(limit = 64): FairPool {
  let slots = checkedLimit(limit);
  let running = 0;
  const waiting = new RoundRobin();

  const startNext = (): void => {
    while (running < slots) {
      const start = waiting.take();
      if (!start) return;
      running += 1;
      start();
    }
  };

  const waitForSlot = (jobId: string, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const onAbort = (): void => {
        waiting.withdraw(jobId, start);
        reject(signal.reason);
      };
      const start = (): void => {
        signal.removeEventListener("abort", onAbort);
        resolve();
      };
      signal.addEventListener("abort", onAbort, { once: true });
      waiting.add(jobId, start);
      startNext();
    });

  return {
    run: async (jobId, work, signal) => {
      await waitForSlot(jobId, signal);
      try {
        signal.throwIfAborted();
        return await work();
      } finally {
        running -= 1;
        startNext();
      }
    },
    setLimit: (next) => {
      slots = checkedLimit(next);
      startNext();
    },
    stats: () => ({ limit: slots, running, waiting: waiting.size(), jobs: waiting.jobs() }),
  };
}

type Start = () => void;

/** Queues by job, served in turn. */
class RoundRobin {
  // A Map keeps insertion order: its first job is the next to be served, and goes to the end after its turn.
  readonly #queues = new Map<string, Start[]>();

  add(jobId: string, start: Start): void {
    const queue = this.#queues.get(jobId);
    if (queue) queue.push(start);
    else this.#queues.set(jobId, [start]);
  }

  take(): Start | undefined {
    const turn = this.#queues.entries().next();
    if (turn.done) return undefined;
    const [jobId, queue] = turn.value;
    const start = queue.shift();
    this.#queues.delete(jobId);
    if (queue.length > 0) this.#queues.set(jobId, queue);
    return start;
  }

  withdraw(jobId: string, start: Start): void {
    const queue = this.#queues.get(jobId);
    const index = queue?.indexOf(start) ?? -1;
    if (!queue || index < 0) return;
    queue.splice(index, 1);
    if (queue.length === 0) this.#queues.delete(jobId);
  }

  size(): number {
    let total = 0;
    for (const queue of this.#queues.values()) total += queue.length;
    return total;
  }

  jobs(): number {
    return this.#queues.size;
  }
}

function checkedLimit(limit: number): number {
  if (!Number.isInteger(limit) || limit < 1)
    throw new RangeError(`fair pool: limit ${limit} is no integer above 0`);
  return limit;
}
