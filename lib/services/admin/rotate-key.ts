import "server-only";
import { existsSync, rmSync } from "node:fs";
import { openDatabase } from "@/db/client";
import { acquireLock } from "@/db/lock";
import { createRepos } from "@/db/repos/create-repos";
import { AppError } from "@/lib/contracts/errors";
import { dataPath, type Env } from "../env";
import {
  isKeyChanging,
  type KeyChange,
  nextKeyFile,
  putNextKeyInPlace,
  resealAll,
  writeNextKey,
} from "../key-change";
import { createSecretBox, readServerSecret } from "../secrets";
import { DATABASE_NAME, KEY_NAME } from "./data-files";

export interface RotateOptions {
  /** What TOUCHSTONE_SECRET will be; null = a fresh key file. */
  newSecret: string | null;
  /** Called between the steps; a test stops the command there. */
  onStep?: (step: "next-key-written" | "resealed" | "in-place") => void;
}

/**
 * Seals every secret under a new key, on a server that does not run. The old key stays until all is sealed anew; killed
 * in between, the next call or the next start ends it. Throws `DatabaseLockedError` while a server runs, and `AppError`
 * when there is nothing to do it on; then nothing is changed.
 */
export function rotateKey(env: Env, options: RotateOptions): KeyChange {
  assertPossible(env, options.newSecret);
  const at = { pid: process.pid, host: "rotate-key", port: null, since: Date.now() };
  const lock = acquireLock(dataPath(env), at);
  const database = openDatabase(dataPath(env, DATABASE_NAME));
  try {
    const repos = createRepos(database);
    const old = createSecretBox(readServerSecret(env));
    const wasChanging = isKeyChanging(env);
    const secret = options.newSecret ?? writeNextKey(env);
    options.onStep?.("next-key-written");
    try {
      const change = resealAll(repos, old, createSecretBox(secret));
      // what was sealed under the old key must not stay readable in the write-ahead log either
      database.checkpoint();
      options.onStep?.("resealed");
      if (options.newSecret === null) putNextKeyInPlace(env);
      else for (const file of [nextKeyFile(env), dataPath(env, KEY_NAME)]) rmSync(file, { force: true });
      options.onStep?.("in-place");
      return change;
    } catch (error) {
      if (error instanceof AppError && options.newSecret === null && !wasChanging) rmSync(nextKeyFile(env));
      throw error;
    }
  } finally {
    database.close();
    lock.release();
  }
}

function assertPossible(env: Env, newSecret: string | null): void {
  if (!existsSync(dataPath(env, DATABASE_NAME))) {
    const detail = `There is no database in ${dataPath(env)}. TOUCHSTONE_DATA_DIR says where it is.`;
    throw new AppError("not-found", detail);
  }
  if (env.TOUCHSTONE_SECRET && newSecret === null) {
    const detail =
      "This server takes its key from TOUCHSTONE_SECRET, which only you can change. Leave the old one set and pipe the new " +
      "one in: npm run rotate-key -- --secret-stdin. Nothing was changed.";
    throw new AppError("invalid-input", detail);
  }
  if (newSecret !== null && newSecret.length < 16) {
    throw new AppError("invalid-input", "The new secret needs at least 16 characters. Nothing was changed.");
  }
}
