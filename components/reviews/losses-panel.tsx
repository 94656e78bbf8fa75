"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Disclosure } from "@/components/ui/disclosure";
import { Mark } from "@/components/ui/mark";
import type { EvidenceView, ReviewView } from "@/lib/contracts/reviews";
import { CompareDialog } from "./compare-dialog";
import type { ActOnReview } from "./evidence-panel";
import { ReasonDialog } from "./reason-dialog";

interface LossesPanelProps {
  review: ReviewView;
  evidence: EvidenceView;
  act: ActOnReview;
}

type Loss = EvidenceView["losses"][number];

/** What it lost, confirmed ones first, and the records that must never fail. */
export function LossesPanel({ review, evidence, act }: LossesPanelProps) {
  const [compared, setCompared] = useState<string | null>(null);
  const [accepting, setAccepting] = useState<{ recordId: string; question: string } | null>(null);
  const confirmed = evidence.losses.filter((loss) => loss.confirmed);
  const noise = evidence.losses.filter((loss) => !loss.confirmed);
  const isOpen = review.state === "open" || review.state === "approved";
  const pair = evidence.pairs.find(({ recordId }) => recordId === compared) ?? null;
  const accept = isOpen && review.you.mayComment ? setAccepting : undefined;
  const title =
    evidence.losses.length === 0
      ? "What it lost: nothing"
      : `What it lost (${confirmed.length} confirmed, ${noise.length} within noise)`;
  return (
    <Card title={title} id="losses">
      <div className="space-y-4">
        {confirmed.length > 0 && (
          <ul className="divide-y divide-line">
            {confirmed.map((loss) => (
              <LossRow key={loss.recordId} loss={loss} onCompare={setCompared} onAccept={accept} />
            ))}
          </ul>
        )}
        {noise.length > 0 && (
          <Disclosure summary={`${noise.length} within noise`}>
            <p className="measure mb-2 text-ink-muted">
              One reading was lower; fresh readings did not confirm it, or the drop was under a full grade.
            </p>
            <ul className="divide-y divide-line">
              {noise.map((loss) => (
                <LossRow key={loss.recordId} loss={loss} onCompare={setCompared} />
              ))}
            </ul>
          </Disclosure>
        )}
        <Critical
          review={review}
          critical={evidence.critical}
          onCompare={setCompared}
          onLift={isOpen && review.you.mayApprove ? setAccepting : undefined}
        />
      </div>
      <CompareDialog
        pair={pair}
        onClose={() => setCompared(null)}
        before={review.baseline?.version ?? null}
        after={review.nextVersion}
      />
      <ReasonDialog
        open={accepting !== null}
        onClose={() => setAccepting(null)}
        title="Accept, with a reason"
        confirmLabel="Accept"
        pending={act.isPending}
        error={act.error}
        onConfirm={(reason) =>
          accepting &&
          act.mutate(
            { kind: "accept-loss", recordId: accepting.recordId, reason },
            { onSuccess: () => setAccepting(null) },
          )
        }
      >
        <p dir="auto">“{accepting?.question}”</p>
        <p className="mt-1 text-ink-muted">Your name and the reason stay with this change for good.</p>
      </ReasonDialog>
    </Card>
  );
}

interface LossRowProps {
  loss: Loss;
  onCompare: (recordId: string) => void;
  onAccept?: (loss: Loss) => void;
}

function LossRow({ loss, onCompare, onAccept }: LossRowProps) {
  const { question, before, after, readings, accepted, confirmed } = loss;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 py-2.5 first:pt-0">
      <div className="min-w-0 flex-1 basis-72">
        <p dir="auto">
          <Mark kind="worse" /> “{question}”{" "}
          <span className="whitespace-nowrap font-medium tabular-nums">
            {before} → {after}
          </span>
        </p>
        {readings && <p className="text-sm text-ink-muted tabular-nums">{readings}</p>}
        {accepted && (
          <p className="text-sm text-ink-muted">
            Accepted by {accepted.by}: “<span dir="auto">{accepted.reason}</span>”
          </p>
        )}
      </div>
      <div className="flex flex-wrap gap-2" data-print="hide">
        <Button size="sm" onClick={() => onCompare(loss.recordId)}>
          Compare
        </Button>
        {confirmed && !accepted && onAccept && (
          <Button size="sm" onClick={() => onAccept(loss)}>
            Accept, with a reason
          </Button>
        )}
      </div>
    </li>
  );
}

interface CriticalProps {
  review: ReviewView;
  critical: EvidenceView["critical"];
  onCompare: (recordId: string) => void;
  onLift?: (one: { recordId: string; question: string }) => void;
}

function Critical({ review, critical, onCompare, onLift }: CriticalProps) {
  if (critical.of === 0)
    return <p className="text-ink-muted">No record is marked as one that must never fail.</p>;
  const isFine = critical.cases.every(({ lifted }) => lifted !== null);
  return (
    <div>
      <p>
        Must never fail <Mark kind={isFine ? "done" : "failed"} word={isFine ? "fine" : "failing"} />{" "}
        {critical.passed} of {critical.of}
      </p>
      <ul className="mt-1 divide-y divide-line">
        {critical.cases.map((one) => (
          <li key={one.recordId} className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 py-2">
            <div className="min-w-0 flex-1 basis-72">
              <p dir="auto">
                “{one.question}”{" "}
                <span className="whitespace-nowrap font-medium tabular-nums">
                  {one.before} → {one.after}
                </span>
              </p>
              {one.readings && <p className="text-sm text-ink-muted">{one.readings}</p>}
              {one.lifted && (
                <p className="text-sm text-ink-muted">
                  Lifted by {one.lifted.by}: “<span dir="auto">{one.lifted.reason}</span>”
                </p>
              )}
            </div>
            <div className="flex flex-wrap gap-2" data-print="hide">
              <Button size="sm" onClick={() => onCompare(one.recordId)}>
                Compare
              </Button>
              {!one.lifted && (review.state === "open" || review.state === "approved") && (
                <Button
                  size="sm"
                  onClick={() => onLift?.(one)}
                  blockedReason={
                    onLift === undefined
                      ? "It takes an approver other than the author to lift this."
                      : one.liftable
                        ? undefined
                        : "It failed again when read afresh, so it cannot be lifted."
                  }
                >
                  Lift it, with a reason
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
