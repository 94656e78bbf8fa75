import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "../..");

export interface BenchServer {
  url: string;
  setupToken: string;
  stop(): Promise<void>;
}

/** The built app in a process and a data folder of its own. Throws when there is no build. */
export async function startBuiltServer(): Promise<BenchServer> {
  if (!existsSync(path.join(ROOT, ".next/BUILD_ID")))
    throw new Error("There is no build to measure. Run `npm run build` first.");
  const dataDir = mkdtempSync(path.join(tmpdir(), "touchstone-bench-"));
  const port = await freePort();
  let written = "";
  const child = spawn(
    process.execPath,
    [path.join(ROOT, "node_modules/next/dist/bin/next"), "start", "-H", "127.0.0.1", "-p", String(port)],
    {
      cwd: ROOT,
      env: {
        ...process.env,
        NODE_ENV: "production",
        HOST: "127.0.0.1",
        PORT: String(port),
        TOUCHSTONE_DATA_DIR: dataDir,
        TOUCHSTONE_SANDBOX_DELAY_MS: "0",
        TOUCHSTONE_LOG_LEVEL: "warn",
      },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  child.stdout?.on("data", (chunk: Buffer) => (written += chunk.toString("utf8")));
  const url = `http://localhost:${port}`;
  await untilReady(`http://127.0.0.1:${port}`, child);
  const setupToken = /setup\?token=(\S+)/.exec(written)?.[1];
  if (!setupToken) throw new Error(`The server printed no first-run link.\n${written}`);
  return {
    url,
    setupToken,
    stop: async () => {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await gone;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function untilReady(origin: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const isReady = await fetch(`${origin}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    if (child.exitCode !== null || Date.now() > deadline) throw new Error("The server did not become ready.");
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
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
