import { clamp } from "@/lib/util/math";
import { rngFrom } from "@/lib/util/rng";

/** What the split needs to know of a practice record. */
export interface PracticeRecord {
  id: string;
  tags: readonly string[];
}

const WHOLE_SET_LIMIT = 40;

/**
 * Records to compare candidates on: all practice records up to 40, else a fixed sample of clamp(budget / 5, 10, 40),
 * stratified by each record's first tag (architecture.md, Sets). The same records, budget and seed give the same
 * sample, in the order of `records`.
 */
export function chooseValset(
  records: readonly PracticeRecord[],
  maxMetricCalls: number,
  seed: number,
): string[] {
  if (records.length <= WHOLE_SET_LIMIT) return records.map(({ id }) => id);
  const size = clamp(Math.floor(maxMetricCalls / 5), 10, WHOLE_SET_LIMIT);
  const strata = new Map<string, PracticeRecord[]>();
  for (const record of [...records].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const stratum = record.tags[0] ?? "";
    strata.set(stratum, [...(strata.get(stratum) ?? []), record]);
  }
  const queues = [...strata.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([stratum, members]) => ({
      members: rngFrom(seed, "valset", stratum).shuffle(members),
      total: members.length,
      taken: 0,
    }));
  const chosen = new Set<string>();
  while (chosen.size < size) {
    // The stratum that is furthest behind its share gives the next record, so small tags are not left out for long.
    const next = queues
      .filter((queue) => queue.taken < queue.total)
      .sort((a, b) => (a.taken + 0.5) / a.total - (b.taken + 0.5) / b.total)[0];
    const record = next?.members[next.taken];
    if (!next || !record) break;
    next.taken += 1;
    chosen.add(record.id);
  }
  return records.filter(({ id }) => chosen.has(id)).map(({ id }) => id);
}
