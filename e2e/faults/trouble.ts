import { z } from "zod";
import { readStored } from "../fixtures/stored";
import { type FaultWorld, startFaultWorld, until } from "./world";

/** Something that goes wrong round the server. Throws when the server does not bear it as it should. */
export interface Trouble {
  name: string;
  /** What was seen, in a few words for the table. */
  run(): Promise<string>;
}

export const idSchema = z.looseObject({ id: z.string() });
const runSchema = z.looseObject({
  state: z.string(),
  cause: z.string().nullish(),
  view: z.looseObject({ metricCalls: z.number() }),
});

export async function withWorld<Value>(
  work: (world: FaultWorld) => Promise<Value>,
  options: Parameters<typeof startFaultWorld>[0] = {},
): Promise<Value> {
  const world = await startFaultWorld(options);
  try {
    const value = await work(world);
    const { integrity } = await readStored(world.server.dataDir);
    if (integrity !== "ok") throw new Error(`integrity check: ${integrity}`);
    const again = await world.boughtAgain();
    if (again.length > 0) throw new Error(`bought again: ${again.join("; ")}`);
    return value;
  } finally {
    await world.close();
  }
}

export async function startRun({
  api,
  projectId,
  promptVersionId,
  judgeVersionId,
}: FaultWorld): Promise<string> {
  const judges = [{ judgeVersionId, weight: 1 }];
  const body = { promptVersionId, judges, maxMetricCalls: 20, seed: 3, reason: "a fault test" };
  return (await api.post(`/api/v1/projects/${projectId}/runs`, body, idSchema)).id;
}
export const readRun = async ({ api }: FaultWorld, id: string) =>
  runSchema.parse(await api.send("GET", `/api/v1/runs/${id}`));

/** @throws when it pauses or fails instead */
export async function untilDone(world: FaultWorld, id: string): Promise<void> {
  const end = await until(
    "the run",
    () => readRun(world, id),
    ({ state }) => state !== "running" && state !== "queued",
    120_000,
  );
  if (end.state !== "done") throw new Error(`the run is ${end.state}: ${end.cause}`);
}

export async function resume(world: FaultWorld, id: string): Promise<void> {
  await world.api.send("POST", `/api/v1/runs/${id}/resume`);
  await untilDone(world, id);
}
