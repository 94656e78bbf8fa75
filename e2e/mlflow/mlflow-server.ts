import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const READY_TIMEOUT_MS = 150_000;
const SCRIPT_TIMEOUT_MS = 120_000;
const POLL_MS = 200;
const PYTHON = process.env.TOUCHSTONE_MLFLOW_PYTHON ?? "";

export interface MlflowServer {
  url: string;
  stop(): Promise<void>;
}

/** The real server on a free port of the loopback address, with a database of its own. */
export async function startMlflowServer(): Promise<MlflowServer> {
  const folder = await mkdtemp(path.join(tmpdir(), "touchstone-mlflow-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const store = [
    "--backend-store-uri",
    `sqlite:///${folder}/mlflow.db`,
    "--artifacts-destination",
    `${folder}/artifacts`,
  ];
  const place = ["--host", "127.0.0.1", "--port", String(port), "--workers", "1"];
  const child = spawn(PYTHON, ["-W", "ignore", "-m", "mlflow", "server", ...place, ...store], {
    cwd: folder,
    // a group of its own: its workers end with it
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1", MLFLOW_SERVER_ENABLE_JOB_EXECUTION: "false" },
  });
  let written = "";
  const keep = (chunk: Buffer): void => {
    written = (written + chunk.toString("utf8")).slice(-20_000);
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  const end = (): void => endGroup(child);
  process.on("exit", end);
  await untilReady(child, url, () => written);
  return {
    url,
    stop: async () => {
      end();
      process.off("exit", end);
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Runs a script of this folder. @returns what its last line says as JSON; null when it says none */
export async function runScript(name: string, args: string[], env: Record<string, string>): Promise<unknown> {
  const script = fileURLToPath(new URL(name, import.meta.url));
  const { stdout } = await promisify(execFile)(PYTHON, ["-W", "ignore", script, ...args], {
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1", MLFLOW_HTTP_REQUEST_MAX_RETRIES: "2", ...env },
    timeout: SCRIPT_TIMEOUT_MS,
    maxBuffer: 20_000_000,
  });
  const last = stdout.trim().split("\n").at(-1) ?? "";
  return last.startsWith("{") ? JSON.parse(last) : null;
}

function endGroup({ pid, exitCode }: ChildProcess): void {
  if (pid === undefined || exitCode !== null) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // it has ended by itself
  }
}

async function untilReady(child: ChildProcess, url: string, written: () => string): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  for (;;) {
    const isReady = await fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    if (child.exitCode !== null)
      throw new Error(`MLflow's server ended with ${child.exitCode}.\n${written()}`);
    if (Date.now() > deadline) {
      endGroup(child);
      throw new Error(`MLflow's server was not ready in ${READY_TIMEOUT_MS / 1_000} s.\n${written()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
