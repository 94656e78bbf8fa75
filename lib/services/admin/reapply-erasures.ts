import "server-only";
import { existsSync, rmSync } from "node:fs";
import { openToRead } from "@/db/copy";
import { createRepos, type Repos } from "@/db/repos/create-repos";
import type { KeptErasure } from "@/db/repos/erasures.repo";

/** What a restore did about texts that were erased after its copy was made. */
export interface Reapplied {
  /** Records whose text was erased once more. */
  records: number;
  /** Words were erased since, in so many acts. Words are kept nowhere, so somebody has to erase them again. */
  wordActs: number;
  /** What was there before could not be read, so nobody knows what was erased in it. */
  isUnknown: boolean;
}

/**
 * Every act of erasing that the data before the restore knew of: ids, never texts. Null when that data cannot be read:
 * a damaged database is a reason to restore, and must not be in the way.
 */
export function erasuresBefore(databaseFile: string): KeptErasure[] | null {
  if (!existsSync(databaseFile)) return [];
  try {
    return readErasures(databaseFile);
  } catch (error) {
    if (error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_")) return null;
    throw error;
  }
}

function readErasures(databaseFile: string): KeptErasure[] {
  // A reader makes these two files, and must not take them away; no server is there that would.
  const made = ["-wal", "-shm"]
    .map((suffix) => `${databaseFile}${suffix}`)
    .filter((name) => !existsSync(name));
  const before = openToRead(databaseFile);
  try {
    return createRepos(before).erasures.everywhere();
  } finally {
    before.close();
    for (const name of made) rmSync(name, { force: true });
  }
}

/**
 * A copy brings back what was erased after it was made. Records go again by their ids, each in an act with the name
 * and date of the first; the file is written anew afterwards.
 */
export function reapplyErasures(repos: Repos, before: readonly KeptErasure[] | null, now: number): Reapplied {
  if (before === null) return { records: 0, wordActs: 0, isUnknown: true };
  const known = new Set(repos.erasures.everywhere().map(({ id }) => id));
  const missing = before.filter(({ id, projectId }) => !known.has(id) && repos.projects.byId(projectId));
  let records = 0;
  for (const { id, projectId, recordId, actorId, at } of missing) {
    if (recordId === null) continue;
    const target = { kind: "record", recordId } as const;
    const plan = repos.erasures.plan(projectId, target);
    if (plan.changes.length === 0) continue;
    const act = { id, projectId, target, actorId, at };
    repos.transaction(() => repos.erasures.carryOut(act, plan, repos.erasures.touchedJobs(projectId, plan)));
    records += 1;
  }
  if (records > 0) {
    repos.storage.compact();
    repos.erasures.noteCompacted(now);
  }
  return { records, wordActs: missing.filter(({ recordId }) => recordId === null).length, isUnknown: false };
}
