import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";

export const WORKER_SECRET = "a secret of the tests";

interface WorkerOptions {
  concurrency?: number;
  env?: Record<string, string>;
  /** Where it runs; what stands there is its version. */
  cwd?: string;
}

/** A worker as an operator starts it. */
export function startWorkerProcess(
  redisUrl: string,
  { concurrency = 4, env = {}, cwd = process.cwd() }: WorkerOptions = {},
): ChildProcess {
  const script = path.resolve("scripts/cli/worker.ts");
  const tsx = import.meta.resolve("tsx");
  const args = ["--conditions=react-server", "--import", tsx, script, "--concurrency", String(concurrency)];
  return spawn(process.execPath, args, {
    cwd,
    env: {
      TSX_TSCONFIG_PATH: path.resolve("tsconfig.json"),
      NODE_ENV: "production",
      PATH: process.env.PATH ?? "",
      REDIS_URL: redisUrl,
      TOUCHSTONE_SECRET: WORKER_SECRET,
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** How it ended, and what it said about it. */
export async function endOf(child: ChildProcess): Promise<{ code: number | null; words: string }> {
  let words = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    words += chunk.toString("utf8");
  });
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  return { code, words };
}

/** Resolves when it has said so on its screen. */
export function hasSaid(child: ChildProcess, words: string): Promise<void> {
  let said = "";
  return new Promise((resolve) => {
    child.stdout?.on("data", (chunk: Buffer) => {
      said += chunk.toString("utf8");
      if (said.includes(words)) resolve();
    });
  });
}
