import "server-only";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { z } from "zod";

const holderSchema = z.object({
  pid: z.number(),
  host: z.string(),
  port: z.number().nullable(),
  since: z.number(),
});

/** The process that owns a data folder. */
export type LockHolder = z.infer<typeof holderSchema>;

/** Another process owns the data folder. The message says which, and what to do. */
export class DatabaseLockedError extends Error {
  readonly code = "database-busy";
  /** Null when it cannot be told who holds the lock. */
  readonly holder: LockHolder | null;

  constructor(folder: string, holder: LockHolder | null, cause?: unknown) {
    const who = holder ? describe(holder) : "another process";
    super(
      `The data in ${folder} is in use by ${who}. Nothing was changed. ` +
        "Stop that one first, or give this one another folder with TOUCHSTONE_DATA_DIR.",
      { cause },
    );
    this.name = "DatabaseLockedError";
    this.holder = holder;
  }
}

export interface DatabaseLock {
  holder: LockHolder;
  release(): void;
}

/** A connection that nothing points at is closed by the garbage collector, and its lock with it. */
const held = new Set<Sqlite.Database>();

/**
 * Takes the lock of a data folder for the life of the process: an open exclusive transaction on `lock.db`,
 * which the system lets go of even after kill -9. Who holds it stands beside it, in `lock.json`.
 * Throws `DatabaseLockedError` when another process has it.
 */
export function acquireLock(folder: string, holder: LockHolder): DatabaseLock {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const note = path.join(folder, "lock.json");
  const lock = new Sqlite(path.join(folder, "lock.db"), { timeout: 0 });
  try {
    lock.pragma("journal_mode = DELETE");
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    if (error instanceof Sqlite.SqliteError && error.code.startsWith("SQLITE_BUSY")) {
      throw new DatabaseLockedError(folder, readHolder(note), error);
    }
    throw error;
  }
  held.add(lock);
  writeFileSync(note, JSON.stringify(holder), { mode: 0o600 });
  return {
    holder,
    release: () => {
      if (!lock.open) return;
      rmSync(note, { force: true });
      lock.close();
      held.delete(lock);
    },
  };
}

function readHolder(note: string): LockHolder | null {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(note, "utf8")));
  } catch {
    return null; // it has just been taken or let go of: the note says nothing, the lock itself does
  }
}

function describe({ pid, host, port, since }: LockHolder): string {
  const at = port === null ? `on ${host}` : `at ${host}:${port}`;
  return `process ${pid} ${at}, since ${new Date(since).toISOString()}`;
}
