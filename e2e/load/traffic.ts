import { z } from "zod";
import { importPreviewSchema, importStateSchema } from "@/lib/contracts/record-imports";
import { csvOf } from "../../bench/workbench/seed";
import type { Api } from "../fixtures/api";
import type { LoadWorld } from "./world";

/** What went wrong, and how long what went right took. */
export interface Tally {
  errors: string[];
  labelMs: number[];
  /** Frames that watchers got, and streams that ended although nobody ended them. */
  frames: number;
  importedRows: number;
  importMs: number;
}

export function createTally(): Tally {
  return { errors: [], labelMs: [], frames: 0, importedRows: 0, importMs: 0 };
}

const nextSchema = z.object({ item: z.looseObject({ traceId: z.string() }).nullable() });

function takeNext(expert: Api, queueId: string, from: { after: string | null; not: string[] }) {
  return expert.post(`/api/v1/queues/${queueId}/next`, from, nextSchema);
}

/** One expert: takes an answer, thinks, grades it with a reason, takes the next, until the time is over. */
export async function labelUntil(
  world: LoadWorld,
  expert: Api,
  options: { index: number; endsAt: number; thinkMs: number },
  tally: Tally,
): Promise<void> {
  const { queueId, judgeId } = world;
  let after: string | null = null;
  // they do not all press at the same moment
  await pause((options.index % 100) * (options.thinkMs / 100));
  while (Date.now() < options.endsAt) {
    try {
      const from = { after, not: [] };
      const { item } = await takeNext(expert, queueId, from);
      if (item === null) throw new Error("the queue was empty");
      await pause(options.thinkMs);
      const begun = performance.now();
      const value = 1 + (tally.labelMs.length % 5);
      const label = { traceId: item.traceId, judgeId, queueId, value, reason: "Names no sample size." };
      await expert.send("POST", "/api/v1/labels", { body: label });
      tally.labelMs.push(performance.now() - begun);
      after = item.traceId;
    } catch (error) {
      tally.errors.push(String(error));
    }
  }
}

/** One watcher: reads a run's stream as a page does. A stream that ends before the time is an error. */
export async function watchUntil(
  world: LoadWorld,
  runId: string,
  endsAt: number,
  tally: Tally,
): Promise<void> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), endsAt - Date.now());
  try {
    const cookie = world.owner
      .browserCookies()
      .map(({ name, value }) => `${name}=${value}`)
      .join("; ");
    const url = `${world.server.url}/api/v1/events?topic=run:${runId}`;
    const response = await fetch(url, { headers: { cookie }, signal: stop.signal });
    if (!response.ok || !response.body) throw new Error(`the stream answered ${response.status}`);
    for await (const chunk of response.body) tally.frames += count(Buffer.from(chunk).toString("utf8"));
    if (Date.now() < endsAt) throw new Error("the stream ended too soon");
  } catch (error) {
    if (!stop.signal.aborted) tally.errors.push(`watching: ${String(error)}`);
  } finally {
    clearTimeout(timer);
  }
}

function count(text: string): number {
  return text.split("\n\n").length - 1;
}

/** A table of this many rows into the project that is being labelled. */
export async function importRows(world: LoadWorld, rows: number, tally: Tally): Promise<void> {
  const at = `/api/v1/projects/${world.projectId}/records/import`;
  const begun = performance.now();
  try {
    const raw = { text: csvOf(rows, Math.ceil(rows / 100)), type: "text/csv" };
    const { importId } = importPreviewSchema.parse(await world.owner.send("POST", at, { raw }));
    await world.owner.send("POST", `${at}/${importId}/commit`);
    for (;;) {
      const { state, result } = await world.owner.get(`${at}/${importId}`, importStateSchema);
      if (state === "failed" || state === "cancelled") throw new Error(`the import is ${state}`);
      if (state === "done") {
        tally.importedRows = result.created;
        tally.importMs = performance.now() - begun;
        return;
      }
      await pause(250);
    }
  } catch (error) {
    tally.errors.push(`import: ${String(error)}`);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
