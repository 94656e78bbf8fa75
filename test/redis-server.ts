import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

/** Whether a real Redis can be started here. */
export function hasRedis(): boolean {
  return spawnSync("redis-server", ["--version"], { stdio: "ignore" }).status === 0;
}

export interface TestRedis {
  url: string;
  /** Ends it as a power cut does. */
  kill(): Promise<void>;
  /** Starts it again on the same port, with what it had written. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A Redis of its own: own port, own folder, ended by its process id. */
export async function startRedis({ isDurable = false } = {}): Promise<TestRedis> {
  const folder = mkdtempSync(path.join(tmpdir(), "touchstone-redis-"));
  const port = await freePort();
  let child: ChildProcess | null = null;
  const start = async (): Promise<void> => {
    const durability = isDurable
      ? ["--appendonly", "yes", "--appendfsync", "always"]
      : ["--appendonly", "no"];
    const options = [
      "--port",
      String(port),
      "--bind",
      "127.0.0.1",
      "--dir",
      folder,
      "--save",
      "",
      ...durability,
    ];
    const one = spawn("redis-server", options, { stdio: ["ignore", "pipe", "ignore"] });
    child = one;
    await new Promise<void>((resolve, reject) => {
      one.once("error", reject);
      one.once("exit", (code) => reject(new Error(`redis-server ended with ${code}`)));
      one.stdout?.on("data", (text: Buffer) => {
        if (text.toString().includes("Ready to accept connections")) resolve();
      });
    });
  };
  const kill = async (): Promise<void> => {
    const one = child;
    child = null;
    if (one === null || one.exitCode !== null) return;
    const gone = new Promise((resolve) => one.once("exit", resolve));
    one.kill("SIGKILL");
    await gone;
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}/0`,
    kill,
    start,
    stop: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
