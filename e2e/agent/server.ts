import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { askedOfAgent } from "../fake-llm/protocol";

/**
 * A user's own agent in a process of its own: it looks something up, asks its model with the prompts that it is sent,
 * and says what it did and used. `MODEL_URL` is the OpenAI-compatible endpoint of its model; prints its address.
 * GET gives what it was asked so far, in the form in which `askedOfAgent` tells two requests apart.
 */
const requestSchema = z.object({
  messages: z.array(z.object({ role: z.string(), content: z.string() })).min(1),
  prompts: z.record(z.string(), z.string()),
  dry_run: z.literal(true),
});
const replySchema = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
});

const asked: string[] = [];

const server = createServer(async (request, response) => {
  if (request.method === "GET") {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(asked));
    return;
  }
  let body = "";
  for await (const part of request) body += part;
  if (request.headers.authorization !== "Bearer agent-secret") {
    response.writeHead(401).end("wrong key");
    return;
  }
  const { messages, prompts } = requestSchema.parse(JSON.parse(body));
  asked.push(askedOfAgent({ messages, prompts }));
  const system = Object.values(prompts).join("\n\n");
  const text = /nothing else: (\S+)/.exec(system)?.[1] ?? (await askModel(system, messages));
  const question = messages.at(-1)?.content ?? "";
  response.setHeader("content-type", "application/json");
  response.end(
    JSON.stringify({
      text,
      steps: [{ tool: "look_up_protocol", arguments: { question }, result: "1 protocol found", ms: 4 }],
      usage: { input_tokens: Math.ceil(system.length / 4), output_tokens: 60, cost_usd: 0.001 },
    }),
  );
});

async function askModel(
  system: string,
  messages: z.infer<typeof requestSchema>["messages"],
): Promise<string> {
  const answered = await fetch(`${process.env.MODEL_URL}/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: "sim-task", messages: [{ role: "system", content: system }, ...messages] }),
  });
  return replySchema.parse(await answered.json()).choices[0]?.message.content ?? "";
}

server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}/answer\n`);
});
// Whoever started it has gone, whatever the way.
process.on("disconnect", () => process.exit());
