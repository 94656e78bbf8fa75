import { z } from "zod";
import { projectSchema } from "@/lib/contracts/projects";
import { promptSchema } from "@/lib/contracts/prompts";
import { type FakeLlm, startFakeLlm } from "../fake-llm/client";
import type { LogEntry } from "../fake-llm/protocol";
import { Api } from "../fixtures/api";
import { useConnection as chooseConnection, createClinic } from "../fixtures/clinic";
import { OWNER } from "../fixtures/people";
import { type RunningServer, removeDataDir, type ServerOptions, startServer } from "../fixtures/server";
import { readStored, type StoredCall } from "../fixtures/stored";

/** A server with the football sample on an endpoint of its own, to which things happen. */
export interface FaultWorld {
  server: RunningServer;
  endpoint: FakeLlm;
  /** The owner's session; a trouble that ends sessions puts a new one here. */
  api: Api;
  projectId: string;
  promptId: string;
  promptVersionId: string;
  judgeId: string;
  judgeVersionId: string;
  queueId: string;
  /** A prompt of another project, without records: its alias moves without evidence. */
  live: { projectId: string; promptId: string; promptName: string };
  /** Kills the server, looks at what is stored, and starts it again. @throws on a damaged database */
  killAndRestart(): Promise<void>;
  /** Counts the calls that have no reply now as cut: they may be asked again. For a moment at which no job is at work. */
  noteCut(): Promise<void>;
  /** Committed replies that were asked for again since the beginning; calls in flight at a kill may be. */
  boughtAgain(): Promise<string[]>;
  close(): Promise<void>;
}

const listSchema = z.object({ items: z.array(z.looseObject({ id: z.string() })) });

export async function startFaultWorld(
  options: ServerOptions & { delayMs?: number; apiKey?: string; timeoutMs?: number } = {},
): Promise<FaultWorld> {
  const { apiKey } = options;
  const key = apiKey === undefined ? {} : { key: apiKey };
  const endpoint = await startFakeLlm({ delayMs: options.delayMs ?? 25, ...key });
  const server = await startServer(options);
  const api = new Api(server.url);
  await api.setUp(server.setupLink(), OWNER);
  const { id: projectId } = projectSchema.parse(await api.send("POST", "/api/v1/projects/sample"));
  const at = `/api/v1/projects/${projectId}`;
  // long enough that a busy machine gives no call up that was answered
  const limits = { timeoutMs: options.timeoutMs ?? 20_000, maxConcurrency: 8 };
  const body = { name: "Endpoint", baseUrl: endpoint.url, ...limits, ...(apiKey ? { apiKey } : {}) };
  const connection = await api.post("/api/v1/connections", body, z.looseObject({ id: z.string() }));
  await chooseConnection(api, projectId, connection.id);
  const { items: prompts } = await api.get(`${at}/prompts`, z.object({ items: z.array(promptSchema) }));
  const { items: queues } = await api.get(`${at}/queues`, listSchema);
  const judgeId = String(queues[0]?.judgeId);
  const judge = await api.get(
    `/api/v1/judges/${judgeId}`,
    z.looseObject({ inUse: z.looseObject({ id: z.string() }).nullable() }),
  );
  const other = await createClinic(api);
  const inFlight: StoredCall[] = [];
  return {
    server,
    endpoint,
    api,
    projectId,
    promptId: prompts[0]?.id ?? "",
    promptVersionId: prompts[0]?.versions[0]?.id ?? "",
    judgeId,
    judgeVersionId: judge.inUse?.id ?? "",
    queueId: queues[0]?.id ?? "",
    live: { projectId: other.project.id, promptId: other.prompt.id, promptName: other.prompt.name },
    async killAndRestart() {
      await server.kill();
      const stored = await readStored(server.dataDir);
      if (stored.integrity !== "ok") throw new Error(`integrity check: ${stored.integrity}`);
      inFlight.push(...stored.calls.filter(({ repliedAt }) => repliedAt === null));
      await server.restart();
    },
    async noteCut() {
      const { calls } = await readStored(server.dataDir);
      inFlight.push(...calls.filter(({ repliedAt }) => repliedAt === null));
    },
    async boughtAgain() {
      // the log first: whatever stands in it has been noted in the database before
      const log = (await endpoint.log()).filter(
        // half an answer is none: it was never committed, and is rightly asked for again
        ({ path, status, fault }) =>
          path.endsWith("/chat/completions") && status === 200 && fault !== "garbage",
      );
      const stored = await readStored(server.dataDir);
      return tooOften(log, [...stored.calls, ...inFlight]);
    },
    async close() {
      await server.stop();
      await endpoint.stop();
      await removeDataDir(server.dataDir);
    },
  };
}

/**
 * Two calls may ask the same in the same words; each is asked once, and once more if it was in flight at a kill.
 * @returns in words what was asked once too often, and when
 */
function tooOften(log: readonly LogEntry[], calls: readonly StoredCall[]): string[] {
  const allowed = countBy(calls);
  return [...countBy(log)].flatMap(([asked, count]) => {
    if (count <= (allowed.get(asked) ?? 0)) return [];
    const times = log.filter((entry) => entry.asked === asked);
    const first = times[0]?.at ?? 0;
    return [`${times[0]?.model} asked ${times.map(({ at }) => `at +${at - first} ms`).join(", ")}`];
  });
}

function countBy(list: readonly { asked: string }[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { asked } of list) counts.set(asked, (counts.get(asked) ?? 0) + 1);
  return counts;
}

/** Asks until the answer is good, for at most this long. */
export async function until<Value>(
  what: string,
  ask: () => Promise<Value>,
  isGood: (value: Value) => boolean,
  timeoutMs = 60_000,
): Promise<Value> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await ask();
    if (isGood(value)) return value;
    if (Date.now() > deadline)
      throw new Error(
        `${what} did not come in ${timeoutMs} ms; last: ${JSON.stringify(value).slice(0, 300)}`,
      );
    await pause(40);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
