import type { RolloutExecutor } from "../types";
import { QueueExecutor, type QueueExecutorOptions } from "./queue-executor";
import { QueueLink } from "./queue-link";
import { QueuePresence, type QueuePresenceOptions } from "./queue-presence";
import type { SeenWorker } from "./worker-census";

export interface RolloutQueueOptions extends QueueExecutorOptions, QueuePresenceOptions {
  url: string;
  /** First part of all its keys: several installations may share one Redis. */
  prefix: string;
}

export interface QueueStats {
  isReachable: boolean;
  /** Rollouts that wait for a worker, and that a worker has. */
  waiting: number;
  active: number;
  /** Since the server began. */
  done: number;
  failed: number;
  doneLastMinute: number;
  workers: readonly SeenWorker[];
  version: string;
}

export interface RolloutQueue {
  executor: RolloutExecutor;
  stats(): QueueStats;
  close(): Promise<void>;
}

/** Rollouts done by workers, which take them from a queue over Redis. Opens by itself; Redis may come later. */
export function openRolloutQueue(options: RolloutQueueOptions): RolloutQueue {
  const { now, hello } = options;
  const link = QueueLink.open(options, {
    onMessage: (text) => executor.onMessage(text),
    onReachable: (isReachable) => presence.onReachable(isReachable),
  });
  const executor = new QueueExecutor(options, link);
  const presence = new QueuePresence(options, executor);
  void link.then((opened) => presence.start(opened));
  return {
    executor,
    stats: () => {
      const { throughput } = executor;
      const { done, failed } = throughput;
      const doneLastMinute = throughput.lastMinute(now());
      return { ...presence.stats(now()), done, failed, doneLastMinute, version: hello.version };
    },
    close: async () => {
      executor.stop();
      presence.stop();
      await (await link).close();
    },
  };
}
