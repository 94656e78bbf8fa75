import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type FakeLlm, startFakeLlm } from "@/e2e/fake-llm/client";
import { createSandboxHandler } from "@/lib/sandbox/handler";
import { createSandboxFetch } from "@/lib/sandbox/sandbox-fetch";
import { LlmError } from "./errors";
import { createOpenAiModel } from "./openai-model";
import type { LanguageModel } from "./port";
import { DEFAULT_RETRY } from "./retry";
import { testChatRequest, testConnectionSpec } from "./testing/fixtures";

const never = new AbortController().signal;
let server: FakeLlm;

beforeAll(async () => {
  server = await startFakeLlm({ seed: "7" });
});
afterAll(() => server.stop());
beforeEach(() => server.reset());

function overHttp(timeoutMs = 5000): LanguageModel {
  const spec = testConnectionSpec({ baseUrl: server.url, timeoutMs });
  return createOpenAiModel(spec, { retry: { ...DEFAULT_RETRY, baseMs: 2 } });
}

async function failureOf(promise: Promise<unknown>): Promise<LlmError> {
  const error = await promise.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(LlmError);
  return error as LlmError;
}

describe("the OpenAI adapter against a server in another process", () => {
  test("answers as the simulated models do without a network", async () => {
    const direct = createOpenAiModel(testConnectionSpec(), {
      fetch: createSandboxFetch(createSandboxHandler({ seed: "7", delayMs: 0, apiKey: null })),
    });
    const request = testChatRequest({
      model: "sim-task",
      messages: [{ role: "user", content: "How often do they run?" }],
    });
    const [a, b] = await Promise.all([overHttp().chat(request, never), direct.chat(request, never)]);
    expect(a.text).toBe(b.text);
    expect(a.usage).toEqual(b.usage);
  });

  test("429, then fine", async () => {
    await server.control({ next: [{ kind: "status", status: 429, retryAfterMs: 5 }] });
    expect((await overHttp().chat(testChatRequest(), never)).text).not.toBe("");
    expect((await server.log()).map((entry) => entry.status)).toEqual([429, 200]);
  });

  test("500 twice, then fine; the repeated request is the same", async () => {
    await server.control({
      next: [
        { kind: "status", status: 500 },
        { kind: "status", status: 502 },
      ],
    });
    await overHttp().chat(testChatRequest(), never);
    const log = await server.log();
    expect(log.map((entry) => entry.status)).toEqual([500, 502, 200]);
    expect(new Set(log.map((entry) => entry.hash)).size).toBe(1);
  });

  test("garbage once is repeated, garbage twice is a bad reply", async () => {
    await server.control({ next: [{ kind: "garbage" }] });
    expect((await overHttp().chat(testChatRequest(), never)).finishReason).toBe("stop");
    await server.control({ next: [{ kind: "garbage" }, { kind: "garbage" }] });
    expect(await failureOf(overHttp().chat(testChatRequest(), never))).toMatchObject({
      kind: "bad-reply",
      attempts: 2,
    });
  });

  test("a cut connection is repeated", async () => {
    await server.control({ next: [{ kind: "cut" }] });
    expect((await overHttp().chat(testChatRequest(), never)).text).not.toBe("");
  });

  test("a server that hangs ends in a timeout", async () => {
    await server.control({ next: [{ kind: "hang" }, { kind: "hang" }] });
    expect(await failureOf(overHttp(150).chat(testChatRequest(), never))).toMatchObject({
      kind: "timeout",
      attempts: 2,
    });
  });

  test("an abort reaches the server's connection and comes back as its own reason", async () => {
    await server.control({ next: [{ kind: "hang" }] });
    const aborter = new AbortController();
    const outcome = overHttp()
      .chat(testChatRequest(), aborter.signal)
      .catch((error: unknown) => error);
    while ((await server.log()).length === 0);
    const reason = new Error("stopped by the user");
    aborter.abort(reason);
    expect(await outcome).toBe(reason);
    expect(await server.log()).toHaveLength(1);
  });

  test("a port where nothing listens is unreachable", async () => {
    const spec = testConnectionSpec({ baseUrl: "http://127.0.0.1:9/v1" });
    const model = createOpenAiModel(spec, { retry: { ...DEFAULT_RETRY, baseMs: 1 } });
    const error = await failureOf(model.chat(testChatRequest(), never));
    expect(error.kind).toBe("unreachable");
    expect(error.message).toContain("127.0.0.1:9");
  });
});
