import { once } from "node:events";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { startCommand } from "../fixtures/command";
import { fillDisk, makeRoom } from "../fixtures/full-disk";
import { OWNER, signedIn } from "../fixtures/people";
import { startRefused } from "../fixtures/server";
import { endpointTroubles } from "./endpoint-troubles";
import { idSchema, readRun, resume, startRun, type Trouble, untilDone, withWorld } from "./trouble";
import { type FaultWorld, pause, until } from "./world";

const CLOCK = fileURLToPath(new URL("./clock.mjs", import.meta.url));

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

/** No byte can be written any more, as on a full disk; then there is room again. */
const diskFull: Trouble = {
  name: "disk full",
  run: () =>
    withWorld(async (world) => {
      const { server, api, projectId } = world;
      const records = `/api/v1/projects/${projectId}/records`;
      const body = { inputs: { messages: [{ role: "user", content: "Saved on a full disk?" }] } };
      const id = await startRun(world);
      await until(
        "the run's first scores",
        () => readRun(world, id),
        ({ view }) => view.metricCalls >= 3,
      );
      fillDisk(server.pid);
      const refused = await api.fetch("POST", records, { body });
      const { code } = z.looseObject({ code: z.string() }).parse(await refused.json());
      if (refused.status !== 507 || code !== "storage-full") throw new Error(`${refused.status} ${code}`);
      await api.send("GET", records); // what is there can still be read
      await pause(2_000);
      makeRoom(server.pid);
      await api.post(records, body, idSchema);
      const met = await until(
        "the run, parked",
        () => readRun(world, id),
        ({ state }) => state === "paused" || state === "failed" || state === "done",
      );
      if (met.state !== "paused" || !met.cause?.includes("Make room"))
        throw new Error(`the run is ${met.state}: ${met.cause}`);
      await world.noteCut();
      await resume(world, id);
      return "507 with words, the run parked, done after Resume";
    }),
};

/** `npm run rotate-key` is killed at a random moment; the next start ends what it began, and the run still has its key. */
const keyChangeKilled: Trouble = {
  name: "rotate-key killed",
  run: () =>
    withWorld(
      async (world) => {
        const { server, endpoint } = world;
        let cut = 0;
        for (let turn = 0; turn < 6; turn++) {
          await server.stop();
          cut += (await rotateKey(server.dataDir, turn * 900)) ? 0 : 1;
          await server.restart();
        }
        await endpoint.reset();
        // sessions ended with the key
        world.api = await signedIn(server, OWNER.name);
        const id = await startRun(world);
        await untilDone(world, id);
        return `cut ${cut} of 6 times, the endpoint's key still opens`;
      },
      { apiKey: "sk-of-the-endpoint" },
    ),
};

/** @returns whether it came to its end before it was killed */
async function rotateKey(dataDir: string, killAfterMs: number): Promise<boolean> {
  const child = startCommand("rotate-key", [], dataDir);
  const ended = once(child, "exit") as Promise<[number | null]>;
  const kill = setTimeout(() => child.kill("SIGKILL"), 600 + killAfterMs);
  const [code] = await ended;
  clearTimeout(kill);
  return code === 0;
}

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
        await untilDone(world, id);
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

const eventsSchema = z.array(z.looseObject({ seq: z.number() }));

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
    const data = /^event: run-events$/m.test(frame) ? /^data: (.*)$/m.exec(frame)?.[1] : undefined;
    if (data !== undefined) seen.push(...eventsSchema.parse(JSON.parse(data)).map(({ seq }) => seq));
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
        await untilDone(world, id);
        return `gone in ${tookMs} ms, done after the start`;
      },
      { delayMs: 120 },
    ),
};

export const troubles: readonly Trouble[] = [
  secondServer,
  databaseLocked,
  diskFull,
  ...endpointTroubles,
  clockJump,
  streamCut,
  gracefulStop,
  keyChangeKilled,
];
