import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface AgentSaw {
  messages: { role: string; content: string }[];
  fields: Record<string, string>;
  prompts: Record<string, string>;
  run_id: string;
  rollout_id: string;
  dry_run: boolean;
}

export interface TestAgent {
  url: string;
  /** Requests as they came, with their headers. */
  seen: { body: AgentSaw; headers: IncomingMessage["headers"] }[];
  /** Whether it works with the prompts that it is sent. */
  obeys: boolean;
  /** Status of the next answers; 200 by itself. */
  status: number;
  close(): Promise<void>;
}

/**
 * An agent behind HTTP, with one tool: it answers as long as its prompt is, and looks the question up. Told to answer
 * with one word, it does, if it obeys its prompt at all.
 */
export async function startTestAgent(): Promise<TestAgent> {
  const agent: Omit<TestAgent, "close" | "url"> = { seen: [], obeys: true, status: 200 };
  const server: Server = createServer(async (request, response) => {
    let text = "";
    for await (const part of request) text += part;
    const body = JSON.parse(text) as AgentSaw;
    agent.seen.push({ body, headers: request.headers });
    response.writeHead(agent.status, { "content-type": "application/json" });
    response.end(JSON.stringify(agent.status === 200 ? answer(body, agent.obeys) : { error: "busy" }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/answer`;
  return Object.assign(agent, {
    url,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

function answer({ prompts, messages }: AgentSaw, obeys: boolean) {
  const system = obeys ? Object.values(prompts).join("\n\n") : "You are a helpful nurse line.";
  const question = messages.at(-1)?.content ?? "";
  const word = /nothing else: (\S+)/.exec(system)?.[1];
  // What the prompt asks for is what it says: the judge finds more of it in a longer prompt.
  return {
    text: word ?? `${question} ${system}`,
    steps: [{ tool: "look_up", arguments: { question }, result: "2 hits", ms: 3 }],
    usage: { input_tokens: system.length, output_tokens: 20, cost_usd: 0.001 },
  };
}
