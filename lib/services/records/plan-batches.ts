import "server-only";
import { setImmediate as nextTurn } from "node:timers/promises";
import { inputsHash } from "@/db/repos/record-text";
import type { ServiceDeps } from "../service-deps";
import type { ImportCandidate } from "./import-line";
import { type KnownRecord, type LinePlan, planLine } from "./plan-import";

/** Lines a transaction: between two of them others are served, such as a label that is saved. */
const LINES_A_WRITE = 100;

/**
 * Plans in batches, each against the records as they are at that moment; between two batches others are served.
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
  for (let start = 0; start < candidates.length; start += LINES_A_WRITE) {
    const batch = candidates
      .slice(start, start + LINES_A_WRITE)
      .map((candidate) => ({ candidate, hash: inputsHash(candidate.inputs) }));
    const unseen = [...new Set(batch.map(({ hash }) => hash))].filter((hash) => !known.has(hash));
    for (const hash of unseen) known.set(hash, []);
    for (const { hash, record, isStaged } of repos.records.byInputsHashes(projectId, unseen, importId))
      known.get(hash)?.push({ ...record, isStaged, line: null });
    yield batch.map(({ candidate, hash }) => planLine(candidate, known.get(hash) ?? [], blocks));
    await nextTurn();
  }
}
