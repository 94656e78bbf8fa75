"use client";

import { memo, useState } from "react";
import { Button } from "@/components/ui/button";
import { Mark } from "@/components/ui/mark";
import type { RunView } from "@/lib/contracts/runs";
import { type PreparedCandidate, prepareCandidateRows } from "@/lib/view-models/run-candidates";
import type { ShownScale } from "@/lib/view-models/run-scale";

interface CandidateListProps {
  view: RunView;
  scale: ShownScale;
  onLook(candidateId: string): void;
}

const FIRST = 50;

/** Every candidate, the recommended one first; what was refused or rejected is shown too, with why. */
export function CandidateList({ view, scale, onLook }: CandidateListProps) {
  const [isAll, setAll] = useState(false);
  const rows = prepareCandidateRows(view, scale);
  if (rows.length === 0)
    return <p className="text-ink-muted">No candidate yet. The starting prompt is the first.</p>;
  const shown = isAll ? rows : rows.slice(0, FIRST);
  return (
    <>
      <ul className="divide-y divide-line">
        {shown.map((row) => (
          <CandidateLine key={row.candidateId} {...row} onLook={onLook} />
        ))}
      </ul>
      {rows.length > shown.length && (
        <Button className="mt-3" onClick={() => setAll(true)}>
          {`Show all ${rows.length}`}
        </Button>
      )}
    </>
  );
}

/** Redrawn only when its own words change: an event touches few of them. */
const CandidateLine = memo(function CandidateLine({
  onLook,
  ...row
}: PreparedCandidate & { onLook(candidateId: string): void }) {
  const isSettledAgainst = row.status === "refused" || row.status === "rejected";
  return (
    <li className="grid min-h-12 grid-cols-[2.5rem_minmax(0,1fr)_auto] items-center gap-x-3 py-2 sm:grid-cols-[2.5rem_4rem_minmax(0,1fr)_auto]">
      <span className="flex items-center gap-1 tabular-nums">
        {row.isRecommended ? (
          <Mark kind="recommended" />
        ) : row.isFront ? (
          <Mark kind="front" />
        ) : (
          <span className="inline-block w-3.5" />
        )}
        <span className="sr-only">{row.name}</span>
        <span aria-hidden="true">{row.number}</span>
      </span>
      <span className="text-end font-medium tabular-nums max-sm:hidden">{row.score ?? ""}</span>
      <span className={isSettledAgainst ? "min-w-0 text-ink-muted" : "min-w-0"}>
        {row.score && <span className="font-medium tabular-nums sm:hidden">{row.score} · </span>}
        {row.outcome !== "" && <span>{row.outcome} </span>}
        {row.outcome === "" && (
          <span className="text-ink-muted">
            {[row.status === "trying" ? "being tried" : "", row.bestOn, row.from]
              .filter((word) => word !== "")
              .join(" · ")}{" "}
          </span>
        )}
        {row.summary !== "" && <span dir="auto">“{row.summary}”</span>}
        {row.number === "–" && <span>starting prompt</span>}
      </span>
      <Button
        size="sm"
        variant="quiet"
        aria-label={`Look at ${row.name}`}
        onClick={() => onLook(row.candidateId)}
      >
        Look
      </Button>
    </li>
  );
});
