import { timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { answerConsolidate } from "./consolidate-model";
import { answerDistil } from "./distil-model";
import { answerDraft } from "./draft-model";
import { EMBEDDING_DIMENSIONS, embedText } from "./embedding-model";
import { answerJudge } from "./judge-model";
import { SANDBOX_MODELS } from "./model-names";
import { type Purpose, purposeOf } from "./purpose";
import { answerReflection } from "./reflection-model";
import { answerTask } from "./task-model";
import type { SandboxCall } from "./types";

/** Address that the simulated connection carries; nothing listens there, its client's fetch is the handler itself. */
export const SANDBOX_BASE_URL = "http://sandbox.invalid/v1";

export interface SandboxOptions {
  /** Another seed is another world of luck; the same one answers the same. */
  seed: string;
  /** Waiting time a call, so that a run can be watched; 0 headless and in tests. */
  delayMs: number;
  /** Bearer key that requests must carry; null = none is asked for (in-process use). */
  apiKey: string | null;
}

export type SandboxHandler = (request: Request) => Promise<Response>;

const messageSchema = z.object({
  role: z.string(),
  content: z.union([z.string(), z.array(z.object({ text: z.string().optional() }))]),
});

const chatSchema = z.object({
  model: z.string().min(1),
  messages: z.array(messageSchema).min(1),
  max_tokens: z.number().int().positive().nullish(),
  max_completion_tokens: z.number().int().positive().nullish(),
  seed: z.number().int().nullish(),
  stream: z.boolean().nullish(),
  response_format: z
    .object({ type: z.string(), json_schema: z.object({ schema: z.unknown() }).optional() })
    .nullish(),
});

const embeddingSchema = z.object({
  model: z.string().min(1),
  input: z.union([z.string(), z.array(z.string()).min(1).max(2048)]),
});

const ANSWERS: Readonly<Record<Purpose, (call: SandboxCall) => string>> = {
  task: answerTask,
  judge: answerJudge,
  distil: answerDistil,
  consolidate: answerConsolidate,
  reflection: answerReflection,
  draft: answerDraft,
};

/**
 * An OpenAI-compatible endpoint of simulated models: `/chat/completions`, `/embeddings` and `/models` under any
 * prefix. Answers depend on (seed, request, sample) alone. Rejects only when the request's signal aborts.
 */
export function createSandboxHandler(options: SandboxOptions): SandboxHandler {
  const handler: SandboxHandler = async (request) => {
    const path = new URL(request.url).pathname.replace(/\/+$/, "");
    if (request.method === "GET" && path.endsWith("/models")) return listModels();
    if (request.method !== "POST")
      return problem(404, "not_found", `There is no ${request.method} ${path} here.`);
    const body = await readJson(request);
    if (body === undefined) return problem(400, "invalid_json", "The request is not JSON.");
    await wait(options.delayMs, request.signal);
    if (path.endsWith("/chat/completions")) return chat(body, request, options.seed);
    if (path.endsWith("/embeddings")) return embeddings(body);
    return problem(404, "not_found", `There is no POST ${path} here.`);
  };
  return options.apiKey === null ? handler : requireKey(handler, options.apiKey);
}

/** Lets only requests with the bearer key through: for the public route. */
export function requireKey(handler: SandboxHandler, apiKey: string): SandboxHandler {
  const wanted = Buffer.from(`Bearer ${apiKey}`);
  return async (request) => {
    const given = Buffer.from(request.headers.get("authorization") ?? "");
    const isAllowed = given.length === wanted.length && timingSafeEqual(given, wanted);
    return isAllowed
      ? handler(request)
      : problem(401, "invalid_api_key", "The simulated models are for this server's own use.");
  };
}

function chat(body: unknown, request: Request, seed: string): Response {
  const parsed = chatSchema.safeParse(body);
  if (!parsed.success) return problem(400, "invalid_request", z.prettifyError(parsed.error));
  const { data } = parsed;
  if (data.stream === true) return problem(400, "unsupported", "The simulated models do not stream.");
  const messages = data.messages.map(({ role, content }) => ({
    role,
    content: typeof content === "string" ? content : content.map((part) => part.text ?? "").join(""),
  }));
  const schema = data.response_format?.json_schema?.schema ?? null;
  const call: SandboxCall = {
    seed,
    model: data.model,
    messages,
    sample: sampleOf(request, data.seed),
    schema,
  };
  const text = ANSWERS[purposeOf(call)](call);
  const maxTokens = data.max_completion_tokens ?? data.max_tokens ?? Number.POSITIVE_INFINITY;
  const isCut = tokensIn(text) > maxTokens;
  const content = isCut ? text.slice(0, maxTokens * CHARS_A_TOKEN) : text;
  return json(200, {
    id: "chatcmpl-simulated",
    object: "chat.completion",
    created: 0,
    model: data.model,
    choices: [
      {
        index: 0,
        finish_reason: isCut ? "length" : "stop",
        message: { role: "assistant", content, refusal: null },
      },
    ],
    usage: usageOf(
      messages.reduce((total, message) => total + tokensIn(message.content), 0),
      tokensIn(content),
    ),
  });
}

function embeddings(body: unknown): Response {
  const parsed = embeddingSchema.safeParse(body);
  if (!parsed.success) return problem(400, "invalid_request", z.prettifyError(parsed.error));
  const texts = typeof parsed.data.input === "string" ? [parsed.data.input] : parsed.data.input;
  return json(200, {
    object: "list",
    model: parsed.data.model,
    data: texts.map((text, index) => ({ object: "embedding", index, embedding: embedText(text) })),
    usage: usageOf(
      texts.reduce((total, text) => total + tokensIn(text), 0),
      0,
    ),
    dimensions: EMBEDDING_DIMENSIONS,
  });
}

function listModels(): Response {
  const data = Object.values(SANDBOX_MODELS).map((id) => ({
    id,
    object: "model",
    created: 0,
    owned_by: "simulated",
  }));
  return json(200, { object: "list", data });
}

const CHARS_A_TOKEN = 4;

function tokensIn(text: string): number {
  return Math.ceil(text.length / CHARS_A_TOKEN);
}

function usageOf(input: number, output: number): Record<string, number> {
  return { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
}

function sampleOf(request: Request, seed: number | null | undefined): number {
  const header = Number.parseInt(request.headers.get("x-touchstone-sample") ?? "", 10);
  return Number.isInteger(header) ? header : (seed ?? 0);
}

async function readJson(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    return undefined; // told to the caller as a 400
  }
}

function wait(delayMs: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.reject(signal.reason);
  if (delayMs <= 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    }, delayMs);
    signal.addEventListener("abort", onAbort, { once: true });
  });
}

function problem(status: number, code: string, message: string): Response {
  return json(status, { error: { message, type: "invalid_request_error", code } });
}

function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
}
