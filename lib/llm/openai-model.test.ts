import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createConnectionState } from "./connection-state";
import { LlmError } from "./errors";
import { createOpenAiModel } from "./openai-model";
import {
  broken,
  chatBody,
  hang,
  ok,
  scriptedFetch,
  status,
  testChatRequest,
  testConnectionSpec,
} from "./testing/fixtures";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const never = new AbortController().signal;

async function settled<Value>(promise: Promise<Value>, ms = 600_000): Promise<Value | Error> {
  const outcome = promise.catch((error: Error) => error);
  await vi.advanceTimersByTimeAsync(ms);
  return outcome;
}

async function failure(promise: Promise<unknown>): Promise<LlmError> {
  const outcome = await settled(promise);
  expect(outcome).toBeInstanceOf(LlmError);
  return outcome as LlmError;
}

describe("a chat call", () => {
  test("returns text, usage and cost by the connection's prices", async () => {
    const { fetch } = scriptedFetch(ok("Fine."));
    const spec = testConnectionSpec({ prices: { m: { inputPerMillion: 1, outputPerMillion: 10 } } });
    const reply = await createOpenAiModel(spec, { fetch }).chat(testChatRequest(), never);
    expect(reply).toMatchObject({ text: "Fine.", finishReason: "stop", simulated: false });
    expect(reply.usage).toEqual({ inputTokens: 100, outputTokens: 20 });
    expect(reply.costUsd).toBeCloseTo(0.0003, 10);
  });

  test("has no cost when no price is known, and no usage when the provider does not count", async () => {
    const { fetch } = scriptedFetch(() =>
      Response.json({ choices: [{ finish_reason: "stop", message: { content: "x" } }] }),
    );
    const reply = await createOpenAiModel(testConnectionSpec(), { fetch }).chat(testChatRequest(), never);
    expect(reply.costUsd).toBeNull();
    expect(reply.usage).toEqual({ inputTokens: null, outputTokens: null });
  });

  test("sends no authorization header without a key, and never a key of the environment", async () => {
    const { fetch, requests } = scriptedFetch(ok("x"));
    vi.stubEnv("OPENAI_API_KEY", "sk-from-the-environment");
    await createOpenAiModel(testConnectionSpec({ apiKey: null }), { fetch }).chat(testChatRequest(), never);
    vi.unstubAllEnvs();
    expect(requests[0]?.headers.get("authorization")).toBeNull();
  });

  test("surfaces a cut answer and a refusal by their finish reason", async () => {
    const { fetch } = scriptedFetch(ok("half a sen", { finish_reason: "length" }), () =>
      Response.json({
        choices: [{ finish_reason: "stop", message: { content: null, refusal: "I will not." } }],
      }),
    );
    const model = createOpenAiModel(testConnectionSpec(), { fetch });
    expect((await model.chat(testChatRequest(), never)).finishReason).toBe("length");
    expect(await model.chat(testChatRequest(), never)).toMatchObject({
      finishReason: "content-filter",
      text: "I will not.",
    });
  });

  test("asks for a fresh reading by header only when the sample is not 0", async () => {
    const { fetch, requests } = scriptedFetch(ok("x"));
    const model = createOpenAiModel(testConnectionSpec(), { fetch });
    await model.chat(testChatRequest(), never);
    await model.chat(testChatRequest({ sample: 2 }), never);
    expect(requests.map((request) => request.headers.get("x-touchstone-sample"))).toEqual([null, "2"]);
  });
});

