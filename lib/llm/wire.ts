import { z } from "zod";
import type { ChatReply, Usage } from "./port";

/** The parts of an OpenAI-compatible reply that we read; servers differ in everything else. */
const usageSchema = z
  .object({
    prompt_tokens: z.number().nonnegative().nullish(),
    completion_tokens: z.number().nonnegative().nullish(),
  })
  .nullish();

const chatSchema = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
  usage: usageSchema,
});

const embeddingSchema = z.object({
  data: z.array(z.object({ index: z.number().int().nonnegative(), embedding: z.array(z.number()).min(1) })),
  usage: usageSchema,
});

type Parsed<Value> = { ok: true; value: Value } | { ok: false; problem: string };

/** Text, finish reason and usage of a chat completion, or what is wrong with it. */
export function readChat(raw: unknown): Parsed<Pick<ChatReply, "text" | "finishReason" | "usage">> {
  const parsed = chatSchema.safeParse(raw);
  if (!parsed.success) return { ok: false, problem: "the reply is not a chat completion" };
  const choice = parsed.data.choices[0];
  const refusal = choice?.message.refusal;
  const text = choice?.message.content;
  const usage = readUsage(parsed.data.usage);
  if (refusal) return { ok: true, value: { text: refusal, finishReason: "content-filter", usage } };
  const finishReason = readFinishReason(choice?.finish_reason);
  if (typeof text !== "string" && finishReason === "stop")
    return { ok: false, problem: "the reply holds no text" };
  return { ok: true, value: { text: text ?? "", finishReason, usage } };
}

/** Vectors in the order of the texts, or what is wrong with the reply. */
export function readEmbeddings(raw: unknown, count: number): Parsed<{ vectors: number[][]; usage: Usage }> {
  const parsed = embeddingSchema.safeParse(raw);
  if (!parsed.success) return { ok: false, problem: "the reply holds no embeddings" };
  const vectors = parsed.data.data.toSorted((a, b) => a.index - b.index).map((entry) => entry.embedding);
  if (vectors.length !== count)
    return { ok: false, problem: `it sent ${vectors.length} embeddings for ${count} texts` };
  if (new Set(vectors.map((vector) => vector.length)).size > 1)
    return { ok: false, problem: "its embeddings differ in length" };
  const usage = { inputTokens: parsed.data.usage?.prompt_tokens ?? null, outputTokens: 0 };
  return { ok: true, value: { vectors, usage } };
}

function readUsage(usage: z.infer<typeof usageSchema>): Usage {
  return { inputTokens: usage?.prompt_tokens ?? null, outputTokens: usage?.completion_tokens ?? null };
}

function readFinishReason(reason: string | null | undefined): ChatReply["finishReason"] {
  switch (reason) {
    case "stop":
    case "eos":
    case null:
    case undefined:
      return "stop";
    case "length":
      return "length";
    case "content_filter":
      return "content-filter";
    default:
      return "other";
  }
}
