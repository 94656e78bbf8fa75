import type { DeletionPreview } from "@/lib/contracts/project-deletion";
import { countOf } from "./run-names";

/** Readers named one by one; the rest is counted. */
const MOST_READERS = 5;

/** What goes with a project, in one sentence; what there is none of is left out. */
export function goesSentence({ counts }: DeletionPreview): string {
  const parts = [
    countOf(counts.records, "record"),
    countOf(counts.answers, "answer"),
    countOf(counts.labels, "label"),
    countOf(counts.runs, "run"),
    countOf(counts.reviews, "review"),
    countOf(counts.promptVersions, "version of its prompts", "versions of its prompts"),
    countOf(counts.keys, "API key"),
  ].filter((part) => !part.startsWith("0 "));
  if (parts.length === 0) return "Nothing was written in it yet.";
  return `${joined(parts)} are deleted, with every revision, stored call and note.`;
}

/** Work that would end, or null when there is none. */
export function stopsSentence({ endingJobs }: DeletionPreview): string | null {
  if (endingJobs.length === 0) return null;
  const names = joined([...new Set(endingJobs.map(({ name }) => name))]);
  return `Under way now, and stopped by it: ${names}. What was paid for is paid.`;
}

interface Reader {
  reader: string;
  prompt: string;
  lastAt: number;
}

/** Agents that live by its prompts: each once a prompt, the latest first, and how many more there are. */
export function readersOf({ fetches }: DeletionPreview): { shown: Reader[]; more: number } {
  const each = new Map<string, Reader>();
  for (const { reader, prompt, lastAt } of fetches) {
    const key = JSON.stringify([reader, prompt]);
    if (lastAt > (each.get(key)?.lastAt ?? Number.NEGATIVE_INFINITY))
      each.set(key, { reader, prompt, lastAt });
  }
  const all = [...each.values()].toSorted((a, b) => b.lastAt - a.lastAt);
  return { shown: all.slice(0, MOST_READERS), more: Math.max(0, all.length - MOST_READERS) };
}

function joined(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? "") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
