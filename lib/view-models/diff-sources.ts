import type { ReviewView } from "@/lib/contracts/reviews";
import type { DiffLine } from "./diff-text";

export type HunkSource = ReviewView["sources"][number];

/** Why a sentence is there: the reasons given for it, or for a sentence that it holds or is part of. */
export function sourcesFor(line: DiffLine, sources: readonly HunkSource[]): HunkSource[] {
  if (line.after === null || line.kind === "same") return [];
  const text = fold(line.after);
  return sources.filter(({ sentence }) => {
    const wanted = fold(sentence);
    return wanted !== "" && (text.includes(wanted) || wanted.includes(text));
  });
}

function fold(text: string): string {
  return text.replace(/\s+/g, " ").trim().toLowerCase();
}
