import type { ConnectionSpec, FetchLike } from "@/lib/llm";
import type { RolloutHost } from "../../rollout-host";
import { QueueWorker, type QueueWorkerOptions } from "../queue-worker";
import { openRolloutQueue, type RolloutQueueOptions } from "../rollout-queue";
import type { Seal } from "../snapshots";

/** Seals by turning the text round: enough to see that it was sealed. */
export const testSeal: Seal = {
  seal: (plain) => `sealed:${Buffer.from(plain).toString("base64")}`,
  open: (sealed) => Buffer.from(sealed.slice("sealed:".length), "base64").toString(),
  derive: (purpose) => `derived-${purpose}`,
};

export const testHello = { epoch: "e1", version: "v1", allowPrivate: true, allowHosts: [] };

export function openTestQueue(url: string, change: Partial<RolloutQueueOptions> = {}) {
  return openRolloutQueue({
    url,
    prefix: "test",
    hello: testHello,
    seal: testSeal,
    embeddingsFor: () => null,
    now: () => Date.now(),
    onOutage: () => undefined,
    onError: () => undefined,
    ...change,
  });
}

export function startTestWorker(url: string, change: Partial<QueueWorkerOptions> = {}): Promise<QueueWorker> {
  return QueueWorker.start({
    url,
    prefix: "test",
    id: "w1",
    concurrency: 16,
    seal: testSeal,
    fetch: () => Promise.reject(new Error("no network in this test")),
    onError: () => undefined,
    ...change,
  });
}

export const connection: ConnectionSpec = {
  id: "con_1",
  name: "The endpoint",
  kind: "real",
  baseUrl: "http://models.test/v1",
  apiKey: "sk-very-secret",
  headers: {},
  prices: {},
  maxConcurrency: 8,
  timeoutMs: 30_000,
};

/** A host that has every call made by the worker, and counts what flew again. */
export function workerPaidHost(): RolloutHost & { flown: string[]; again: string[] } {
  const flown: string[] = [];
  const again: string[] = [];
  return {
    flown,
    again,
    call: (ref, { callKey, role, messages, sample, schema }, signal, elsewhere) => {
      const request = {
        model: ref.model,
        role,
        messages,
        settings: ref.settings,
        sample,
        ...(schema ? { schema } : {}),
      };
      flown.push(callKey);
      const flight = { again: () => void again.push(callKey) };
      return elsewhere
        ? elsewhere.attempt({ connection, request }, flight, signal)
        : Promise.reject(new Error("the worker should make this call"));
    },
    agent: (_ask, buy) => buy(),
  };
}

/** An endpoint that answers tasks and judges; `answer` may hang. */
export function fakeEndpoint(
  answer: (role: "task" | "judge", authorization: string) => Promise<string>,
): FetchLike {
  return async (_url, init) => {
    const body = JSON.parse(String(init?.body)) as { response_format?: unknown };
    const role = body.response_format === undefined ? "task" : "judge";
    const content = await answer(role, new Headers(init?.headers).get("authorization") ?? "");
    const choices = [{ index: 0, finish_reason: "stop", message: { role: "assistant", content } }];
    return Response.json({ choices, usage: { prompt_tokens: 10, completion_tokens: 5 } });
  };
}
