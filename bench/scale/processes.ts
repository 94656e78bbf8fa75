import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { DriverOrder } from "./orders";

const ROOT = path.resolve(import.meta.dirname, "../..");
const SECRET = "a-secret-of-the-measurements";
/** The kernel counts processor time in these. */
const TICKS_A_SECOND = 100;

function start(script: string, args: readonly string[], env: Record<string, string>): ChildProcess {
  const options = ["--conditions=react-server", "--import", "tsx", path.join(ROOT, script), ...args];
  return spawn(process.execPath, options, {
    cwd: ROOT,
    // Of the environment only what a process needs to run: a REDIS_URL of the machine must not take part.
    env: { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "", NODE_ENV: "production", ...env },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
}

/** What a process prints, line by line, until it ends. */
async function firstLine(child: ChildProcess, isWanted: (line: string) => boolean): Promise<string> {
  let out = "";
  return new Promise((resolve, reject) => {
    child.stdout?.on("data", (chunk: Buffer) => {
      out += chunk.toString("utf8");
      const line = out.split("\n").slice(0, -1).find(isWanted);
      if (line !== undefined) resolve(line);
    });
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`the process ended with ${code}: ${out.slice(-500)}`)));
  });
}

/** Ends as a power cut does. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
}

export async function startEndpoint(delayMs: number): Promise<{ url: string; child: ChildProcess }> {
  const child = start("bench/scale/endpoint.ts", [String(delayMs)], {});
  return { url: await firstLine(child, (line) => line.startsWith("http")), child };
}

/** The simulated models over HTTP, with a log of every request (e2e/fake-llm). */
export async function startSimulatedEndpoint(delayMs: number): Promise<{ url: string; child: ChildProcess }> {
  const child = start("e2e/fake-llm/server.ts", ["--delay", String(delayMs)], {});
  const line = await firstLine(child, (text) => text.startsWith("{"));
  return { url: (JSON.parse(line) as { url: string }).url, child };
}

/** A worker as an operator starts it. */
export function startWorker(redisUrl: string, concurrency: number): ChildProcess {
  const env = { REDIS_URL: redisUrl, TOUCHSTONE_SECRET: SECRET };
  return start("scripts/cli/worker.ts", ["--concurrency", String(concurrency)], env);
}

/** A data folder with the project, from which copies are made: equal ids, so that runs may be compared. */
export class Folders {
  private readonly root = mkdtempSync(path.join(tmpdir(), "touchstone-scale-"));
  private made = 0;

  async prepare(endpoint: string): Promise<void> {
    await finished(startDriver(path.join(this.root, "origin"), { do: "prepare", endpoint }, null));
  }

  copy(): string {
    this.made += 1;
    const folder = path.join(this.root, `copy-${this.made}`);
    cpSync(path.join(this.root, "origin"), folder, { recursive: true });
    return folder;
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

export function startDriver(folder: string, order: DriverOrder, redisUrl: string | null): ChildProcess {
  return start("bench/scale/driver.ts", [JSON.stringify(order)], {
    TOUCHSTONE_DATA_DIR: folder,
    TOUCHSTONE_SECRET: SECRET,
    TOUCHSTONE_LOG_LEVEL: "error",
    ...(redisUrl === null ? {} : { REDIS_URL: redisUrl }),
  });
}

/** The last line that it printed, as JSON; null when there was none. */
export async function finished<Result>(child: ChildProcess): Promise<Result | null> {
  let out = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    out += chunk.toString("utf8");
  });
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
  if (code !== 0) throw new Error(`the server's process ended with ${code}`);
  const last = out.trim().split("\n").at(-1) ?? "";
  return last === "" ? null : (JSON.parse(last) as Result);
}

/** Processor time that a process has used, in milliseconds. */
export function cpuMsOf({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / TICKS_A_SECOND;
}
