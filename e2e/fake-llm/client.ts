import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { FakeLlmControl, LogEntry } from "./protocol";

/** A running fake endpoint, in another process. */
export interface FakeLlm {
  /** Base URL of the OpenAI-compatible API. */
  url: string;
  pid: number;
  control(change: Partial<FakeLlmControl>): Promise<void>;
  log(): Promise<LogEntry[]>;
  /** No faults, an empty log, hanging calls cut. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

export interface FakeLlmOptions {
  seed?: string;
  delayMs?: number;
  key?: string;
  port?: number;
  /** File to which each request is appended as a line of JSON. */
  logFile?: string;
}

const SERVER = fileURLToPath(new URL("./server.ts", import.meta.url));
/** tsx finds the aliases in the tsconfig of its working directory. */
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Starts the fake endpoint and resolves when it listens. Rejects when the process ends before that. */
export async function startFakeLlm(options: FakeLlmOptions = {}): Promise<FakeLlm> {
  const args = [
    "--import",
    "tsx",
    SERVER,
    "--seed",
    options.seed ?? "1",
    "--delay",
    String(options.delayMs ?? 0),
  ];
  if (options.key !== undefined) args.push("--key", options.key);
  if (options.port !== undefined) args.push("--port", String(options.port));
  if (options.logFile !== undefined) args.push("--log", options.logFile);
  // The channel closes when this process dies, whatever the way, and the server ends with it.
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit", "ipc"], cwd: ROOT });
  const url = await new Promise<string>((resolve, reject) => {
    let out = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      out += chunk.toString("utf8");
      const line = out.split("\n")[0];
      if (out.includes("\n") && line) resolve((JSON.parse(line) as { url: string }).url);
    });
    child.once("error", reject);
    child.once("exit", (code) =>
      reject(new Error(`the fake endpoint ended with ${code} before it listened`)),
    );
  });
  const root = url.replace(/\/v1$/, "");
  const post = async (path: string, body: unknown): Promise<void> => {
    await fetch(`${root}${path}`, { method: "POST", body: JSON.stringify(body) });
  };
  return {
    url,
    pid: child.pid ?? 0,
    control: (change) => post("/__control", change),
    log: async () => (await (await fetch(`${root}/__log`)).json()) as LogEntry[],
    reset: () => post("/__reset", {}),
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null) return resolve();
        child.once("exit", () => resolve());
        child.kill();
      }),
  };
}