describe("retries", () => {
  test("repeat 429 after the wait the provider asked for", async () => {
    const { fetch, bodies } = scriptedFetch(status(429, "slow down", { "retry-after": "20" }), ok("late"));
    const outcome = createOpenAiModel(testConnectionSpec(), { fetch }).chat(testChatRequest(), never);
    await vi.advanceTimersByTimeAsync(19_900);
    expect(bodies).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect((await outcome).text).toBe("late");
  });

  test("read a Retry-After that is a date against the reply's own date", async () => {
    const headers = { date: "Mon, 01 Jan 2024 10:00:00 GMT", "retry-after": "Mon, 01 Jan 2024 10:00:30 GMT" };
    const { fetch, bodies } = scriptedFetch(status(429, "slow down", headers), ok("late"));
    const outcome = createOpenAiModel(testConnectionSpec(), { fetch }).chat(testChatRequest(), never);
    await vi.advanceTimersByTimeAsync(29_900);
    expect(bodies).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_500);
    expect((await outcome).text).toBe("late");
  });

  test("do not wait for a provider that asks for more than a minute", async () => {
    const { fetch, bodies } = scriptedFetch(status(429, "come back tomorrow", { "retry-after": "86400" }));
    const error = await failure(
      createOpenAiModel(testConnectionSpec(), { fetch }).chat(testChatRequest(), never),
    );
    expect(error).toMatchObject({
      kind: "rate-limited",
      isRetryable: true,
      status: 429,
      attempts: 1,
      retryAfterMs: 86_400_000,
    });
    expect(bodies).toHaveLength(1);
  });

  test.each([408, 409, 500, 502, 503, 529])("repeat %i", async (code) => {
    const { fetch } = scriptedFetch(status(code), ok("then fine"));
    expect(
      await settled(createOpenAiModel(testConnectionSpec(), { fetch }).chat(testChatRequest(), never)),
    ).toMatchObject({
      text: "then fine",
    });
  });

  test("repeat broken sockets, and give up after a few with what happened in words", async () => {
    const { fetch, bodies } = scriptedFetch(broken("ECONNRESET"));
    const error = await failure(
      createOpenAiModel(testConnectionSpec(), { fetch }).chat(testChatRequest(), never),
    );
    expect(error).toMatchObject({ kind: "unreachable", attempts: 4, status: null });
    expect(error.message).toMatch(/models\.test could not be reached: the connection was cut/);
    expect(bodies).toHaveLength(4);
  });

  test("never repeat a wrong key, an unknown model, a refused request or an empty account", async () => {
    const cases = [
      [status(401, "Incorrect API key provided: sk-test-1234567890"), "auth"],
      [status(404, "no such model"), "not-found"],
      [status(400, "bad parameter"), "bad-request"],
      [
        () => Response.json({ error: { message: "quota", code: "insufficient_quota" } }, { status: 429 }),
        "rate-limited",
      ],
    ] as const;
    for (const [step, kind] of cases) {
      const { fetch, bodies } = scriptedFetch(step);
      const error = await failure(
        createOpenAiModel(testConnectionSpec(), { fetch }).chat(testChatRequest(), never),
      );
      expect(error).toMatchObject({ kind, isRetryable: false, attempts: 1 });
      expect(error.message).not.toContain("sk-test");
      expect(bodies).toHaveLength(1);
    }
  });

  test("repeat a reply that is no chat completion once", async () => {
    const { fetch, bodies } = scriptedFetch(
      () => new Response("<html>hello</html>", { headers: { "content-type": "text/html" } }),
    );
    const error = await failure(
      createOpenAiModel(testConnectionSpec(), { fetch }).chat(testChatRequest(), never),
    );
    expect(error).toMatchObject({ kind: "bad-reply", attempts: 2 });
    expect(bodies).toHaveLength(2);
  });
});

describe("time limit and abort", () => {
  test("a call that hangs ends at the time limit, is repeated once, and says what to do", async () => {
    const { fetch, bodies } = scriptedFetch(hang());
    const error = await failure(
      createOpenAiModel(testConnectionSpec({ timeoutMs: 1500 }), { fetch }).chat(testChatRequest(), never),
    );
    expect(error).toMatchObject({ kind: "timeout", attempts: 2 });
    expect(error.message).toContain("within 1.5 seconds");
    expect(bodies).toHaveLength(2);
  });

  test("an abort ends a call in flight with its own reason and is never repeated", async () => {
    const { fetch, bodies } = scriptedFetch(hang());
    const aborter = new AbortController();
    const reason = new Error("the user stopped it");
    const outcome = settled(
      createOpenAiModel(testConnectionSpec(), { fetch }).chat(testChatRequest(), aborter.signal),
      100,
    );
    await vi.advanceTimersByTimeAsync(50);
    aborter.abort(reason);
    expect(await outcome).toBe(reason);
    expect(bodies).toHaveLength(1);
  });

  test("an abort ends a back-off at once", async () => {
    const { fetch } = scriptedFetch(status(429, "wait", { "retry-after": "50" }));
    const aborter = new AbortController();
    const reason = new Error("stop");
    const outcome = createOpenAiModel(testConnectionSpec(), { fetch })
      .chat(testChatRequest(), aborter.signal)
      .catch((e: Error) => e);
    await vi.advanceTimersByTimeAsync(1000);
    aborter.abort(reason);
    expect(await outcome).toBe(reason);
  });
});

