"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { Mark } from "@/components/ui/mark";
import { TextBlock } from "@/components/ui/text-block";
import type { CandidateDetail } from "@/lib/contracts/runs";
import type { ShownScale } from "@/lib/view-models/run-scale";

type Rollout = CandidateDetail["rollouts"][number];

interface CandidateRecordsProps {
  detail: CandidateDetail;
  scale: ShownScale;
  isSeed: boolean;
}

const FIRST = 40;

/** How it did on each record, beside its parent and the starting prompt, in the judge's words. */
export function CandidateRecords({ detail, scale, isSeed }: CandidateRecordsProps) {
  const [isAll, setAll] = useState(false);
  const shown = isAll ? detail.rollouts : detail.rollouts.slice(0, FIRST);
  if (shown.length === 0) return <p className="text-ink-muted">No answer was scored with it.</p>;
  return (
    <>
      <ul className="divide-y divide-line">
        {shown.map((rollout) => (
          <li key={rollout.recordId} className="py-1.5">
            <Disclosure
              summary={<span dir="auto">{rollout.question}</span>}
              aside={<Grades rollout={rollout} scale={scale} isSeed={isSeed} />}
            >
              <div className="space-y-3 pt-1 pb-2">
                <TextBlock text={rollout.output} maxLines={12} emptyText="There is no answer." />
                <p>
                  <span className="font-medium">
                    {rollout.cause ? "Why it could not be scored: " : "The judge: "}
                  </span>
                  <span dir="auto">{rollout.cause ?? rollout.rationale}</span>
                </p>
              </div>
            </Disclosure>
          </li>
        ))}
      </ul>
      {detail.rollouts.length > shown.length && (
        <Button onClick={() => setAll(true)}>{`Show all ${detail.rollouts.length}`}</Button>
      )}
    </>
  );
}

function Grades({ rollout, scale, isSeed }: { rollout: Rollout; scale: ShownScale; isSeed: boolean }) {
  const { score, seedScore, parentScore, shown } = rollout;
  const say = (value: number): string => String(Number(scale.toShown(value).toFixed(2)));
  const before = parentScore ?? seedScore;
  const who = parentScore !== null ? "parent" : "start";
  return (
    <span className="whitespace-nowrap tabular-nums">
      {!isSeed && before !== null && <span className="text-ink-muted">{`${who} ${say(before)} → `}</span>}
      <span className="font-medium">{shown}</span>
      {!isSeed && before !== null && score !== null && score !== before && (
        <Mark kind={score > before ? "better" : "worse"} className="ms-1.5" />
      )}
    </span>
  );
}
