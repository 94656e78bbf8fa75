import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { acquireLock, DatabaseLockedError, type LockHolder } from "./lock";

let folder = "";
let child: ChildProcess | null = null;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "touchstone-lock-"));
});
afterEach(() => {
  child?.kill("SIGKILL");
  child = null;
  rmSync(folder, { recursive: true, force: true });
});

const me: LockHolder = { pid: process.pid, host: "127.0.0.1", port: 3000, since: Date.UTC(2026, 0, 2) };

/** Another process that takes the lock, keeps no reference to it, and lives until it is killed. */
async function startHolder(): Promise<ChildProcess> {
  const script = `
    import { acquireLock } from ${JSON.stringify(path.join(import.meta.dirname, "lock.ts"))};
    acquireLock(${JSON.stringify(folder)}, { pid: process.pid, host: "127.0.0.1", port: 4000, since: 0 });
    process.stdout.write("held");
    setInterval(() => globalThis.gc(), 1);`;
  const args = [
    "--expose-gc",
    "--conditions=react-server",
    "--import",
    "tsx",
    "--input-type=module",
    "-e",
    script,
  ];
  const started = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  child = started;
  await once(started.stdout, "data");
  return started;
}

describe("acquireLock", () => {
  it("another process cannot take it, and is told who holds it", async () => {
    const holder = await startHolder();
    const attempt = (): unknown => acquireLock(folder, me);
    expect(attempt).toThrow(DatabaseLockedError);
    expect(attempt).toThrow(`process ${holder.pid} at 127.0.0.1:4000, since 1970-01-01`);
    expect(attempt).toThrow(
      expect.objectContaining({ holder: { pid: holder.pid, host: "127.0.0.1", port: 4000, since: 0 } }),
    );
  });

  it("the system lets go of it after kill -9", async () => {
    const holder = await startHolder();
    const exited = once(holder, "exit");
    holder.kill("SIGKILL");
    await exited;
    const lock = acquireLock(folder, me);
    expect(lock.holder).toEqual(me);
    lock.release();
  });

  it("can be taken again after release, which may be called twice", () => {
    const first = acquireLock(folder, me);
    expect(() => acquireLock(folder, { ...me, port: null })).toThrow("process");
    first.release();
    first.release();
    expect(existsSync(path.join(folder, "lock.json"))).toBe(false);
    acquireLock(folder, me).release();
  });

  it("makes the folder when it is missing", () => {
    const lock = acquireLock(path.join(folder, "deep/data"), me);
    lock.release();
    expect(existsSync(path.join(folder, "deep/data/lock.db"))).toBe(true);
  });
});
