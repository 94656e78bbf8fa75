import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { WorldJob, WorldResult } from "./bench-world";

type Reply = { result: WorldResult } | { error: string };

/** Runs worlds in processes of their own, one at a time each; results in the order of the jobs. */
export async function runWorlds(
  jobs: readonly WorldJob[],
  processes: number,
  onDone: (done: number) => void,
): Promise<WorldResult[]> {
  const results: WorldResult[] = [];
  let next = 0;
  let done = 0;
  const serve = async (): Promise<void> => {
    const worker = fork(join(import.meta.dirname, "worker.ts"));
    try {
      while (next < jobs.length) {
        const index = next++;
        results[index] = await ask(worker, jobs[index] as WorldJob);
        done += 1;
        onDone(done);
      }
    } finally {
      worker.disconnect();
    }
  };
  await Promise.all(Array.from({ length: Math.min(processes, jobs.length) }, serve));
  return results;
}

async function ask(worker: ChildProcess, job: WorldJob): Promise<WorldResult> {
  const gone = new AbortController();
  const exit = once(worker, "exit", { signal: gone.signal }).then(([code]) => {
    throw new Error(`A worker of the benchmark ended with ${code}.`);
  });
  worker.send(job);
  const [reply] = (await Promise.race([once(worker, "message"), exit])) as [Reply];
  exit.catch(() => {}); // the wait for an exit that is not needed any more
  gone.abort();
  if ("error" in reply) throw new Error(`${job.regime}, world ${job.seed}: ${reply.error}`);
  return reply.result;
}
