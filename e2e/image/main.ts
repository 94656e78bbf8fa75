// `npm run test:image [-- FOLDER]`: does what the Dockerfile does, without docker, and drives what comes out of it; or
// drives a folder that was assembled before.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { Api } from "../fixtures/api";
import { OWNER } from "../fixtures/people";
import { freePort } from "../fixtures/server";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** As in the image: a user that owns the data and nothing else. Only root can become somebody else. */
const NOBODY = 65_534;
const someoneElse = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
const idSchema = z.looseObject({ id: z.string() });
const listSchema = z.object({ items: z.array(z.looseObject({ id: z.string() })) });

const folder = mkdtempSync(path.join(tmpdir(), "touchstone-image-"));
const app = path.join(folder, "app");
const dataDir = path.join(folder, "data");
const node = path.join(folder, "node");
const port = await freePort();
const env: NodeJS.ProcessEnv = {
  NODE_ENV: "production",
  PATH: "/usr/bin:/bin",
  HOST: "127.0.0.1",
  PORT: String(port),
  TOUCHSTONE_DATA_DIR: dataDir,
  TOUCHSTONE_SANDBOX_DELAY_MS: "0",
};
let written = "";

try {
  const [assembled] = process.argv.slice(2);
  if (assembled !== undefined) cpSync(assembled, app, { recursive: true });
  else execFileSync(process.execPath, ["scripts/assemble-image.mjs", app], { cwd: ROOT, stdio: "inherit" });
  for (const name of ["package-lock.json", "node_modules/tsx", "node_modules/typescript", "lib", "e2e"])
    check(!existsSync(path.join(app, name)), `${name} is not in the image`);
  chmodSync(folder, 0o755);
  copyFileSync(process.execPath, node);
  mkdirSync(dataDir, { mode: 0o700 });
  if (someoneElse.uid !== undefined) chownSync(dataDir, someoneElse.uid, someoneElse.gid);
  await drive();
  console.log("\nThe image's folder serves, runs, copies and stops. 1 passed, 0 failed, 0 skipped");
} catch (error) {
  console.error(error, `\n${written}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function drive(): Promise<void> {
  const child = spawn(node, [path.join(app, "start.mjs")], { cwd: "/", env, ...someoneElse });
  child.stdout.on("data", (chunk: Buffer) => (written += chunk.toString("utf8")));
  child.stderr.on("data", (chunk: Buffer) => (written += chunk.toString("utf8")));
  const ended = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
  try {
    await until("the health check passes", () => Promise.resolve(runs("probe.mjs")));
    const link = (): string => /https?:\/\/\S+\/setup\?token=\S+/.exec(written)?.[0] ?? "";
    await until("the first-run link is printed", () => Promise.resolve(link() !== ""));
    const api = new Api(`http://127.0.0.1:${port}`);
    await api.setUp(link(), OWNER);
    const page = await api.fetch("GET", "/login");
    const script = /\/_next\/static\/\S+?\.js/.exec(await page.text())?.[0] ?? "no script";
    check((await api.fetch("GET", script)).ok, "pages and their scripts are served");
    await runToTheEnd(api);
    const copy = path.join(dataDir, "copy.db");
    check(runs("backup.mjs", copy) && existsSync(`${copy}.key`), "a backup can be taken beside it");
    check(!runs("rotate-key.mjs"), "the key is not changed under a running server");
  } finally {
    const begun = Date.now();
    child.kill("SIGTERM");
    const [code] = await ended;
    check(code === 143 && Date.now() - begun < 10_000, "it stops tidily within ten seconds");
  }
  check(runs("rotate-key.mjs"), "the key can be changed when it is stopped");
}

async function runToTheEnd(api: Api): Promise<void> {
  const { id: projectId } = await api.post("/api/v1/projects/sample", undefined, idSchema);
  const at = `/api/v1/projects/${projectId}`;
  const prompts = z.object({ items: z.array(z.looseObject({ versions: z.array(idSchema) })) });
  const { items } = await api.get(`${at}/prompts`, prompts);
  const { items: queues } = await api.get(`${at}/queues`, listSchema);
  const judge = await api.get(
    `/api/v1/judges/${String(queues[0]?.judgeId)}`,
    z.looseObject({ inUse: idSchema }),
  );
  const body = {
    promptVersionId: items[0]?.versions[0]?.id,
    judges: [{ judgeVersionId: judge.inUse.id, weight: 1 }],
    maxMetricCalls: 20,
    reason: "a test of the image",
  };
  const run = await api.post(`${at}/runs`, body, idSchema);
  const state = z.looseObject({ state: z.string() });
  await until("a run comes to its end", async () => {
    const now = await api.get(`/api/v1/runs/${run.id}`, state);
    if (now.state === "failed" || now.state === "paused") throw new Error(`the run is ${now.state}`);
    return now.state === "done";
  });
}

/** Whether a command of the image ends well, as the same user. */
function runs(command: string, ...args: string[]): boolean {
  try {
    execFileSync(node, [path.join(app, command), ...args], { cwd: app, env, stdio: "pipe", ...someoneElse });
    return true;
  } catch (error) {
    written += String((error as { stderr?: Buffer }).stderr ?? "");
    return false;
  }
}

function check(isSo: boolean, what: string): void {
  if (!isSo) throw new Error(`not so: ${what}`);
  console.log(`ok      ${what}`);
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`not so after a minute: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  check(true, what);
}
