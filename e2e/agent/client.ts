import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const SERVER = fileURLToPath(new URL("./server.ts", import.meta.url));
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

export interface RunningAgent {
  url: string;
  /** What it was asked so far, as `askedOfAgent` writes it. */
  log(): Promise<string[]>;
  stop(): void;
}

/** Starts the agent and resolves with its address when it listens. */
export async function startAgent(modelUrl: string): Promise<RunningAgent> {
  const child = spawn(process.execPath, ["--import", "tsx", SERVER], {
    stdio: ["ignore", "pipe", "inherit", "ipc"],
    cwd: ROOT,
    env: { ...process.env, MODEL_URL: modelUrl },
  });
  const url = await new Promise<string>((resolve, reject) => {
    let out = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      out += chunk.toString("utf8");
      if (out.includes("\n")) resolve(out.trim());
    });
    child.once("exit", (code) => reject(new Error(`the agent ended with ${code} before it listened`)));
  });
  return {
    url,
    log: async () => z.array(z.string()).parse(await (await fetch(url)).json()),
    stop: () => void child.kill(),
  };
}
