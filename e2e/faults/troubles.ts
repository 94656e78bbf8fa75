import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { Fault } from "../fake-llm/protocol";
import { startRefused } from "../fixtures/server";
import { readStored } from "../fixtures/stored";
import { type FaultWorld, pause, startFaultWorld, until } from "./world";

/** Something that goes wrong round the server. Throws when the server does not bear it as it should. */
export interface Trouble {
  name: string;
  /** What was seen, in a few words for the table. */
  run(): Promise<string>;
}

const idSchema = z.looseObject({ id: z.string() });
const runSchema = z.looseObject({ state: z.string(), cause: z.string().nullish() });
const CLOCK = fileURLToPath(new URL("./clock.mjs", import.meta.url));

async function withWorld<Value>(
  work: (world: FaultWorld) => Promise<Value>,
  options: Parameters<typeof startFaultWorld>[0] = {},
): Promise<Value> {
  const world = await startFaultWorld(options);
  try {
    const value = await work(world);
    const { integrity } = await readStored(world.server.dataDir);
    if (integrity !== "ok") throw new Error(`integrity check: ${integrity}`);
    const again = await world.boughtAgain();
    if (again.length > 0) throw new Error(`${again.length} committed replies were bought again`);
    return value;
  } finally {
    await world.close();
  }
}

async function startRun({ api, projectId, promptVersionId, judgeVersionId }: FaultWorld): Promise<string> {
  const judges = [{ judgeVersionId, weight: 1 }];
  const body = { promptVersionId, judges, maxMetricCalls: 20, seed: 3, reason: "a fault test" };
  return (await api.post(`/api/v1/projects/${projectId}/runs`, body, idSchema)).id;
}
const readRun = async ({ api }: FaultWorld, id: string) =>
  runSchema.parse(await api.send("GET", `/api/v1/runs/${id}`));

/** A run that meets a share of bad answers: it ends, or pauses with its cause in words and goes on when asked. */
function endpointTrouble(name: string, share: { every: number; fault: Fault }): Trouble {
  return {
    name: `endpoint: ${name}`,
    run: () =>
      withWorld(async (world) => {
        await world.endpoint.control({ share });
        const id = await startRun(world);
        const met = await until(
          `run under ${name}`,
          () => readRun(world, id),
          ({ state }) => state === "done" || state === "paused",
          120_000,
        );
        await world.endpoint.control({ share: null });
        if (met.state === "done") return "went on by itself, done";
        if (!met.cause || met.cause.length < 20) throw new Error(`paused without a cause: ${met.cause}`);
        await world.api.send("POST", `/api/v1/runs/${id}/resume`);
        const end = await until(
          "the resumed run",
          () => readRun(world, id),
          ({ state }) => state !== "running" && state !== "queued",
          120_000,
        );
        if (end.state !== "done") throw new Error(`after Resume it is ${end.state}: ${end.cause}`);
        return `paused with its cause, done after Resume`;
      }),
  };
}

const secondServer: Trouble = {
  name: "second server",
  run: () =>
    withWorld(async ({ server }) => {
      const { code, output } = await startRefused(server.dataDir);
      if (code !== 1 || !output.includes(`in use by process ${server.pid}`)) throw new Error(output);
      return "named the holder, exit 1";
    }),
};

/** Another program holds the database for longer than the server waits. */
const databaseLocked: Trouble = {
  name: "database locked",
  run: () =>
    withWorld(async ({ server, api, projectId }) => {
      const other = new DatabaseSync(path.join(server.dataDir, "touchstone.db"));
      other.exec("begin immediate");
      const record = { inputs: { messages: [{ role: "user", content: "Saved under a lock?" }] } };
      const refused = await api.fetch("POST", `/api/v1/projects/${projectId}/records`, { body: record });
      const problem = z.looseObject({ code: z.string() }).parse(await refused.json());
      other.exec("rollback");
      other.close();
      if (refused.status !== 503 || problem.code !== "database-busy")
        throw new Error(JSON.stringify(problem));
      await api.post(`/api/v1/projects/${projectId}/records`, record, idSchema);
      return "503 with words, saved when it was free";
    }),
};

