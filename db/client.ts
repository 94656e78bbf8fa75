import "server-only";
import { mkdirSync } from "node:fs";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { type BetterSQLite3Database, drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import { withStatementCache } from "./statement-cache";

export type Drizzle = BetterSQLite3Database;

/** One open database. It is synchronous: between two statements of a function nothing else is written. */
export interface Database {
  /** Typed queries, for the repos and for the accounts' adapter. */
  db: Drizzle;
  raw: Sqlite.Database;
  /**
   * Runs `work` in one write transaction (BEGIN IMMEDIATE); inside another one it is a savepoint. Everything
   * that uses this database takes part. `work` must not be async; when it throws, nothing of it is kept.
   */
  transaction<Result>(work: () => Result): Result;
  /** Moves the write-ahead log into the file and empties it; call it from a timer. */
  checkpoint(): void;
  /** Checkpoints and closes; further use throws. */
  close(): void;
}

export interface OpenOptions {
  /** Where the migrations are; by default `db/migrations` of the working directory. */
  migrationsFolder?: string;
}

/**
 * Opens and migrates the database; makes the file and its folder when they are missing.
 * @param file path, or ":memory:"
 */
export function openDatabase(file: string, options: OpenOptions = {}): Database {
  if (file !== ":memory:") mkdirSync(path.dirname(path.resolve(file)), { recursive: true, mode: 0o700 });
  const raw = new Sqlite(file);
  try {
    raw.pragma("journal_mode = WAL");
    raw.pragma("synchronous = FULL");
    raw.pragma("busy_timeout = 5000");
    raw.pragma("foreign_keys = ON");
    const db = drizzle({ client: withStatementCache(raw) });
    migrate(db, { migrationsFolder: options.migrationsFolder ?? defaultMigrationsFolder() });
    return wrap(raw, db);
  } catch (error) {
    raw.close();
    throw error;
  }
}

function wrap(raw: Sqlite.Database, db: Drizzle): Database {
  const checkpoint = (): void => void raw.pragma("wal_checkpoint(TRUNCATE)");
  return {
    db,
    raw,
    transaction: (work) => raw.transaction(work).immediate(),
    checkpoint,
    close: () => {
      if (!raw.open) return;
      checkpoint();
      raw.close();
    },
  };
}

function defaultMigrationsFolder(): string {
  return path.join(/* turbopackIgnore: true */ process.cwd(), "db/migrations");
}
