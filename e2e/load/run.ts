import os from "node:os";
import { parseArgs } from "node:util";
import { percentile, tell } from "../workbench/browser";
import { refusals, routeTimes, type Scrape, scrape } from "./scrape";
import { createTally, importRows, labelUntil, pause, type Tally, watchUntil } from "./traffic";
import { type LoadPlan, type LoadWorld, startLoadWorld } from "./world";

const LABEL_P95_MS = 150;
const LOOP_P99_MS = 50;
/** Runs are at full height, and what is compiled on first use is compiled. */
const WARM_UP_MS = 8_000;

/**
 * `npm run bench -- load [--seconds 60] [--experts 100] [--watchers 50] [--runs 5] [--think 4000] [--call 1000]`: the
 * built app in one process; experts, watchers and the import in another, the endpoint in a third. Loopback only.
 */
export async function runLoadBench(args: readonly string[]): Promise<void> {
  const number = (given: string): { type: "string"; default: string } => ({ type: "string", default: given });
  const { values } = parseArgs({
    args: [...args],
    options: {
      seconds: number("60"),
      experts: number("100"),
      watchers: number("50"),
      runs: number("5"),
      think: number("4000"),
      call: number("1000"),
      rows: number("5000"),
    },
  });
  const plan = {
    experts: Number(values.experts),
    watchers: Number(values.watchers),
    runs: Number(values.runs),
    callMs: Number(values.call),
  };
  console.log(
    `${plan.experts} experts, a label each ${Number(values.think) / 1_000} s · ${plan.watchers} watchers · ${plan.runs} runs on an endpoint of ${plan.callMs} ms · an import of ${values.rows} rows · ${values.seconds} s`,
  );
  const world = await startLoadWorld(plan);
  try {
    const options = {
      seconds: Number(values.seconds),
      thinkMs: Number(values.think),
      rows: Number(values.rows),
    };
    report(await measure(world, plan, options));
  } finally {
    await world.close();
  }
}

interface Measured {
  tally: Tally;
  before: Scrape;
  after: Scrape;
  seconds: number;
  callMs: number;
}

async function measure(
  world: LoadWorld,
  plan: LoadPlan,
  { seconds, thinkMs, rows }: { seconds: number; thinkMs: number; rows: number },
): Promise<Measured> {
  await pause(WARM_UP_MS);
  const tally = createTally();
  const origin = world.server.url;
  const before = await scrape(origin);
  const endsAt = Date.now() + seconds * 1_000;
  const traffic = [
    ...world.experts.map((expert, index) => labelUntil(world, expert, { index, endsAt, thinkMs }, tally)),
    ...Array.from({ length: plan.watchers }, (_, index) =>
      watchUntil(world, world.runIds[index % world.runIds.length] ?? "", endsAt, tally),
    ),
    importRows(world, rows, tally),
  ];
  await Promise.all(traffic);
  return { tally, before, after: await scrape(origin), seconds, callMs: plan.callMs };
}

function report({ tally, before, after, seconds, callMs }: Measured): void {
  const change = (name: string): number => (after.get(name) ?? 0) - (before.get(name) ?? 0);
  const gauge = (name: string): number => after.get(name) ?? 0;
  const routes = routeTimes(before, after);
  console.log(`\n| at the server | answers | median ms | p95 ms |\n|${" --- |".repeat(4)}`);
  for (const { route, count, p50Ms, p95Ms } of routes.slice(0, 10))
    console.log(`| ${route} | ${count} | ${p50Ms.toFixed(0)} | ${p95Ms.toFixed(0)} |`);
  const cpus = os.cpus();
  const callsPerS = change("touchstone_model_calls_total") / seconds;
  const busy = (100 * change("process_cpu_seconds_total")) / seconds;
  console.log(
    [
      "",
      `${tally.labelMs.length} labels in ${seconds} s, p95 at the client ${percentile(tally.labelMs, 0.95).toFixed(0)} ms; ${tally.frames} frames at the watchers`,
      `import: ${tally.importedRows} records in ${(tally.importMs / 1_000).toFixed(1)} s; ${callsPerS.toFixed(0)} model calls a second, so ${((callsPerS * callMs) / 1_000).toFixed(0)} in flight on average`,
      `server: ${busy.toFixed(0)} % of one core, ${(gauge("process_resident_memory_bytes") / 1e6).toFixed(0)} MB; event loop p50 ${(1_000 * gauge('nodejs_eventloop_delay_seconds{quantile="0.5"}')).toFixed(1)} ms, longest ${(1_000 * gauge('nodejs_eventloop_delay_seconds{quantile="1"}')).toFixed(0)} ms`,
      `machine: ${cpus.length} × ${cpus[0]?.model ?? "unknown"}, load ${os.loadavg()[0]?.toFixed(1)}`,
      "",
    ].join("\n"),
  );
  const label = routes.find(({ route }) => route === "POST /api/v1/labels");
  tell("label at the server, p95", label?.p95Ms ?? Number.NaN, LABEL_P95_MS);
  tell(
    "event loop delay, p99",
    1_000 * gauge('nodejs_eventloop_delay_seconds{quantile="0.99"}'),
    LOOP_P99_MS,
  );
  const refused = refusals(before, after);
  const errors = [...tally.errors, ...refused.map(({ route, count }) => `${count} × ${route}`)];
  console.log(`${errors.length === 0 ? "kept  " : "MISSED"}  errors: ${errors.length}`);
  for (const error of errors.slice(0, 10)) console.log(`        ${error.slice(0, 200)}`);
  if (errors.length > 0) process.exitCode = 1;
}
