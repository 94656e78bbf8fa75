import "server-only";
import { hostname } from "node:os";
import { createGuardedFetch } from "@/lib/llm";
import { type AttendOptions, attendQueue } from "@/lib/rollouts/queue/attend-queue";
import { newId } from "@/lib/util/new-id";
import { type Env, readEnv } from "../env";
import { createSecretBox } from "../secrets";
import { QUEUE_PREFIX } from "./open-queue";
import { sourcesVersion } from "./sources-version";

/** What a worker cannot do without, in words; it then never begins. */
export class WorkerRefused extends Error {}

export interface WorkerProcess {
  /** Resolves when it was told to stop, rejects with WorkerRefused when the server does not want it. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

/**
 * A worker: no database, no data folder. Everything comes from Redis, by content hash, and every call is asked for at
 * the server first. The second composition root beside the container.
 * @throws WorkerRefused
 */
export function startWorker(
  concurrency: number,
  say: (line: string) => void,
  env: Env = readEnv(),
): WorkerProcess {
  if (env.REDIS_URL === undefined)
    throw new WorkerRefused("A worker needs REDIS_URL, the same that the server has (docs/scale-out.md).");
  if (env.TOUCHSTONE_SECRET === undefined)
    throw new WorkerRefused(
      "A worker needs TOUCHSTONE_SECRET, the same that the server has (docs/scale-out.md).",
    );
  const options: AttendOptions = {
    url: env.REDIS_URL,
    prefix: QUEUE_PREFIX,
    id: newId("wrk"),
    host: hostname(),
    pid: process.pid,
    version: sourcesVersion(),
    concurrency,
    seal: createSecretBox(env.TOUCHSTONE_SECRET),
    fetchUnder: (policy) => createGuardedFetch(policy),
    now: () => Date.now(),
    say,
  };
  const attendance = attendQueue(options);
  return {
    ended: attendance.ended.then((refusal) => {
      if (refusal !== null) throw new WorkerRefused(refusal);
    }),
    stop: () => attendance.stop(),
  };
}
