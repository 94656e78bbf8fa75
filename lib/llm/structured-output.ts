import type { ChatMessage, ChatRequest } from "./port";

type Schema = NonNullable<ChatRequest["schema"]>;

/** The request's messages, with the schema put into words for an endpoint that cannot enforce it. */
export function askForJsonInText(messages: readonly ChatMessage[], schema: Schema): ChatMessage[] {
  const order =
    "Reply with one JSON value and nothing else: no fence, no words before or after it. It must match this JSON schema:\n" +
    JSON.stringify(schema.schema);
  const [first, ...rest] = messages;
  if (first?.role === "system") return [{ role: "system", content: `${first.content}\n\n${order}` }, ...rest];
  return [{ role: "system", content: order }, ...messages];
}

/** Models that were asked for bare JSON often fence it all the same; the fence is taken off, nothing else is guessed. */
export function unwrapFencedJson(text: string): string {
  const fenced = /^\s*(`{3,})(?:json)?[ \t]*\n([\s\S]*?)\n?\1\s*$/.exec(text);
  return fenced?.[2] ?? text;
}
