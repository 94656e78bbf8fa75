"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { RunView } from "@/lib/contracts/runs";
import { describeLogEntry } from "@/lib/view-models/run-log";
import type { ShownScale } from "@/lib/view-models/run-scale";
import { DateWords } from "./date-words";

const FIRST = 100;

/** What happened, newest first, in sentences. */
export function RunLog({ view, scale }: { view: RunView; scale: ShownScale }) {
  const [count, setCount] = useState(FIRST);
  const entries = view.log.slice(-count).reverse();
  if (entries.length === 0) return <p className="text-ink-muted">Nothing has happened yet.</p>;
  return (
    <>
      <ol className="space-y-1.5">
        {entries.map((entry) => (
          <li key={entry.seq} className="grid grid-cols-[4.5rem_minmax(0,1fr)] gap-3">
            <span className="text-ink-muted tabular-nums">
              <DateWords at={entry.at} withTime />
            </span>
            <span dir="auto">{describeLogEntry(entry, scale)}</span>
          </li>
        ))}
      </ol>
      {view.log.length > entries.length && (
        <Button className="mt-3" onClick={() => setCount(count + 400)}>
          Show earlier
        </Button>
      )}
    </>
  );
}