/** The machine's clock jumps by three days, forth and back, while a run is under way. */
const clockJump: Trouble = {
  name: "clock jump",
  run: async () => {
    const file = path.join(await mkdtemp(path.join(tmpdir(), "touchstone-clock-")), "offset");
    await writeFile(file, "0");
    const env = { NODE_OPTIONS: `--import ${CLOCK}`, TOUCHSTONE_TEST_CLOCK: file };
    return withWorld(
      async (world) => {
        const id = await startRun(world);
        await pause(300);
        await writeFile(file, String(3 * 86_400_000));
        await pause(600);
        await writeFile(file, String(-3 * 86_400_000));
        const end = await until(
          "the run",
          () => readRun(world, id),
          ({ state }) => state !== "running" && state !== "queued",
          120_000,
        );
        if (end.state !== "done") throw new Error(`the run is ${end.state}: ${end.cause}`);
        return "three days forth and back, run done";
      },
      { env },
    );
  },
};

/** A stream that is cut again and again goes on where it was: no event missing, none twice. */
const streamCut: Trouble = {
  name: "event stream cut",
  run: () =>
    withWorld(async (world) => {
      const id = await startRun(world);
      const seen: number[] = [];
      let hasEnded = false;
      for (let turn = 0; turn < 200 && !hasEnded; turn++) hasEnded = await listen(world, id, seen, 150);
      const gaps = seen.filter((seq, index) => index > 0 && seq !== (seen[index - 1] ?? 0) + 1);
      if (!hasEnded || gaps.length > 0) throw new Error(`ended ${hasEnded}, gaps at ${gaps.join(", ")}`);
      return `${seen.length} events in order over many cuts`;
    }),
};

/** @returns whether the run's end was told */
async function listen(
  { api }: FaultWorld,
  runId: string,
  seen: number[],
  cutAfterMs: number,
): Promise<boolean> {
  const after = seen.at(-1) ?? 0;
  const response = await api.fetch("GET", `/api/v1/events?topic=run:${runId}`, {
    headers: { "last-event-id": String(after) },
  });
  const reader = response.body?.getReader();
  if (!reader) throw new Error("no stream");
  const cut = setTimeout(() => void reader.cancel(), cutAfterMs);
  let text = "";
  for (;;) {
    const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
    if (value) text += Buffer.from(value).toString("utf8");
    if (done || text.includes("event: run-ended")) break;
  }
  clearTimeout(cut);
  const frames = text.split("\n\n");
  // the last frame may be cut in two: it comes again
  for (const frame of text.endsWith("\n\n") ? frames : frames.slice(0, -1)) {
    const seq = Number(/^id: (\d+)$/m.exec(frame)?.[1]);
    if (Number.isInteger(seq) && seq > (seen.at(-1) ?? 0)) seen.push(seq);
  }
  if (text.includes("event: run-ended")) await reader.cancel();
  return text.includes("event: run-ended");
}

/** SIGTERM while calls are in flight: gone within ten seconds, and the next start goes on. */
const gracefulStop: Trouble = {
  name: "SIGTERM during a run",
  run: () =>
    withWorld(
      async (world) => {
        const id = await startRun(world);
        await pause(600);
        const begun = Date.now();
        await world.server.stop();
        const tookMs = Date.now() - begun;
        if (tookMs > 10_000) throw new Error(`it took ${tookMs} ms`);
        await world.server.restart();
        const end = await until(
          "the run",
          () => readRun(world, id),
          ({ state }) => state !== "running" && state !== "queued",
          120_000,
        );
        if (end.state !== "done") throw new Error(`the run is ${end.state}`);
        return `gone in ${tookMs} ms, done after the start`;
      },
      { delayMs: 120 },
    ),
};

export const troubles: readonly Trouble[] = [
  secondServer,
  databaseLocked,
  endpointTrouble("answers garbage", { every: 5, fault: { kind: "garbage" } }),
  endpointTrouble("resets connections", { every: 4, fault: { kind: "cut" } }),
  endpointTrouble("429 now and then", { every: 3, fault: { kind: "status", status: 429, retryAfterMs: 50 } }),
  endpointTrouble("429 all the time", { every: 1, fault: { kind: "status", status: 429, retryAfterMs: 50 } }),
  endpointTrouble("hangs", { every: 9, fault: { kind: "hang" } }),
  endpointTrouble("slow drip", { every: 9, fault: { kind: "drip" } }),
  clockJump,
  streamCut,
  gracefulStop,
];
