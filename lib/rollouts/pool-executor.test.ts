import { describe, expect, test } from "vitest";
import { atPointer } from "./json-pointer";
import { createPoolExecutor } from "./pool-executor";
import { describeRolloutExecutor } from "./rollout-executor.contract";
import { substitute, variablesOf } from "./substitute";
import { hostOf, rolloutSpec, scriptedCaller } from "./testing/fixtures";

describeRolloutExecutor("the in-process pool", () => {
  const received: Record<string, unknown>[] = [];
  let steps: ({ status: number; body: string } | "hang")[] = [];
  const executor = createPoolExecutor({
    timing: { now: () => 0, random: () => 0, sleep: (ms, signal) => realSleep(Math.min(ms, 60), signal) },
    fetch: async (_url, init) => {
      received.push(JSON.parse(String(init?.body)) as Record<string, unknown>);
      const step = steps.length > 1 ? steps.shift() : steps[0];
      if (step === undefined || step === "hang") return hangUntil(init?.signal ?? null);
      return new Response(step.body, { status: step.status });
    },
  });
  return {
    executor,
    agentUrl: "http://agent.test/answer",
    script: (...next) => {
      steps = next;
    },
    received: () => received,
  };
});

/** A short real wait: the time limit of an agent is what one test is about. */
function realSleep(ms: number, signal: AbortSignal): Promise<void> {
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

describe("the pool", () => {
  test("never has more rollouts in flight than its limit", async () => {
    let inFlight = 0;
    let most = 0;
    const executor = createPoolExecutor({ fetch: () => Promise.reject(new Error("unused")), limit: 3 });
    const { call } = scriptedCaller({ task: "A.", judge: '{"rationale":"r","value":3}' });
    const counted: typeof call = async (...args) => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      await Promise.resolve();
      inFlight -= 1;
      return call(...args);
    };
    const signal = new AbortController().signal;
    await Promise.all(
      Array.from({ length: 12 }, () => executor.execute(rolloutSpec(), hostOf(counted), signal)),
    );
    expect(most).toBe(3);
  });
});

describe("variables", () => {
  test("are found once each, with or without blanks inside the braces", () => {
    expect(variablesOf("{{a}} and {{ b }} and {{a}} and {{}}")).toEqual(["a", "b"]);
  });

  test("are filled in one pass; missing ones are all named", () => {
    expect(substitute("{{a}}{{ b }}", { a: "{{b}}", b: "2" })).toEqual({ ok: true, text: "{{b}}2" });
    expect(substitute("{{a}}{{b}}{{c}}", { b: "2" })).toEqual({ ok: false, missing: ["a", "c"] });
  });

  test("a field named like a property of all objects is missing unless the record has it", () => {
    expect(substitute("{{constructor}}", {})).toEqual({ ok: false, missing: ["constructor"] });
  });
});

describe("JSON pointers", () => {
  test("follow RFC 6901", () => {
    const value = { a: [{ "b/c": 1 }], "~": 2, "": 3 };
    expect(atPointer(value, "/a/0/b~1c")).toBe(1);
    expect(atPointer(value, "/~0")).toBe(2);
    expect(atPointer(value, "/")).toBe(3);
    expect(atPointer(value, "")).toBe(value);
    expect(atPointer(value, "/a/7/x")).toBeUndefined();
    expect(atPointer(value, "/constructor")).toBeUndefined();
    expect(() => atPointer(value, "a")).toThrow(RangeError);
  });
});
