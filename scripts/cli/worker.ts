// `npm run worker -- --concurrency 64`: does rollouts for the server at the same Redis (docs/scale-out.md).
import { parseArgs } from "node:util";
import { startWorker, WorkerRefused } from "@/lib/services/workers/start-worker";

const USAGE = `Usage:
  npm run worker -- [--concurrency 64]
Does rollouts for the Touchstone server that has the same REDIS_URL and TOUCHSTONE_SECRET. It keeps no data: start as
many as you like, on any machine, and end them when you like.`;
const MAX_CONCURRENCY = 1_000;

/** One line a message, for a terminal and for the log of whatever keeps it running. */
const say = (line: string): boolean => process.stdout.write(`${new Date().toISOString()} ${line}\n`);

/** 0 told to stop, 1 refused, 2 called wrongly. */
async function main(): Promise<number> {
  const concurrency = concurrencyIn(process.argv.slice(2));
  if (concurrency === null) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  try {
    const worker = startWorker(concurrency, say);
    for (const signal of ["SIGTERM", "SIGINT"] as const)
      process.once(signal, () => {
        say("Stopping: what is under way may end, the rest goes to other workers.");
        void worker.stop();
      });
    await worker.ended;
    return 0;
  } catch (error) {
    const isRefusal =
      error instanceof WorkerRefused || (error as Error).message.startsWith("The environment");
    if (!isRefusal) throw error;
    process.stderr.write(`${(error as Error).message}\n`);
    return 1;
  }
}

function concurrencyIn(args: string[]): number | null {
  try {
    const { values } = parseArgs({ args, options: { concurrency: { type: "string", default: "64" } } });
    const value = Number(values.concurrency);
    return Number.isInteger(value) && value >= 1 && value <= MAX_CONCURRENCY ? value : null;
  } catch {
    return null; // an option that it does not know: the usage says which it does
  }
}

process.exit(await main());
