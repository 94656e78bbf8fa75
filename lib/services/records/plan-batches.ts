import "server-only";
import { setImmediate as nextTurn } from "node:timers/promises";
import { inputsHash } from "@/db/repos/record-text";
import { TURN_MS } from "../in-turns";
import type { ServiceDeps } from "../service-deps";
import type { ImportCandidate } from "./import-line";
import { type KnownRecord, type LinePlan, planLine } from "./plan-import";

/**
 * Lines a batch: twice or half as many after one that took too little or too long, so that statements are few. Fewer
 * than 32 save nothing: a commit waits some 3 ms for the disk, however little it writes.
 */
const BATCH = { least: 32, most: 128 } as const;

/**
 * Plans in batches, each against the records as they are at that moment; between two batches others are served, such
 * as a label that is saved. What the caller does with a batch counts as its time.
 * @param importId the import whose own records, not shown yet, count as known; null while nothing is written
 */
export async function* planBatches(
  { repos }: Pick<ServiceDeps, "repos">,
  projectId: string,
  candidates: readonly ImportCandidate[],
  importId: string | null,
): AsyncGenerator<LinePlan[]> {
  const blocks = repos.projects.byId(projectId)?.settings.blockPersonalData ?? false;
  const known = new Map<string, KnownRecord[]>();
  let size: number = BATCH.least;
  for (let start = 0; start < candidates.length; ) {
    const begunMs = performance.now();
    const batch = candidates
      .slice(start, start + size)
      .map((candidate) => ({ candidate, hash: inputsHash(candidate.inputs) }));
    const unseen = [...new Set(batch.map(({ hash }) => hash))].filter((hash) => !known.has(hash));
    for (const hash of unseen) known.set(hash, []);
    for (const { hash, record, isStaged } of repos.records.byInputsHashes(projectId, unseen, importId))
      known.get(hash)?.push({ ...record, isStaged, line: null });
    yield batch.map(({ candidate, hash }) => planLine(candidate, known.get(hash) ?? [], blocks));
    start += batch.length;
    const tookMs = performance.now() - begunMs;
    if (tookMs > 2 * TURN_MS) size = Math.max(BATCH.least, size / 2);
    else if (tookMs < TURN_MS / 2) size = Math.min(BATCH.most, size * 2);
    await nextTurn();
  }
}
