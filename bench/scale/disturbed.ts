import type { ChildProcess } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { hasRedis, startRedis, type TestRedis } from "../../test/redis-server";
import type { LoadResult, RunResult } from "./orders";
import { Folders, finished, kill, startDriver, startSimulatedEndpoint, startWorker } from "./processes";

/**
 * `npm run test:scale`: a run of four workers of which one is killed every five seconds, whose Redis loses everything
 * once and whose server is killed once, must end as the undisturbed run in one process does; and a rollout whose worker
 * dies again and again must be taken over within ten seconds each time.
 */
const KILL_EVERY_MS = 5_000;
const WORKERS = 4;
const CONCURRENCY = 4;
const ORDER = { do: "run", metricCalls: 240, concurrency: 12, seed: 7 } as const;
const DEATHS = 5;
const BACK_WITHIN_MS = 10_000;

let passed = 0;
let failed = 0;
function row(name: string, detail: string, isGood: boolean): void {
  if (isGood) passed += 1;
  else failed += 1;
  console.log(`${isGood ? "ok    " : "FAILED"}  ${name.padEnd(58)}  ${detail}`);
}

interface LogEntry {
  at: number;
  path: string;
}

async function main(): Promise<number> {
  if (!hasRedis()) {
    console.log(
      "redis-server is not installed and could not be installed here.\n\n0 passed, 0 failed, 8 skipped",
    );
    return 0;
  }
  const endpoint = await startSimulatedEndpoint(200);
  const folders = new Folders();
  try {
    await folders.prepare(endpoint.url);
    await disturbedRun(endpoint.url, folders);
    await deaths(endpoint.url, folders);
  } finally {
    await kill(endpoint.child);
    folders.remove();
  }
  console.log(`\n${passed} passed, ${failed} failed, 0 skipped`);
  return failed === 0 ? 0 : 1;
}

async function disturbedRun(endpoint: string, folders: Folders): Promise<void> {
  const calm = await finished<RunResult>(startDriver(folders.copy(), ORDER, null));
  await control(endpoint, "reset");
  const redis = await startRedis();
  const team = Array.from({ length: WORKERS }, () => startWorker(redis.url, CONCURRENCY));
  const trouble = disturb(redis, team);
  const folder = folders.copy();
  const first = startDriver(folder, ORDER, redis.url);
  const serverGone = killWhenBegun(first, endpoint);
  const firstEnd = finished<RunResult>(first).catch(() => null);
  await Promise.race([serverGone, firstEnd]);
  const result = (await firstEnd) ?? (await finished<RunResult>(startDriver(folder, ORDER, redis.url)));
  const kills = await trouble.stop();
  const asked = (await logOf(endpoint)).length;
  await Promise.all(team.map(kill));
  await redis.stop();
  if (!calm || !result) throw new Error("a run gave no result");
  const told = (one: RunResult): string =>
    `${one.state}, ${one.decisions} decisions, ${one.rollouts} rollouts, ${Math.round(one.wallMs / 1_000)} s`;
  row("undisturbed, in one process", told(calm), calm.state === "done");
  row(`${WORKERS} workers, ${kills} killed, Redis and server once`, told(result), result.state === "done");
  row("every decision is the same", "", calm.decisionsHash === result.decisionsHash);
  const isPaused = result.pauses.some((cause) => cause.includes("Redis"));
  row("the run paused while Redis was away, and said why", result.pauses.join(" · "), isPaused);
  row(
    "no call was made that is not in the book",
    `${asked} asked, ${result.calls} committed, ${result.repeated} repeated`,
    asked <= result.calls + result.repeated,
  );
  const most = (kills + 1) * CONCURRENCY + 2 * WORKERS * CONCURRENCY;
  row("a kill costs the calls in the air at most", `${result.repeated} of ${most}`, result.repeated <= most);
}

/** Kills the server when it is well under way. */
async function killWhenBegun(server: ChildProcess, endpoint: string): Promise<void> {
  while ((await logOf(endpoint)).length < 150) {
    if (server.exitCode !== null) return;
    await wait(200);
  }
  await kill(server);
}

/** One worker after the other is killed and replaced; Redis goes away for three seconds, with all that it had. */
function disturb(redis: TestRedis, team: ChildProcess[]): { stop(): Promise<number> } {
  const stop = new AbortController();
  let kills = 0;
  const work = (async () => {
    for (let turn = 0; ; turn += 1) {
      await wait(KILL_EVERY_MS, undefined, { signal: stop.signal });
      const victim = turn % team.length;
      await kill(team[victim] as ChildProcess);
      kills += 1;
      team[victim] = startWorker(redis.url, CONCURRENCY);
      if (turn !== 1) continue;
      await redis.kill();
      await wait(3_000);
      await redis.start();
    }
  })().catch((error: Error) => {
    if (error.name !== "AbortError") throw error;
  });
  return {
    stop: async () => {
      stop.abort();
      await work;
      return kills;
    },
  };
}

/** One rollout; whoever has it is killed while the endpoint lets it wait. */
async function deaths(endpoint: string, folders: Folders): Promise<void> {
  const redis = await startRedis();
  await control(endpoint, "reset");
  await control(endpoint, "control", { share: { every: 1, fault: { kind: "hang" } } });
  const driver = startDriver(folders.copy(), { do: "load", rollouts: 1, inFlight: 1 }, redis.url);
  const end = finished<LoadResult>(driver);
  let team = [startWorker(redis.url, 1)];
  const waits: number[] = [];
  await asks(endpoint, 1);
  for (let death = 1; death <= DEATHS; death += 1) {
    const killedAt = Date.now();
    await Promise.all(team.map(kill));
    team = [startWorker(redis.url, 1)];
    waits.push(((await asks(endpoint, death + 1)).at(-1)?.at ?? 0) - killedAt);
  }
  await control(endpoint, "control", { share: null });
  // The last one still hangs: one more death, and it is answered.
  await Promise.all(team.map(kill));
  team = [startWorker(redis.url, 1)];
  const result = await end;
  await Promise.all(team.map(kill));
  await redis.stop();
  const told = `${waits.map((ms) => (ms / 1_000).toFixed(1)).join(", ")} s after each death`;
  row(
    `a rollout whose worker dies ${DEATHS} times comes back within 10 s`,
    told,
    Math.max(...waits) < BACK_WITHIN_MS,
  );
  row("and ends with a score", `${result?.scored} scored`, result?.scored === 1);
}

async function asks(endpoint: string, count: number): Promise<LogEntry[]> {
  for (;;) {
    const log = await logOf(endpoint);
    if (log.length >= count) return log;
    await wait(50);
  }
}

async function logOf(endpoint: string): Promise<LogEntry[]> {
  const log = (await (await fetch(endpoint.replace("/v1", "/__log"))).json()) as LogEntry[];
  return log.filter(({ path }) => path.endsWith("/chat/completions"));
}

async function control(endpoint: string, what: "reset" | "control", body: object = {}): Promise<void> {
  await fetch(endpoint.replace("/v1", `/__${what}`), { method: "POST", body: JSON.stringify(body) });
}

process.exitCode = await main();
