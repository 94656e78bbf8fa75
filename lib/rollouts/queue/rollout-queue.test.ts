import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeRolloutExecutor } from "../rollout-executor.contract";
import { rolloutSpec } from "../testing/fixtures";
import type { QueueWorker } from "./queue-worker";
import type { RolloutQueue } from "./rollout-queue";
import { fakeEndpoint, openTestQueue, startTestWorker, workerPaidHost } from "./testing/fixtures";
import { hasRedis, startRedis, type TestRedis } from "./testing/redis-server";

const never = new AbortController().signal;

/** Without a Redis these count as skipped, visibly. */
describe.skipIf(!hasRedis())("rollouts over Redis", () => {
  let redis: TestRedis;
  let queue: RolloutQueue;
  let worker: QueueWorker;
  let steps: ({ status: number; body: string } | "hang")[] = [];
  const received: Record<string, unknown>[] = [];

  beforeAll(async () => {
    redis = await startRedis();
    queue = openTestQueue(redis.url);
    worker = await startTestWorker(redis.url, {
      timing: { now: () => 0, random: () => 0, sleep: (ms, signal) => shortSleep(Math.min(ms, 60), signal) },
      fetch: async (_url, init) => {
        received.push(JSON.parse(String(init?.body)) as Record<string, unknown>);
        const step = steps.length > 1 ? steps.shift() : steps[0];
        if (step === undefined || step === "hang") return hangUntil(init?.signal ?? null);
        return new Response(step.body, { status: step.status });
      },
    });
  });
  afterAll(async () => {
    await worker.close();
    await queue.close();
    await redis.stop();
  });

  describeRolloutExecutor("the queue", () => ({
    executor: queue.executor,
    agentUrl: "http://agent.test/answer",
    script: (...next) => {
      steps = next;
    },
    received: () => received,
  }));
});

function shortSleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

function hangUntil(signal: AbortSignal | null): Promise<Response> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
void [rolloutSpec, fakeEndpoint, workerPaidHost, never, expect, test];
