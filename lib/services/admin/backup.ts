import "server-only";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { copyDatabase } from "@/db/copy";
import { AppError } from "@/lib/contracts/errors";
import { dataPath, type Env } from "../env";
import { isKeyChanging } from "../key-change";
import { noteBackup } from "./backup-note";
import { DATABASE_NAME, KEY_NAME, keyFileOf } from "./data-files";

export interface BackupReport {
  file: string;
  bytes: number;
  /** The copy of the server's key; null when there is none to copy (`TOUCHSTONE_SECRET`, or nothing sealed yet). */
  keyFile: string | null;
}

/**
 * Copies the database and the server's key, also while the server runs and writes.
 * Throws `AppError` when there is nothing to copy, or a file of that name exists.
 */
export async function backUp(env: Env, file: string): Promise<BackupReport> {
  const target = path.resolve(file);
  const keyTarget = keyFileOf(target);
  const database = dataPath(env, DATABASE_NAME);
  if (!existsSync(database)) {
    throw new AppError("not-found", `There is no database in ${dataPath(env)}. Nothing was written.`);
  }
  const taken = [target, keyTarget].find((name) => existsSync(name));
  if (taken) {
    throw new AppError("conflict", `${taken} exists already and was left as it is. Choose another name.`);
  }
  mkdirSync(path.dirname(target), { recursive: true });
  const key = keyToCopy(env);
  const { bytes } = await copyDatabase(database, target);
  if (keyToCopy(env) !== key) {
    rmSync(target);
    throw new AppError(
      "conflict",
      "The key was changed while the copy was made. Nothing was kept; try again.",
    );
  }
  noteBackup(env, Date.now());
  if (key === null) return { file: target, bytes, keyFile: null };
  writeFileSync(keyTarget, key, { mode: 0o600, flag: "wx" });
  return { file: target, bytes, keyFile: keyTarget };
}

/** The key that opens what is sealed; throws while it is being changed, since then it is not one key. */
function keyToCopy(env: Env): string | null {
  if (isKeyChanging(env)) {
    const detail =
      "The key of this server is being changed, so a copy would not go with one key. Nothing was written. If no " +
      "rotate-key is running, it was interrupted: run it again or start the server, which end it.";
    throw new AppError("conflict", detail);
  }
  const file = dataPath(env, KEY_NAME);
  return env.TOUCHSTONE_SECRET || !existsSync(file) ? null : readFileSync(file, "utf8");
}

/** Size for people: 12.3 MB. */
export function formatBytes(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
