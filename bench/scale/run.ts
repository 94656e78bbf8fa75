import type { ChildProcess } from "node:child_process";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { hasRedis, startRedis } from "../../test/redis-server";
import { UsageError } from "../usage-error";
import type { LoadResult, RunResult } from "./orders";
import {
  cpuMsOf,
  Folders,
  finished,
  kill,
  startDriver,
  startEndpoint,
  startSimulatedEndpoint,
  startWorker,
} from "./processes";

const LATENCY_MS = 200;
const WORKERS = [0, 1, 2, 4];

interface Row {
  workers: number;
  concurrency: number;
  result: LoadResult;
  /** Of all processes together, while it lasted. */
  coresUsed: number;
  workerCpuMs: number;
}

/**
 * `npm run bench -- scale [--rollouts 30] [--ladder 16,64]`: rollouts a second with 0 (in the process), 1, 2 and 4 workers
 * against an endpoint that answers after 200 ms, for several sizes of worker; then one run in the process and with four
 * workers, which must decide the same.
 */
export async function runScaleBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { rollouts: { type: "string", default: "30" }, ladder: { type: "string", default: "16,64" } },
  });
  if (!hasRedis())
    throw new UsageError("This measurement needs redis-server. Install Redis and run it again.");
  const ladder = values.ladder.split(",").map(Number);
  const perPlace = Number(values.rollouts);
  const endpoint = await startEndpoint(LATENCY_MS);
  const folders = new Folders();
  try {
    await folders.prepare(endpoint.url);
    console.log(`${LATENCY_MS} ms a call, two calls a rollout, ${cpus().length} cores\n`);
    for (const concurrency of ladder) {
      const rows: Row[] = [];
      for (const workers of WORKERS)
        rows.push(await measure(workers, concurrency, perPlace, { endpoint: endpoint.child, folders }));
      console.log(table(rows));
    }
    await compareLoads({ endpoint: endpoint.child, folders });
    await compareRuns();
  } finally {
    await kill(endpoint.child);
    folders.remove();
  }
}

interface World {
  endpoint: ChildProcess;
  folders: Folders;
}

async function measure(workers: number, concurrency: number, perPlace: number, world: World): Promise<Row> {
  const { endpoint, folders } = world;
  const redis = await startRedis();
  const team = Array.from({ length: workers }, () => startWorker(redis.url, concurrency));
  const places = Math.max(1, workers) * concurrency;
  const order = {
    do: "load",
    rollouts: places * perPlace,
    inFlight: places + Math.ceil(places / 2),
  } as const;
  const inFlight = workers === 0 ? concurrency : order.inFlight;
  const before = [endpoint, ...team].map(cpuMsOf);
  const startedAt = performance.now();
  try {
    const driver = startDriver(folders.copy(), { ...order, inFlight }, workers === 0 ? null : redis.url);
    const result = await finished<LoadResult>(driver);
    if (result === null || result.scored !== order.rollouts) throw new Error("some rollouts were not scored");
    const wallMs = performance.now() - startedAt;
    const used = [endpoint, ...team].map((one, index) => cpuMsOf(one) - (before[index] ?? 0));
    const workerCpuMs = used.slice(1).reduce((all, one) => all + one, 0);
    const coresUsed = (used.reduce((all, one) => all + one, 0) + result.cpuMs) / wallMs;
    return { workers, concurrency, result, coresUsed, workerCpuMs };
  } finally {
    await Promise.all(team.map(kill));
    await redis.stop();
  }
}

function table(rows: readonly Row[]): string {
  const one = rows.find(({ workers }) => workers === 1)?.result.rolloutsPerSecond ?? 1;
  const lines = rows.map(({ workers, result, coresUsed, workerCpuMs }) => {
    const { rolloutsPerSecond } = result;
    const ofLinear = workers === 0 ? "–" : (rolloutsPerSecond / (one * workers)).toFixed(2);
    return `| ${workers === 0 ? "0, in the process" : workers} | ${rolloutsPerSecond.toFixed(1)} | ${(2 * rolloutsPerSecond).toFixed(0)} | ${ofLinear} | ${coresUsed.toFixed(2)} | ${(result.cpuMs / result.scored).toFixed(2)} | ${workers === 0 ? "–" : (workerCpuMs / result.scored).toFixed(2)} |`;
  });
  return [
    `### ${rows[0]?.concurrency} rollouts at once a worker`,
    "| workers | rollouts a second | calls a second | of linear | cores used | server, ms of processor a rollout | worker, the same |",
    "|---|---|---|---|---|---|---|",
    ...lines,
    "",
  ].join("\n");
}

/** The same seed decides the same, wherever its rollouts are done. */
/** Every score of the two, in order. */
async function compareLoads(world: World): Promise<void> {
  const [here, there] = [await measure(0, 16, 12, world), await measure(1, 16, 12, world)];
  const isSame = here.result.scoresHash === there.result.scoresHash;
  console.log(
    `${here.result.scored} rollouts, in the process and at a worker: ${isSame ? "the same scores" : "OTHER scores"}`,
  );
  if (!isSame) process.exitCode = 1;
}

async function compareRuns(): Promise<void> {
  const redis = await startRedis();
  const model = await startSimulatedEndpoint(LATENCY_MS);
  const origin = new Folders();
  const team = [1, 2, 3, 4].map(() => startWorker(redis.url, 8));
  try {
    await origin.prepare(model.url);
    const order = { do: "run", metricCalls: 75, concurrency: 16, seed: 1 } as const;
    const here = await finished<RunResult>(startDriver(origin.copy(), order, null));
    const there = await finished<RunResult>(startDriver(origin.copy(), order, redis.url));
    const isSame = here !== null && here.decisionsHash === there?.decisionsHash;
    console.log(
      `one run, in the process and with four workers: ${here?.decisions} and ${there?.decisions} decisions, ${isSame ? "the same" : "NOT the same"}`,
    );
    if (!isSame) process.exitCode = 1;
  } finally {
    await Promise.all(team.map(kill));
    await kill(model.child);
    await redis.stop();
    origin.remove();
  }
}
