import "server-only";
import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { z } from "zod";
import type { Database } from "./client";

/** What is known of a database file that nobody has open for writing. */
export interface CopyFacts {
  bytes: number;
  /** When the newest migration in it was made, in milliseconds since 1970. */
  schemaAt: number;
}

/** A file that is no usable copy of our database. The message says why. */
export class UnusableCopyError extends Error {
  override readonly name = "UnusableCopyError";
}

/**
 * Opens a database that another process may own, to read from it. It is not migrated and cannot be written.
 * Throws when there is no such file.
 */
export function openToRead(file: string): Database {
  const raw = new Sqlite(file, { readonly: true, fileMustExist: true });
  raw.pragma("busy_timeout = 5000");
  return {
    db: drizzle(raw),
    raw,
    transaction: (work) => raw.transaction(work)(),
    checkpoint: () => undefined,
    close: () => void raw.close(),
  };
}

/**
 * Copies a database as it is at one moment, while its owner goes on writing, into a new file (0600) that stands alone.
 * The file has its name only once the copy is whole and was found sound; what had that name before is replaced.
 */
export async function copyDatabase(from: string, to: string): Promise<CopyFacts> {
  const partial = `${to}.partial`;
  rmSync(partial, { force: true });
  const source = openToRead(from);
  try {
    closeSync(openSync(partial, "wx", 0o600));
    // All pages in one step: a copy in several steps starts anew whenever the owner writes between two of them.
    await source.raw.backup(partial, { progress: () => Number.MAX_SAFE_INTEGER });
    const facts = inspectCopy(partial);
    renameSync(partial, to);
    return facts;
  } finally {
    source.close();
    rmSync(partial, { force: true });
  }
}

/**
 * Checks a copy, and folds its write-ahead log away so that it is one file.
 * Throws `UnusableCopyError` when it is damaged, or no database of this product.
 */
export function inspectCopy(file: string): CopyFacts {
  const raw = new Sqlite(file, { fileMustExist: true });
  try {
    raw.pragma("journal_mode = DELETE");
    const verdict = raw.pragma("quick_check(1)", { simple: true });
    if (verdict !== "ok") throw new UnusableCopyError(`it is damaged (${String(verdict)})`);
    return { bytes: statSync(file).size, schemaAt: newestMigration(raw) };
  } catch (error) {
    if (error instanceof Sqlite.SqliteError)
      throw new UnusableCopyError(`it is no database (${error.message})`);
    throw error;
  } finally {
    raw.close();
  }
}

function newestMigration(raw: Sqlite.Database): number {
  const tables = raw
    .prepare("select name from sqlite_master where name in ('__drizzle_migrations', 'jobs')")
    .all();
  if (tables.length < 2) throw new UnusableCopyError("it is a database, but not one of Touchstone");
  return z.number().parse(raw.prepare("select max(created_at) from __drizzle_migrations").pluck().get());
}

const journalSchema = z.object({ entries: z.array(z.object({ when: z.number() })).min(1) });

/** When the newest migration that this code knows was made: a database with a newer one belongs to newer code. */
export function newestKnownMigration(migrationsFolder = path.join(process.cwd(), "db/migrations")): number {
  const journal = readFileSync(path.join(migrationsFolder, "meta/_journal.json"), "utf8");
  return Math.max(...journalSchema.parse(JSON.parse(journal)).entries.map(({ when }) => when));
}
