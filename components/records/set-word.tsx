import { Mark } from "@/components/ui/mark";
import { Term } from "@/components/ui/term";
import type { RecordSet } from "@/lib/contracts/word-lists";

/** What a record is for: practice, sealed, or not decided before its first use. */
export function SetWord({ set, isPlain = false }: { set: RecordSet; isPlain?: boolean }) {
  if (set === "unassigned")
    return (
      <span className="whitespace-nowrap text-ink-faint">{isPlain ? "not used yet" : "Not used yet"}</span>
    );
  const word = isPlain ? set : <Term code={set}>{set}</Term>;
  return (
    <span className="whitespace-nowrap text-ink-muted">
      {word} {set === "sealed" && <Mark kind="sealed" isDecoration />}
    </span>
  );
}
