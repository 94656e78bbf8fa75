import "server-only";
import type { Judge } from "@/db/repos/judges.repo";
import { compareToLine, isOrdered, rankOf, type ScaleValue } from "@/lib/judge";
import type { ServiceDeps } from "../service-deps";

const CHIPS_SHOWN = 6;
const MAX_CHARS = 34;
const MIN_CHARS = 4;
/** Enough to know what people say; older words count as much as new ones. */
const LABELS_READ = 2_000;

/**
 * Short reasons that people of this project gave before: whole reasons, or the short sentences of longer ones. Most
 * used first, then those of the lowest grades, then the newest. Only of answers that were not good enough, since that
 * is where a reason is asked.
 */
export function reasonChipsOf(
  { repos }: Pick<ServiceDeps, "repos">,
  projectId: string,
  judge: Judge,
  goodEnough: ScaleValue | null,
): string[] {
  const known = new Map<string, { text: string; uses: number; rank: number; last: number }>();
  for (const label of repos.labels.list(projectId, { judgeId: judge.id }).slice(-LABELS_READ)) {
    if (compareToLine(judge.scale, goodEnough, label.value) === true && !label.flagged) continue;
    const rank = isOrdered(judge.scale) ? rankOf(judge.scale, label.value) : 0;
    for (const text of new Set(shortReasons(label.reason))) {
      const key = text.toLowerCase();
      const before = known.get(key);
      known.set(key, {
        text: before?.text ?? text,
        uses: (before?.uses ?? 0) + 1,
        rank: Math.min(before?.rank ?? rank, rank),
        last: label.createdAt,
      });
    }
  }
  const ranked = [...known.values()].sort((a, b) => b.uses - a.uses || a.rank - b.rank || b.last - a.last);
  return ranked.slice(0, CHIPS_SHOWN).map(({ text }) => text);
}

/** Figures and side clauses belong to one answer; what is left can be said of others too. */
const ONE_ANSWER_ONLY = /[\d,]/u;

/** Sentences and parts between semicolons that are short and general enough for a chip. */
export function shortReasons(reason: string): string[] {
  return reason
    .split(/(?<=[.!?])\s+|;\s*|\n+/u)
    .map((part) => part.trim().replace(/[.!]+$/u, ""))
    .filter((part) => part.length >= MIN_CHARS && part.length <= MAX_CHARS && !ONE_ANSWER_ONLY.test(part));
}
