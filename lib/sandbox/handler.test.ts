import { describe, expect, test } from "vitest";
import { createOpenAiModel } from "@/lib/llm";
import { embedText } from "./embedding-model";
import { createSandboxHandler, requireKey, SANDBOX_BASE_URL, type SandboxHandler } from "./handler";
import { createSandboxFetch } from "./sandbox-fetch";

const handler = createSandboxHandler({ seed: "1", delayMs: 0, apiKey: null });
const never = new AbortController().signal;

function post(
  path: string,
  body: unknown,
  target: SandboxHandler = handler,
  headers: Record<string, string> = {},
): Promise<Response> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return target(new Request(`${SANDBOX_BASE_URL}${path}`, { method: "POST", body: text, headers }));
}

describe("the simulated endpoint", () => {
  test("counts tokens as a quarter of the characters, and cuts at the wanted length", async () => {
    const messages = [{ role: "user", content: "How often do they change the crew of the eight?" }];
    const whole = (await (
      await post("/chat/completions", { model: "sim-task", messages })
    ).json()) as Completion;
    expect(whole.usage.prompt_tokens).toBe(Math.ceil((messages[0]?.content.length ?? 0) / 4));
    expect(whole.choices[0]?.finish_reason).toBe("stop");
    const cut = (await (
      await post("/chat/completions", { model: "sim-task", messages, max_tokens: 3 })
    ).json()) as Completion;
    expect(cut.choices[0]?.finish_reason).toBe("length");
    expect(cut.choices[0]?.message.content).toHaveLength(12);
  });

  test("works under the OpenAI client without a network", async () => {
    const model = createOpenAiModel(
      {
        id: "c",
        name: "simulated",
        kind: "simulated",
        baseUrl: SANDBOX_BASE_URL,
        apiKey: null,
        headers: {},
        prices: {},
        maxConcurrency: 4,
        timeoutMs: 5000,
      },
      { fetch: createSandboxFetch(handler) },
    );
    const request = {
      model: "sim-task",
      role: "task",
      messages: [{ role: "user", content: "Who steers?" }],
      settings: {},
    } as const;
    const [first, fresh] = await Promise.all([
      model.chat({ ...request, sample: 0 }, never),
      model.chat({ ...request, sample: 1 }, never),
    ]);
    expect(first.simulated).toBe(true);
    expect(fresh.text).not.toBe(first.text);
    const { vectors } = await model.embed(
      { model: "sim-embed", texts: ["the crew rows", "the crew rowed"] },
      never,
    );
    expect(vectors).toHaveLength(2);
  });

  test("asks for the key where it has one", async () => {
    const guarded = requireKey(handler, "secret");
    const body = { model: "sim-task", messages: [{ role: "user", content: "x" }] };
    expect((await post("/chat/completions", body, guarded)).status).toBe(401);
    expect((await post("/chat/completions", body, guarded, { authorization: "Bearer wrong!" })).status).toBe(
      401,
    );
    expect((await post("/chat/completions", body, guarded, { authorization: "Bearer secret" })).status).toBe(
      200,
    );
  });

  test.each([
    ["/chat/completions", "not JSON", 400],
    ["/chat/completions", { model: "sim-task" }, 400],
    [
      "/chat/completions",
      { model: "sim-task", messages: [{ role: "user", content: "x" }], stream: true },
      400,
    ],
    ["/embeddings", { model: "sim-embed", input: [] }, 400],
    ["/images", { model: "x" }, 404],
  ])("refuses %s %j with %i", async (path, body, status) => {
    const response = await post(path, body);
    expect(response.status).toBe(status);
    expect(await response.json()).toHaveProperty("error.message");
  });

  test("lists its models", async () => {
    const response = await handler(new Request(`${SANDBOX_BASE_URL}/models`));
    const { data } = (await response.json()) as { data: { id: string }[] };
    expect(data.map((model) => model.id)).toEqual(["sim-task", "sim-judge", "sim-reflect", "sim-embed"]);
  });

  test("a wait ends when the call is aborted", async () => {
    const slow = createSandboxHandler({ seed: "1", delayMs: 60_000, apiKey: null });
    const aborter = new AbortController();
    const body = JSON.stringify({ model: "sim-task", messages: [{ role: "user", content: "x" }] });
    const outcome = slow(
      new Request(`${SANDBOX_BASE_URL}/chat/completions`, { method: "POST", body, signal: aborter.signal }),
    ).catch((error: Error) => error.message);
    aborter.abort(new Error("stopped"));
    expect(await outcome).toBe("stopped");
  });

  test("a schema without a known purpose is filled with values that fit it", async () => {
    const schema = {
      type: "object",
      properties: {
        answer: { type: "string" },
        grade: { type: "integer", minimum: 2, maximum: 3 },
        tags: { type: "array", items: { enum: ["a", "b"] } },
      },
    };
    const response = await post("/chat/completions", {
      model: "sim-judge",
      messages: [{ role: "user", content: "Draft something about the crew." }],
      response_format: { type: "json_schema", json_schema: { schema } },
    });
    const completion = (await response.json()) as Completion;
    const value = JSON.parse(completion.choices[0]?.message.content ?? "") as {
      answer: string;
      grade: number;
      tags: string[];
    };
    expect(typeof value.answer).toBe("string");
    expect([2, 3]).toContain(value.grade);
    expect(["a", "b"]).toEqual(expect.arrayContaining(value.tags));
  });
});

describe("simulated embeddings", () => {
  const similarity = (a: string, b: string): number => {
    const [x, y] = [embedText(a), embedText(b)];
    return x.reduce((total, value, index) => total + value * (y[index] ?? 0), 0);
  };

  test("have length 1, and are nearer for texts that share words", () => {
    expect(Math.hypot(...embedText("The crew rows at rate 36."))).toBeCloseTo(1, 10);
    expect(Math.hypot(...embedText(""))).toBe(1);
    const near = similarity("The crew rows at a high rate", "Rows of the crew at high rates");
    expect(near).toBeGreaterThan(0.6);
    expect(near).toBeGreaterThan(
      similarity("The crew rows at a high rate", "The landlord keeps the deposit") + 0.4,
    );
  });
});

interface Completion {
  choices: { finish_reason: string; message: { content: string } }[];
  usage: { prompt_tokens: number };
}
