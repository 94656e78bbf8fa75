import type { ChatRequest, ConnectionSpec } from "../port";

/** A connection for tests; override what the test is about. */
export function testConnectionSpec(change: Partial<ConnectionSpec> = {}): ConnectionSpec {
  return {
    id: "con_1",
    name: "test",
    kind: "real",
    baseUrl: "http://models.test/v1",
    apiKey: "sk-test-1234567890",
    headers: {},
    prices: {},
    maxConcurrency: 16,
    timeoutMs: 1000,
    ...change,
  };
}

export function testChatRequest(change: Partial<ChatRequest> = {}): ChatRequest {
  return {
    model: "m",
    role: "task",
    messages: [{ role: "user", content: "Hello?" }],
    settings: {},
    sample: 0,
    ...change,
  };
}

/** A chat completion as a server sends it. */
export function chatBody(content: string | null, more: Record<string, unknown> = {}): unknown {
  return {
    choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content }, ...more }],
    usage: { prompt_tokens: 100, completion_tokens: 20 },
  };
}

export type Step = (body: Record<string, unknown>, request: Request) => Response | Promise<Response>;

/** A fetch that answers with one step a call, the last one for ever, and keeps the bodies it was sent. */
export function scriptedFetch(...steps: Step[]): {
  fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  bodies: Record<string, unknown>[];
  requests: Request[];
} {
  const bodies: Record<string, unknown>[] = [];
  const requests: Request[] = [];
  return {
    bodies,
    requests,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const text = await request.clone().text();
      const body = text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
      const step = steps[Math.min(bodies.length, steps.length - 1)];
      bodies.push(body);
      requests.push(request);
      if (!step) throw new Error("no step left");
      return step(body, request);
    },
  };
}

export function ok(content: string | null, more: Record<string, unknown> = {}): Step {
  return () => Response.json(chatBody(content, more));
}

export function status(code: number, message = "no", headers: Record<string, string> = {}): Step {
  return () => Response.json({ error: { message } }, { status: code, headers });
}

/** Never answers; ends when the call is aborted, as a real fetch does. */
export function hang(): Step {
  return (_body, request) =>
    new Promise((_resolve, reject) => {
      request.signal.addEventListener("abort", () => reject(request.signal.reason), { once: true });
    });
}

/** A connection that fails before any answer, the way Node reports it. */
export function broken(code: string): Step {
  return () =>
    Promise.reject(new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) }));
}
