import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { seedLabelled } from "@/lib/services/testing/labelled-project";
import { createTestServices } from "@/lib/services/testing/test-services";
import { FIELDS } from "./fields";
import { createWorld, EXPERTS } from "./world";

const LATENCY_MS = 500;
const LABELS = 50;

/** Sequential latencies that may pass until each is there (product.md, numbers to hold). */
const GOALS = { guidelines: 4, agreement: 10 } as const;

/** Moments of a teaching: in waves of calls that the endpoint answered, and in milliseconds. */
interface Moment {
  waves: number;
  ms: number;
}

interface Timing {
  hasEmbeddings: boolean;
  guidelines: Moment;
  agreement: Moment;
  all: Moment;
  calls: number;
  mostInFlight: number;
}

/**
 * 50 labels taught through the whole product against an endpoint over HTTP with 500 ms a call. A wave is what is in
 * flight together: how many follow each other does not depend on what else the machine is doing, as seconds do.
 */
export async function latencyTable(): Promise<string> {
  const timings = [await timeTeaching(true), await timeTeaching(false)];
  const rows = timings.map(({ hasEmbeddings, guidelines, agreement, all, calls, mostInFlight }) =>
    [
      hasEmbeddings ? "by meaning (embeddings)" : "by words",
      ...[guidelines, agreement, all].map(({ waves, ms }) => `${waves} (${seconds(ms)} s)`),
      String(calls),
      String(mostInFlight),
    ].join(" | "),
  );
  return [
    `**Latency**, ${LABELS} labels, concurrency 16, endpoint with ${LATENCY_MS} ms a call: sequential latencies (seconds on the clock). Goals: guidelines ${GOALS.guidelines} (${seconds(GOALS.guidelines * LATENCY_MS)} s), agreement ${GOALS.agreement} (${seconds(GOALS.agreement * LATENCY_MS)} s); the seconds hold on a machine that does nothing else`,
    "",
    "| answers are remembered | guidelines readable | agreement complete | with each guideline's effect | calls | most in flight |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows.map((row) => `| ${row} |`),
  ].join("\n");
}

async function timeTeaching(hasEmbeddings: boolean): Promise<Timing> {
  const endpoint = await startEndpoint();
  const server = createTestServices();
  try {
    const world = createWorld(FIELDS[0]!, EXPERTS[0], 1, { teaching: LABELS, unseen: 0 });
    const { judgeId, projectId } = seedLabelled(
      server,
      world.teaching.map(({ inputs, outputs, value, reason }) => ({
        question: inputs,
        expected: FIELDS[0]!.task.expected,
        answer: outputs,
        value,
        reason,
      })),
    );
    connect(server, projectId, endpoint.url, hasEmbeddings);
    const startedAt = performance.now();
    const moment = (): Moment => ({ waves: endpoint.waves(), ms: performance.now() - startedAt });
    const { id } = server.services.alignments.start(server.actor, judgeId);
    let [guidelines, agreement]: (Moment | null)[] = [null, null];
    for (;;) {
      const now = server.services.alignments.get(server.actor, id);
      if (now.draftVersionId !== null) guidelines ??= moment();
      if (now.after !== null) agreement ??= moment();
      if (now.state === "done" && guidelines && agreement)
        return { hasEmbeddings, guidelines, agreement, all: moment(), ...endpoint.counts() };
      if (now.state !== "queued" && now.state !== "running") throw new Error(now.cause ?? now.state);
      await wait(5);
    }
  } finally {
    await server.close();
    endpoint.close();
  }
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}

function connect(
  server: ReturnType<typeof createTestServices>,
  projectId: string,
  baseUrl: string,
  hasEmbeddings: boolean,
): void {
  const { id } = server.services.connections.create(server.actor, {
    name: "Slow endpoint",
    baseUrl,
    apiKey: "key",
    prices: {},
    headers: {},
    maxConcurrency: 16,
    timeoutMs: 30_000,
  });
  server.deps.repos.connections.grant(id, projectId, 1);
  const role = (model: string) => ({ connectionId: id, model, settings: {} });
  server.services.projects.update(server.actor, projectId, {
    models: {
      v: 1,
      task: role("m"),
      judge: role("m"),
      reflection: role("m"),
      embedding: hasEmbeddings ? role("sim-embed") : null,
    },
  });
}

const WORDS_OF = {
  verdict: { rationale: "It does what was asked for.", value: 3 },
  guidelines: {
    guidelines: [
      { text: "Name the warning signs.", sourceLabelIds: ["L1", "L2"] },
      { text: "Ask for the age.", sourceLabelIds: ["L3"] },
    ],
  },
  consolidation: { guidelines: [], conflicts: [] },
};

/** Replies that cost the endpoint nothing to make: what is timed is Touchstone and the wait. */
function replyTo(body: string): unknown {
  const request = JSON.parse(body) as {
    input?: string[];
    response_format?: { json_schema?: { name?: keyof typeof WORDS_OF } };
  };
  if (request.input !== undefined) {
    const data = request.input.map((text, index) => ({
      index,
      embedding: [text.length % 7, 1, text.length % 3],
    }));
    return { data, model: "m", object: "list", usage: { prompt_tokens: 1, total_tokens: 1 } };
  }
  const content = JSON.stringify(WORDS_OF[request.response_format?.json_schema?.name ?? "verdict"]);
  const choices = [{ index: 0, finish_reason: "stop", message: { role: "assistant", content } }];
  const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
  return { id: "c", object: "chat.completion", created: 0, model: "m", choices, usage };
}

/** Nothing new for so long: everything that can be in flight is. */
const SETTLED_MS = 150;

/** A fake endpoint over HTTP: it answers what is in flight together, a latency after the first of it came. */
async function startEndpoint() {
  let [calls, waves, mostInFlight] = [0, 0, 0];
  let flights: (() => void)[] = [];
  let firstAt = 0;
  let timer: NodeJS.Timeout | null = null;
  const land = (): void => {
    waves += 1;
    for (const flight of flights) flight();
    flights = [];
  };
  const landing = (): Promise<void> =>
    new Promise((resolve) => {
      if (flights.length === 0) firstAt = performance.now();
      flights.push(resolve);
      mostInFlight = Math.max(mostInFlight, flights.length);
      if (timer) clearTimeout(timer);
      timer = setTimeout(land, Math.max(SETTLED_MS, LATENCY_MS - (performance.now() - firstAt)));
    });
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    calls += 1;
    const body = await text(request);
    await landing();
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(replyTo(body)));
  };
  const http = createServer((request, response) => void answer(request, response));
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const { port } = http.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    waves: () => waves,
    counts: () => ({ calls, mostInFlight }),
    close: () => http.close(),
  };
}
