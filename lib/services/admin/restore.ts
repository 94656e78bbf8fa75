import "server-only";
import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { openDatabase } from "@/db/client";
import { inspectCopy, newestKnownMigration, UnusableCopyError } from "@/db/copy";
import { acquireLock } from "@/db/lock";
import { createRepos } from "@/db/repos/create-repos";
import { AppError } from "@/lib/contracts/errors";
import { newId } from "@/lib/util/new-id";
import { audit } from "../audit";
import { dataPath, type Env } from "../env";
import { DATABASE_NAME, KEY_NAME, keyFileOf, NEXT_KEY_NAME } from "./data-files";
import { erasuresBefore, type Reapplied, reapplyErasures } from "./reapply-erasures";

export interface RestoreOptions {
  /** Go on although the copy has no key beside it: keys of connections must then be typed again. */
  withoutKey: boolean;
}

export interface RestoreReport {
  database: string;
  /** Where what was there before has been put; null when the data folder was empty. */
  keptIn: string | null;
  /** Jobs that were under way when the copy was made, and now wait for *Resume*. */
  parkedJobs: number;
  /** Texts that were erased here after the copy was made. */
  erasedAgain: Reapplied;
}

const PARKED = "Restored from a backup. Nothing goes on by itself: press Resume where you want it.";

/**
 * Puts a copy in the place of the database, under the lock, and pauses every job in it. What was there is kept beside;
 * records whose text was erased there since lose it here too.
 * Throws `DatabaseLockedError` while a server runs, `AppError` when the copy cannot be used; then nothing is changed.
 */
export function restore(env: Env, file: string, { withoutKey }: RestoreOptions): RestoreReport {
  const copy = path.resolve(file);
  if (!existsSync(copy)) throw new AppError("not-found", `There is no file ${copy}. Nothing was changed.`);
  const key = chooseKey(env, copy, withoutKey);
  const lock = acquireLock(dataPath(env), {
    pid: process.pid,
    host: "restore",
    port: null,
    since: Date.now(),
  });
  const incoming = dataPath(env, `${DATABASE_NAME}.restoring`);
  try {
    copyFileSync(copy, incoming);
    chmodSync(incoming, 0o600);
    assertUsable(incoming, copy);
    const erased = erasuresBefore(dataPath(env, DATABASE_NAME));
    const keptIn = setAside(env, key !== null);
    renameSync(incoming, dataPath(env, DATABASE_NAME));
    if (key) {
      copyFileSync(key, dataPath(env, KEY_NAME));
      chmodSync(dataPath(env, KEY_NAME), 0o600);
    }
    return { database: dataPath(env, DATABASE_NAME), keptIn, ...settle(env, erased) };
  } finally {
    for (const suffix of ["", "-wal", "-shm", "-journal"]) rmSync(`${incoming}${suffix}`, { force: true });
    lock.release();
  }
}

/** The key to put in place with the copy; null when the server takes its secret from elsewhere, or is to go without. */
function chooseKey(env: Env, copy: string, withoutKey: boolean): string | null {
  const key = keyFileOf(copy);
  if (env.TOUCHSTONE_SECRET) return null;
  if (existsSync(key)) return key;
  if (withoutKey) return null;
  throw new AppError(
    "not-found",
    `There is no key ${key}, without which the keys of connections in this copy cannot be read. Nothing was changed. ` +
      "Put it there, or set TOUCHSTONE_SECRET if that server had it, or add --without-key and type those keys again later.",
  );
}

function assertUsable(incoming: string, copy: string): void {
  try {
    if (inspectCopy(incoming).schemaAt <= newestKnownMigration()) return;
  } catch (error) {
    if (!(error instanceof UnusableCopyError)) throw error;
    throw new AppError("invalid-input", `${copy} cannot be used: ${error.message}. Nothing was changed.`, {
      cause: error,
    });
  }
  const detail = `${copy} was made by a newer version of Touchstone than this one. Nothing was changed. Update first.`;
  throw new AppError("invalid-input", detail);
}

/** Moves what is in the data folder into one of its own. */
function setAside(env: Env, alsoKey: boolean): string | null {
  const names = ["", "-wal", "-shm"]
    .map((suffix) => `${DATABASE_NAME}${suffix}`)
    .concat(alsoKey ? [KEY_NAME, NEXT_KEY_NAME] : []);
  const present = names.filter((name) => existsSync(dataPath(env, name)));
  if (present.length === 0) return null;
  const folder = dataPath(env, `before-restore-${new Date().toISOString().replaceAll(/[:.]/g, "-")}`);
  mkdirSync(folder, { mode: 0o700 });
  for (const name of present) renameSync(dataPath(env, name), path.join(folder, name));
  return folder;
}

function settle(
  env: Env,
  erased: Parameters<typeof reapplyErasures>[1],
): Pick<RestoreReport, "parkedJobs" | "erasedAgain"> {
  const database = openDatabase(dataPath(env, DATABASE_NAME));
  try {
    const repos = createRepos(database);
    const erasedAgain = reapplyErasures(repos, erased, Date.now());
    return repos.transaction(() => {
      const parkedJobs = repos.jobs.parkAll(PARKED, Date.now());
      // What the copy still had to tell the world was told since, or is no longer true.
      repos.webhooks.giveUpWaiting();
      repos.mlflow.giveUpWaiting();
      const act = {
        projectId: null,
        action: "database-restored" as const,
        subjectType: "server",
        subjectId: "server",
      };
      audit(
        { repos, now: Date.now, newId },
        { kind: "system", name: "operator" },
        { ...act, details: { parkedJobs, erasedAgain: erasedAgain.records } },
      );
      return { parkedJobs, erasedAgain };
    });
  } finally {
    database.close();
  }
}
