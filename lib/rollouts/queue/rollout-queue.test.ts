import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { hasRedis, startRedis, type TestRedis } from "@/test/redis-server";
import { createPoolExecutor } from "../pool-executor";
import { describeRolloutExecutor } from "../rollout-executor.contract";
import { hostOf, rolloutJudge, rolloutSpec, scriptedCaller } from "../testing/fixtures";
import type { RolloutExecutor } from "../types";
import { attendQueue } from "./attend-queue";
import { REDIS_AWAY } from "./queue-presence";
import type { QueueWorker } from "./queue-worker";
import type { RolloutQueue } from "./rollout-queue";
import {
  fakeEndpoint,
  openTestQueue,
  startTestWorker,
  testHello,
  testSeal,
  workerPaidHost,
} from "./testing/fixtures";

const never = new AbortController().signal;
const grade = JSON.stringify({ rationale: "Fine.", value: 4 });
const patient = { timeout: 60_000, interval: 20 };

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

/** Each with a Redis of its own, since they disturb it. */
describe.skipIf(!hasRedis())("what may happen to a queue", () => {
  const closing: (() => Promise<void>)[] = [];
  const later = <Thing>(thing: Thing, close: (thing: Thing) => Promise<void>): Thing => {
    closing.unshift(() => close(thing));
    return thing;
  };
  const redisHere = async () => later(await startRedis(), (one) => one.stop());
  const queueAt = (url: string, change = {}) => later(openTestQueue(url, change), (one) => one.close());
  const workerAt = async (url: string, change = {}) =>
    later(await startTestWorker(url, change), (one) => one.close());
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  test("a worker makes the calls with the connection's key, which nobody can read in Redis", async () => {
    const { url } = await redisHere();
    const keys: string[] = [];
    await workerAt(url, {
      fetch: fakeEndpoint(async (role, authorization) => {
        keys.push(authorization);
        return role === "task" ? "Answer." : grade;
      }),
    });
    const host = workerPaidHost();
    const outcome = await queueAt(url).executor.execute(rolloutSpec(), host, never);
    expect(outcome).toMatchObject({ status: "scored", output: "Answer.", score: 0.75 });
    expect(keys).toEqual(["Bearer sk-very-secret", "Bearer sk-very-secret"]);
    const redis = later(new Redis(url), async (one) => one.disconnect());
    const stored = await Promise.all((await redis.keys("test:snapshot:*")).map((key) => redis.get(key)));
    expect(stored.some((text) => text?.startsWith("sealed:"))).toBe(true);
    expect(stored.join("\n")).not.toContain("sk-very-secret");
  });

  test("snapshots are in Redis once, whatever the number of rollouts", async () => {
    const { url } = await redisHere();
    await workerAt(url, { fetch: fakeEndpoint(async (role) => (role === "task" ? "Answer." : grade)) });
    const { executor } = queueAt(url);
    const { target, judges, components, layout } = rolloutSpec();
    const specs = Array.from({ length: 12 }, (_, index) =>
      rolloutSpec({ target, judges, components, layout, callKeyPrefix: `k${index}` }),
    );
    await Promise.all(specs.map((spec) => executor.execute(spec, workerPaidHost(), never)));
    const redis = later(new Redis(url), async (one) => one.disconnect());
    // Target, judges, prompt, connection.
    expect(await redis.keys("test:snapshot:*")).toHaveLength(4);
    // And nothing stays of the rollouts themselves.
    await vi.waitFor(async () => expect(await redis.zcard("test:rollouts:completed")).toBe(0), patient);
  });

  test("what models are asked is the same to the letter as in the process", async () => {
    const { url } = await redisHere();
    await workerAt(url);
    const { executor } = queueAt(url);
    const judge = rolloutJudge("jv_a", "use", 1);
    // Keys in no order of the alphabet: the prompt quotes the scale as it stands.
    const scale = { kind: "numeric", step: 1, min: 1, max: 5 } as const;
    const anchors = [{ value: 5, meaning: "Sound." }];
    const judges = [{ ...judge, snapshot: { ...judge.snapshot, scale, anchors } }];
    const inputs = { messages: [{ role: "user" as const, content: "Why?" }], fields: { z: "1", a: "2" } };
    const spec = rolloutSpec({ judges, inputs, components: { system: "Be {{z}}.", also: "{{a}}" } });
    const asked = async (one: RolloutExecutor) => {
      const { call, requests } = scriptedCaller({ task: "Answer.", judge: grade });
      const outcome = await one.execute(spec, hostOf(call), never);
      const letters = JSON.stringify(requests.map(({ messages, schema }) => ({ messages, schema })));
      return { letters, outcome };
    };
    const here = createPoolExecutor({ fetch: () => Promise.reject(new Error("unused")) });
    expect(await asked(executor)).toEqual(await asked(here));
  });

  test("an abort reaches the call in flight at the worker", async () => {
    const { url } = await redisHere();
    let aborted = false;
    let isAsked = false;
    await workerAt(url, {
      fetch: async (_url: unknown, init?: RequestInit) => {
        isAsked = true;
        init?.signal?.addEventListener("abort", () => {
          aborted = true;
        });
        return hangUntil(init?.signal ?? null);
      },
    });
    const aborter = new AbortController();
    const reason = new Error("cancelled");
    const outcome = queueAt(url)
      .executor.execute(rolloutSpec(), workerPaidHost(), aborter.signal)
      .catch((error: unknown) => error);
    await vi.waitFor(() => expect(isAsked).toBe(true), patient);
    aborter.abort(reason);
    expect(await outcome).toBe(reason);
    await vi.waitFor(() => expect(aborted).toBe(true), patient);
  });

  test("a server that starts anew takes in what came meanwhile: the endpoint is asked once", async () => {
    const { url } = await redisHere();
    let answer = (): void => undefined;
    const asked: string[] = [];
    await workerAt(url, {
      fetch: fakeEndpoint(async (role) => {
        asked.push(role);
        if (role === "judge") return grade;
        await new Promise<void>((resolve) => {
          answer = resolve;
        });
        return "Answer.";
      }),
    });
    const first = openTestQueue(url);
    const lost = first.executor.execute(rolloutSpec(), workerPaidHost(), never).catch(() => "lost");
    await vi.waitFor(() => expect(asked).toEqual(["task"]), patient);
    await first.close();
    answer();
    const host = workerPaidHost();
    const second = queueAt(url, { hello: { ...testHello, epoch: "e2" } });
    const outcome = await second.executor.execute(rolloutSpec({ rolloutId: "rol_other" }), host, never);
    expect(outcome).toMatchObject({ status: "scored", output: "Answer." });
    expect(asked).toEqual(["task", "judge"]);
    expect(host.again).toEqual([]);
    void lost;
  });

  test("Redis away: the job pauses with the cause, and goes on when it is back, though Redis has lost all", async () => {
    const redis = await redisHere();
    const answers: ((text: string) => void)[] = [];
    await workerAt(redis.url, {
      fetch: fakeEndpoint((role) =>
        role === "judge"
          ? Promise.resolve(grade)
          : new Promise((resolve) => {
              answers.push(resolve);
            }),
      ),
    });
    const causes: string[] = [];
    const host = {
      ...workerPaidHost(),
      waitOut: async (cause: string, over: Promise<void>) => {
        causes.push(cause);
        await over;
        causes.push("over");
      },
    };
    const outcome = queueAt(redis.url).executor.execute(rolloutSpec(), host, never);
    await vi.waitFor(() => expect(answers).toHaveLength(1), patient);
    await redis.kill();
    await vi.waitFor(() => expect(causes).toEqual([REDIS_AWAY]), patient);
    answers[0]?.("Answer.");
    await redis.start();
    expect(await outcome).toMatchObject({ status: "scored", output: "Answer." });
    expect(causes).toEqual([REDIS_AWAY, "over"]);
  });

  test("a worker of another version, or with another secret, is refused in words, and is on the page", async () => {
    const { url } = await redisHere();
    const queue = queueAt(url);
    const attend = (change: Partial<Parameters<typeof attendQueue>[0]>) =>
      attendQueue({
        url,
        prefix: "test",
        id: "w9",
        host: "machine",
        pid: 9,
        version: "v1",
        concurrency: 2,
        seal: testSeal,
        fetchUnder: () => () => Promise.reject(new Error("unused")),
        now: () => 0,
        say: () => undefined,
        ...change,
      });
    expect(await attend({ version: "v0" }).ended).toContain("version v0, the server of v1");
    await vi.waitFor(
      () => expect(queue.stats().workers).toMatchObject([{ id: "w9", version: "v0", isLive: false }]),
      patient,
    );
    const stranger = { ...testSeal, open: () => "not what was sealed" };
    expect(await attend({ id: "w8", seal: stranger }).ended).toContain("TOUCHSTONE_SECRET");
    const good = attend({ id: "w7" });
    const live = () => queue.stats().workers.filter(({ isLive }) => isLive);
    await vi.waitFor(() => expect(live()).toMatchObject([{ id: "w7", concurrency: 2 }]), patient);
    await good.stop();
    expect(await good.ended).toBeNull();
  });
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
