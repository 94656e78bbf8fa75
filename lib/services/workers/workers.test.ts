import type { ChildProcess } from "node:child_process";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import pino from "pino";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ConnectionSpec } from "@/lib/llm";
import type { RolloutQueue } from "@/lib/rollouts/queue/rollout-queue";
import type { RolloutHost } from "@/lib/rollouts/rollout-host";
import { newId } from "@/lib/util/new-id";
import { hasRedis, startRedis, type TestRedis } from "@/test/redis-server";
import { endOf, startWorkerProcess, WORKER_SECRET } from "@/test/worker-process";
import { readEnv } from "../env";
import { clinicFixture } from "../sample/clinic-fixture";
import { createSecretBox } from "../secrets";
import { createTestServices } from "../testing/test-services";
import { openQueue } from "./open-queue";
import { sourcesVersion } from "./sources-version";

const patient = { timeout: 110_000, interval: 50 };

/** Without a Redis these count as skipped, visibly. */
describe.skipIf(!hasRedis())("npm run worker", () => {
  let redis: TestRedis;
  let endpoint: Server;
  let queue: RolloutQueue;
  const workers: ChildProcess[] = [];
  /** What the endpoint was asked; while `hangs`, nothing is answered. */
  let asked: string[] = [];
  let hangs = true;

  beforeEach(async () => {
    redis = await startRedis();
    asked = [];
    hangs = true;
    endpoint = createServer((request, response) => {
      request.resume();
      request.on("end", () => {
        asked.push(`${request.headers.authorization}`);
        if (hangs) return;
        const message = { role: "assistant", content: "Answer." };
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify({ choices: [{ index: 0, finish_reason: "stop", message }] }));
      });
    });
    await new Promise<void>((resolve) => endpoint.listen(0, "127.0.0.1", resolve));
    const env = readEnv({ REDIS_URL: redis.url, TOUCHSTONE_SECRET: WORKER_SECRET });
    const deps = {
      env,
      secrets: createSecretBox(WORKER_SECRET),
      log: pino({ level: "silent" }),
      now: Date.now,
      newId,
    };
    queue = openQueue(deps, redis.url, () => null);
  });
  afterEach(async () => {
    for (const child of workers.splice(0)) child.kill("SIGKILL");
    endpoint.closeAllConnections();
    endpoint.close();
    await queue.close();
    await redis.stop();
  });
  const worker = (env = {}): ChildProcess => {
    const child = startWorkerProcess(redis.url, { env });
    workers.push(child);
    return child;
  };

  it("killed with -9 in a call: another worker takes the rollout over, at the price of that call once more", async () => {
    const host = hostAt(`http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/v1`);
    const outcome = queue.executor.execute(askOnly, host, new AbortController().signal);
    const first = worker();
    await vi.waitFor(() => expect(asked).toHaveLength(1), patient);
    first.kill("SIGKILL");
    hangs = false;
    worker();
    // It was asked without judges: its answer is what tells.
    expect(await outcome).toMatchObject({ output: "Answer." });
    expect(asked).toEqual(["Bearer sk-real", "Bearer sk-real"]);
    expect(host.again).toEqual(["key:task"]);
  });

  it("says in words why it does not begin, with code 1", async () => {
    const other = await endOf(worker({ TOUCHSTONE_SECRET: "quite another secret" }));
    expect(other).toMatchObject({ code: 1 });
    expect(other.words).toContain("another TOUCHSTONE_SECRET");
    const none = await endOf(worker({ TOUCHSTONE_SECRET: "" }));
    expect(none.words).toContain("TOUCHSTONE_SECRET");
    expect(none.code).toBe(1);
  });
});

const askOnly = {
  runId: "run_1",
  rolloutId: "rol_1",
  recordId: "rec_1",
  target: {
    kind: "chat" as const,
    versionId: "tgv_1",
    task: { connectionId: "con_1", model: "m", settings: {} },
  },
  components: { system: "You help." },
  layout: ["system"],
  inputs: { messages: [{ role: "user" as const, content: "Why?" }], fields: {} },
  inputsText: "Why?",
  expectationsText: "",
  judges: [],
  sample: 0,
  callKeyPrefix: "key",
  knownOutput: null,
};

/** Has each call made by the worker, with a key that only the server knows. */
function hostAt(baseUrl: string): RolloutHost & { again: string[] } {
  const again: string[] = [];
  const connection: ConnectionSpec = {
    id: "con_1",
    name: "Endpoint",
    kind: "real",
    baseUrl,
    apiKey: "sk-real",
    headers: {},
    prices: {},
    maxConcurrency: 8,
    timeoutMs: 100_000,
  };
  return {
    again,
    call: (ref, { callKey, role, messages, sample }, signal, elsewhere) => {
      const request = { model: ref.model, role, messages, settings: ref.settings, sample };
      const flight = { again: () => void again.push(callKey) };
      if (!elsewhere) throw new Error("the worker should make this call");
      return elsewhere.attempt({ connection, request }, flight, signal);
    },
    agent: (_ask, buy) => buy(),
  };
}

describe("the version of the sources", () => {
  it("is the package's number and a hash, and the same at each look", () => {
    expect(sourcesVersion()).toMatch(/^\d+\.\d+\.\d+-[0-9a-f]{12}$/);
    expect(sourcesVersion()).toBe(sourcesVersion());
  });
});

describe("REDIS_URL", () => {
  it("needs the secret that workers share, and a Redis address", () => {
    expect(() => readEnv({ REDIS_URL: "redis://127.0.0.1:1" })).toThrow(/TOUCHSTONE_SECRET.*secret\.key/s);
    expect(() => readEnv({ REDIS_URL: "http://x", TOUCHSTONE_SECRET: WORKER_SECRET })).toThrow("redis://");
  });
});

describe("without a queue", () => {
  it("the page says that this process does the work, to whoever looks after the server only", async () => {
    const server = createTestServices();
    const { id: projectId } = server.seed(clinicFixture).project;
    expect(server.services.workers.get(server.actor)).toMatchObject({ queue: null, workers: [] });
    const engineer = server.person("Eve", projectId, "engineer");
    expect(() => server.services.workers.get(engineer)).toThrow();
    await server.close();
  });
});
