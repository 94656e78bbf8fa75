import "server-only";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dataPath, type Env } from "../env";

/** In the data folder: when the newest backup was made. */
const NOTE = "last-backup.json";

/** Tells the server, which does not make backups itself, how old the newest one is. */
export function noteBackup(env: Env, at: number): void {
  writeFileSync(dataPath(env, NOTE), JSON.stringify({ at }), { mode: 0o600 });
}

/** When the newest backup was made; null when none is known. */
export function lastBackupAt(env: Env): number | null {
  const file = dataPath(env, NOTE);
  if (!existsSync(file)) return null;
  return (JSON.parse(readFileSync(file, "utf8")) as { at: number }).at;
}
