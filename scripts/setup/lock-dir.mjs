import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { SetupError, say } from "./say.mjs";

const POLL_MS = 200;
const WAIT_LIMIT_MS = 15 * 60_000;
/** A lock without a readable owner, or of another machine, is left behind when it is older than this. */
const ORPHAN_MS = 20 * 60_000;
const UNSIGNED_MS = 10_000;

/**
 * Runs `work` while holding a lock that is a folder (creating one is atomic everywhere), so that two processes that
 * set the project up at once take turns. The lock of a process that died is taken over.
 * @param {string} lockPath
 * @param {string} doing shown to the one that waits
 * @param {() => T} work synchronous
 * @template T
 * @returns {T}
 */
export function withLock(lockPath, doing, work) {
  acquire(lockPath, doing);
  try {
    return work();
  } finally {
    rmSync(lockPath, { recursive: true, force: true });
  }
}

function acquire(lockPath, doing) {
  mkdirSync(path.dirname(lockPath), { recursive: true });
  const giveUpAt = Date.now() + WAIT_LIMIT_MS;
  let hasSpoken = false;
  while (!tryCreate(lockPath)) {
    if (removeIfAbandoned(lockPath)) continue;
    if (!hasSpoken) say(`Another Touchstone command is ${doing}; waiting for it.`);
    hasSpoken = true;
    if (Date.now() > giveUpAt) {
      throw new SetupError(
        `Another process still holds ${lockPath}. If none is running, delete that folder and try again.`,
      );
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, POLL_MS);
  }
}

function tryCreate(lockPath) {
  try {
    mkdirSync(lockPath);
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
  try {
    writeFileSync(path.join(lockPath, "owner"), `${process.pid} ${os.hostname()}`);
  } catch (error) {
    if (error.code === "ENOENT") return false; // a waiter took it for an abandoned one before it was signed
    throw error;
  }
  return true;
}

/** Moves an abandoned lock aside; the move is atomic, so of several waiters one succeeds. */
function removeIfAbandoned(lockPath) {
  const owner = readOwner(lockPath);
  const ageMs = ageOf(lockPath);
  if (ageMs === undefined) return true; // gone already: nothing to move, try again
  if (!isAbandoned(owner, ageMs)) return false;
  const aside = `${lockPath}.abandoned-${process.pid}`;
  try {
    renameSync(lockPath, aside);
  } catch {
    return true; // another waiter was faster, or the owner let go: try again
  }
  if (readOwner(aside) !== owner) {
    renameSync(aside, lockPath); // a new owner came in between: give it back
    return false;
  }
  rmSync(aside, { recursive: true, force: true });
  return true;
}

function ageOf(lockPath) {
  try {
    return Date.now() - statSync(lockPath).mtimeMs;
  } catch {
    return undefined;
  }
}

function isAbandoned(owner, ageMs) {
  if (owner === undefined) return ageMs > UNSIGNED_MS;
  const [pid, host] = owner.split(" ");
  if (host !== os.hostname()) return ageMs > ORPHAN_MS;
  return !isAlive(Number(pid));
}

function readOwner(lockPath) {
  try {
    return readFileSync(path.join(lockPath, "owner"), "utf8");
  } catch {
    return undefined;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
