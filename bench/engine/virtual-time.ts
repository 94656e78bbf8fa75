import type { Candidate } from "@/lib/gepa/types";
import { drawFrom } from "@/lib/util/rng";

/** Simulated waiting: time jumps to the next event when nothing else is left to do. */
export interface VirtualTime {
  now(): number;
  sleep(seconds: number): Promise<void>;
  /** Runs `work` to its end, moving time on whenever it waits. */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
}

export function createVirtualTime(): VirtualTime {
  const waiting: { at: number; order: number; wake: () => void }[] = [];
  let now = 0;
  let order = 0;
  return {
    now: () => now,
    sleep(seconds) {
      return new Promise((wake) => void waiting.push({ at: now + seconds, order: order++, wake }));
    },
    async run(work) {
      let isDone = false;
      const result = work().finally(() => {
        isDone = true;
      });
      result.catch(() => {}); // met again below
      while (!isDone) {
        await new Promise((resolve) => setImmediate(resolve));
        waiting.sort((a, b) => a.at - b.at || a.order - b.order);
        const next = waiting.shift();
        if (next === undefined) continue;
        now = next.at;
        next.wake();
      }
      return result;
    },
  };
}

/** A task call and its judgement: 3.5 s in the median. */
export function rolloutSeconds(candidate: Candidate, exampleId: string, sample: number): number {
  return latencyOf(3.5, 0.6, Object.values(candidate).join("\n\n"), exampleId, sample);
}

/** One reflection: 20 s in the median. */
export function reflectionSeconds(...fields: (string | number)[]): number {
  return latencyOf(20, 0.4, ...fields);
}

/** Log-normal around the median, with a tail of 2 % that takes five times as long. */
function latencyOf(medianSeconds: number, sigma: number, ...fields: (string | number)[]): number {
  const [u, v] = [drawFrom(1, "u", ...fields), drawFrom(1, "v", ...fields)];
  const normal = Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * v);
  const tail = drawFrom(1, "tail", ...fields) < 0.02 ? 5 : 1;
  return medianSeconds * Math.exp(sigma * normal) * tail;
}
