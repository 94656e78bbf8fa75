"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Skeleton } from "@/components/ui/loading-skeleton";
import { SimulatedTag } from "@/components/ui/simulated-tag";
import { TextBlock } from "@/components/ui/text-block";
import type { OptimizationRecord } from "@/lib/contracts/records";
import { wordsOf } from "@/lib/queries/api-fetch";
import { latestAnswerOptions } from "@/lib/queries/records";

/** The newest answer to a record, folded. Those of a sealed record are shown in reviews alone. */
export function LatestAnswer({ record }: { record: OptimizationRecord }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)} className="border-t border-line pt-3">
      <summary className="rounded-sm text-ink-muted hover:text-ink">Latest answer</summary>
      <div className="pt-2">{isOpen && <Answer record={record} />}</div>
    </details>
  );
}

function Answer({ record }: { record: OptimizationRecord }) {
  const isSealed = record.set === "sealed";
  const { data, error } = useQuery({
    ...latestAnswerOptions(record.projectId, record.id),
    enabled: !isSealed,
  });
  if (isSealed)
    return <p className="text-ink-muted">This record is sealed: its answers are shown in a review only.</p>;
  if (error) return <p className="text-worse">{wordsOf(error)}</p>;
  if (data === undefined) return <Skeleton className="h-16" />;
  if (data === null)
    return <p className="text-ink-muted">No answer yet. The next round of answers brings one.</p>;
  const [verdict] = data.verdicts;
  return (
    <>
      {data.simulated && <SimulatedTag className="mb-1.5" />}
      {data.state === "OK" ? <TextBlock text={data.output} /> : <p>It could not be answered: {data.cause}</p>}
      {verdict?.status === "graded" && (
        <p className="mt-2 text-ink-muted">
          Graded {verdict.shown}. {verdict.rationale}
        </p>
      )}
    </>
  );
}
