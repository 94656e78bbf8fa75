import type { RecordRevision } from "@/lib/contracts/records";

/** Saves of one person that follow each other this closely are one entry: they save themselves while one types. */
const ONE_SITTING_MS = 2 * 60_000;

/** What somebody made of a record in one sitting. */
export interface HistoryEntry {
  /** The last revision of the sitting: the one that can be brought back. */
  revision: RecordRevision;
  /** The state before the sitting; null for the first. */
  before: RecordRevision | null;
  /** How many saves it holds. */
  saves: number;
  isNow: boolean;
}

/** Revisions as sittings, newest first. @param revisions newest first */
export function prepareHistory(revisions: readonly RecordRevision[]): HistoryEntry[] {
  const entries: HistoryEntry[] = [];
  for (const [index, revision] of revisions.entries()) {
    const last = entries.at(-1);
    const later = revisions[index - 1];
    const isSameSitting =
      later?.author === revision.author && later.createdAt - revision.createdAt <= ONE_SITTING_MS;
    if (last && isSameSitting) {
      last.saves += 1;
      last.before = revisions[index + 1] ?? null;
    } else {
      entries.push({ revision, before: revisions[index + 1] ?? null, saves: 1, isNow: index === 0 });
    }
  }
  return entries;
}