describe("structured output", () => {
  const schema = { name: "verdict", schema: { type: "object" } };

  test("goes by JSON schema where the endpoint supports it", async () => {
    const { fetch, bodies } = scriptedFetch(ok("{}"));
    const state = createConnectionState(testConnectionSpec());
    await createOpenAiModel(testConnectionSpec(), { fetch, state }).chat(testChatRequest({ schema }), never);
    expect(bodies[0]?.response_format).toMatchObject({
      type: "json_schema",
      json_schema: { name: "verdict", strict: true },
    });
    expect(state.capabilities.get("m")?.structuredOutput).toBe("schema");
  });

  test("falls back to words after a refusal, remembers it, and takes off a fence", async () => {
    const { fetch, bodies } = scriptedFetch(
      status(400, "response_format is not supported"),
      ok('```json\n{"a":1}\n```'),
    );
    const state = createConnectionState(testConnectionSpec());
    const model = createOpenAiModel(testConnectionSpec(), { fetch, state });
    expect((await model.chat(testChatRequest({ schema }), never)).text).toBe('{"a":1}');
    await model.chat(testChatRequest({ schema }), never);
    expect(bodies.map((body) => body.response_format !== undefined)).toEqual([true, false, false]);
    expect(JSON.stringify(bodies[2]?.messages)).toContain("JSON schema");
  });

  test("a refusal for another reason stays a refusal", async () => {
    const { fetch } = scriptedFetch(status(400, "the prompt is too long"));
    const error = await failure(
      createOpenAiModel(testConnectionSpec(), { fetch }).chat(testChatRequest({ schema }), never),
    );
    expect(error.kind).toBe("bad-request");
    expect(error.message).toContain("the prompt is too long");
  });

  test("the newer name of the token limit is learned from the refusal of the older one", async () => {
    const { fetch, bodies } = scriptedFetch(
      status(400, "Unsupported parameter: use 'max_completion_tokens' instead."),
      ok("x"),
    );
    await createOpenAiModel(testConnectionSpec(), { fetch }).chat(
      testChatRequest({ settings: { maxOutputTokens: 50 } }),
      never,
    );
    expect(bodies[0]).toHaveProperty("max_tokens", 50);
    expect(bodies[1]).toHaveProperty("max_completion_tokens", 50);
    expect(bodies[1]).not.toHaveProperty("max_tokens");
  });

  test("a judge is asked at temperature 0 unless its settings say otherwise; others at the endpoint's own", async () => {
    const { fetch, bodies } = scriptedFetch(ok("x"), ok("x"), ok("x"));
    const model = createOpenAiModel(testConnectionSpec(), { fetch });
    await model.chat(testChatRequest({ role: "judge", settings: {} }), never);
    await model.chat(testChatRequest({ role: "judge", settings: { temperature: 0.7 } }), never);
    await model.chat(testChatRequest({ role: "task", settings: {} }), never);
    expect(bodies.map(({ temperature }) => temperature)).toEqual([0, 0.7, undefined]);
  });

  test("a model that takes no temperature but its own judges at that, and is not asked for another again", async () => {
    const { fetch, bodies } = scriptedFetch(
      status(400, "Unsupported value: 'temperature' does not support 0 with this model."),
      ok("x"),
      ok("x"),
    );
    const state = createConnectionState(testConnectionSpec());
    const model = createOpenAiModel(testConnectionSpec(), { fetch, state });
    await model.chat(testChatRequest({ role: "judge", settings: {} }), never);
    await model.chat(testChatRequest({ role: "judge", settings: {} }), never);
    expect(bodies.map(({ temperature }) => temperature)).toEqual([0, undefined, undefined]);
  });
});

describe("embeddings", () => {
  test("come back in the order of the texts", async () => {
    const { fetch } = scriptedFetch(() =>
      Response.json({
        data: [
          { index: 1, embedding: [0, 1] },
          { index: 0, embedding: [1, 0] },
        ],
        usage: { prompt_tokens: 4 },
      }),
    );
    const reply = await createOpenAiModel(testConnectionSpec(), { fetch }).embed(
      { model: "e", texts: ["a", "b"] },
      never,
    );
    expect(reply.vectors).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(reply.usage.inputTokens).toBe(4);
  });

  test("fewer vectors than texts are a bad reply", async () => {
    const { fetch } = scriptedFetch(() => Response.json({ data: [{ index: 0, embedding: [1] }] }));
    const error = await failure(
      createOpenAiModel(testConnectionSpec(), { fetch }).embed({ model: "e", texts: ["a", "b"] }, never),
    );
    expect(error.kind).toBe("bad-reply");
  });
});

describe("a connection under stress", () => {
  test("its limit halves on 429, once for a burst, and recovers reply by reply", async () => {
    const spec = testConnectionSpec({ maxConcurrency: 8 });
    const state = createConnectionState(spec);
    let calls = 0;
    const { fetch } = scriptedFetch(() => {
      calls += 1;
      return calls <= 8
        ? Response.json({ error: { message: "slow" } }, { status: 429 })
        : Response.json(chatBody("x"));
    });
    const model = createOpenAiModel(spec, { fetch, state });
    const all = Promise.all(Array.from({ length: 8 }, () => model.chat(testChatRequest(), never)));
    await vi.advanceTimersByTimeAsync(0);
    expect(state.limit.stats().limit).toBe(4);
    await settled(all);
    const after = state.limit.stats().limit;
    expect(after).toBeGreaterThan(4);
    for (let call = 0; call < 40; call++) await settled(model.chat(testChatRequest(), never), 10);
    expect(state.limit.stats().limit).toBe(8);
  });

  test("the breaker opens after lasting trouble, refuses without asking, and closes again after one good trial", async () => {
    const spec = testConnectionSpec();
    const state = createConnectionState(spec, { failures: 3, spanMs: 0, openMs: 15_000 });
    let isUp = false;
    const { fetch, bodies } = scriptedFetch(() =>
      isUp ? Response.json(chatBody("up")) : new Response("", { status: 503 }),
    );
    const model = createOpenAiModel(spec, { fetch, state });
    const first = await failure(
      model.chat(testChatRequest(), never).catch((error: unknown) => {
        throw error;
      }),
    );
    expect(first.kind).toBe("circuit-open");
    expect(bodies).toHaveLength(3);
    isUp = true;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await settled(model.chat(testChatRequest(), never))).toMatchObject({ text: "up" });
  });
});
