import "server-only";
import { chmodSync, copyFileSync, existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { copyDatabase } from "@/db/copy";
import { AppError } from "@/lib/contracts/errors";
import { dataPath, type Env } from "../env";
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
  const { bytes } = await copyDatabase(database, target);
  const key = dataPath(env, KEY_NAME);
  if (env.TOUCHSTONE_SECRET || !existsSync(key)) return { file: target, bytes, keyFile: null };
  copyFileSync(key, keyTarget);
  chmodSync(keyTarget, 0o600);
  return { file: target, bytes, keyFile: keyTarget };
}

/** Size for people: 12.3 MB. */
export function formatBytes(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
