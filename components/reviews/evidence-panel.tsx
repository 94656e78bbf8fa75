"use client";

import type { UseMutationResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Disclosure } from "@/components/ui/disclosure";
import { LinkButton } from "@/components/ui/link-button";
import { ProgressBar } from "@/components/ui/progress-bar";
import { SimulatedTag } from "@/components/ui/simulated-tag";
import { Term } from "@/components/ui/term";
import type { EvidenceView, ReviewView } from "@/lib/contracts/reviews";
import { isUnderWay, type ReviewAct } from "@/lib/queries/reviews";
import { newId } from "@/lib/util/new-id";
import { offerSentence, ordinal } from "@/lib/view-models/review-words";

export type ActOnReview = UseMutationResult<ReviewView, Error, ReviewAct>;

interface EvidencePanelProps {
  review: ReviewView;
  act: ActOnReview;
  /** Opens the dialog that goes round the evidence; absent when this person may not. */
  onOverride?: () => void;
}

/** What the sealed records say, or what it takes to ask them. */
export function EvidencePanel({ review, act, onOverride }: EvidencePanelProps) {
  const { evidence, offer, state } = review;
  const isClosed = state === "promoted" || state === "declined";
  const title = (
    <span className="flex flex-wrap items-center gap-2">
      <Term code="evidence">Evidence</Term>
      {(evidence?.simulated ?? offer.simulated) && <SimulatedTag />}
    </span>
  );
  return (
    <Card
      title={title}
      emphasis={!isClosed && evidence?.verdict == null && offer.needed ? "raised" : "plain"}
      id="evidence"
    >
      {isUnderWay(evidence) && evidence ? (
        <UnderWay evidence={evidence} review={review} act={act} />
      ) : evidence?.verdict ? (
        <Verdict evidence={evidence} review={review} act={act} onOverride={onOverride} />
      ) : (
        <NotYet review={review} act={act} />
      )}
    </Card>
  );
}

function NotYet({ review, act }: Pick<EvidencePanelProps, "review" | "act">) {
  const { offer, evidence, state } = review;
  if (state === "promoted" || state === "declined")
    return <p className="text-ink-muted">The sealed records were not scored for this change.</p>;
  if (!offer.needed) {
    return (
      <p className="measure">
        Nothing is there yet, so there is nothing to compare with. The first version needs no test.
      </p>
    );
  }
  return (
    <div className="space-y-3">
      {evidence && (
        <Callout
          tone="warning"
          title={
            evidence.state === "cancelled"
              ? "The last look was cancelled."
              : "The last look ended without a result."
          }
        >
          {evidence.cause} Answers that were paid for are kept and are not bought again.
        </Callout>
      )}
      <p className="measure">Practice scores flatter; the sealed records decide.</p>
      <BuyEvidence
        review={review}
        act={act}
        label={offer.sealed > 0 ? `Score the ${offer.sealed} sealed records` : "Score the sealed records"}
        isPrimary
      />
    </div>
  );
}

function BuyEvidence({
  review,
  act,
  label,
  isPrimary,
}: Pick<EvidencePanelProps, "review" | "act"> & { label: string; isPrimary?: boolean }) {
  const { offer, you } = review;
  const blocked = you.mayBuyEvidence
    ? offer.blocked
    : "It takes an engineer or an admin to score the sealed records. Ask one of them.";
  return (
    <div className="space-y-2" data-print="hide">
      {offer.blocked === null && (
        <p className="measure text-ink-muted">
          {offer.sealed > 0
            ? offerSentence(offer)
            : "Records get their set when you press; three in ten are sealed."}
        </p>
      )}
      {offer.note && <p className="measure text-warning">{offer.note}</p>}
      <Button
        variant={isPrimary ? "primary" : "secondary"}
        blockedReason={blocked}
        pending={act.isPending && act.variables?.kind === "buy-evidence"}
        onClick={() => act.mutate({ kind: "buy-evidence", key: newId("key") })}
      >
        {label}
      </Button>
    </div>
  );
}

function UnderWay({
  evidence,
  review,
  act,
}: Pick<EvidencePanelProps, "review" | "act"> & { evidence: EvidenceView }) {
  const { done, total } = evidence.progress;
  const isPaused = evidence.state === "paused";
  const control = (action: "pause" | "resume" | "cancel") => act.mutate({ kind: "control-evidence", action });
  return (
    <div className="space-y-3">
      <ProgressBar
        label="Answers scored"
        value={done}
        max={total}
        text={
          isPaused
            ? `Paused at ${done} of ${total} answers.`
            : `${done} of ${total} answers scored, both prompts, the ${ordinal(evidence.look)} look.`
        }
      />
      {isPaused && evidence.cause && (
        <p className="measure text-ink-muted">{evidence.cause} What is scored is kept.</p>
      )}
      {review.you.mayBuyEvidence && (
        <div className="flex flex-wrap gap-2">
          <Button size="sm" onClick={() => control(isPaused ? "resume" : "pause")}>
            {isPaused ? "Resume" : "Pause"}
          </Button>
          <Button size="sm" variant="quiet" onClick={() => control("cancel")}>
            Cancel; the look stays counted
          </Button>
        </div>
      )}
    </div>
  );
}

const TONE = { better: "better", "not-enough": "warning", worse: "worse" } as const;

function Verdict({ evidence, review, act, onOverride }: EvidencePanelProps & { evidence: EvidenceView }) {
  const isOpen = review.state === "open" || review.state === "approved";
  return (
    <div className="space-y-3">
      <Callout
        tone={TONE[evidence.verdict ?? "not-enough"]}
        title={evidence.headline}
        actions={isOpen ? nextActions({ evidence, review, onOverride }) : undefined}
      >
        <p>{evidence.sentence}</p>
      </Callout>
      {evidence.stale && isOpen && (
        <Callout tone="warning" title="This evidence says nothing about today any more.">
          {evidence.stale}
          <div className="mt-2">
            <BuyEvidence review={review} act={act} label="Check it again" isPrimary />
          </div>
        </Callout>
      )}
      <Figures evidence={evidence} />
      {isOpen && !evidence.stale && (
        <div data-print="hide">
          <Disclosure summary="Score again">
            <BuyEvidence
              review={review}
              act={act}
              label={`Score again: the ${ordinal(review.offer.look)} look`}
            />
          </Disclosure>
        </div>
      )}
    </div>
  );
}

function nextActions({
  evidence,
  review,
  onOverride,
}: {
  evidence: EvidenceView;
  review: ReviewView;
  onOverride?: () => void;
}): ReactNode {
  if (evidence.verdict === "not-enough") {
    return (
      <>
        {review.blindPairs > 0 && !evidence.stale && (
          <LinkButton size="sm" href="#blind">
            Ask the experts, blind: {Math.max(1, Math.round(review.blindPairs / 2))} minutes
          </LinkButton>
        )}
        <LinkButton size="sm" href={`/p/${review.projectId}/records`}>
          Add records
        </LinkButton>
        {onOverride && (
          <Button size="sm" onClick={onOverride}>
            Promote with a reason
          </Button>
        )}
      </>
    );
  }
  if (evidence.verdict === "worse") {
    return (
      <LinkButton size="sm" href="#losses">
        See what it lost
      </LinkButton>
    );
  }
  return null;
}

function Figures({ evidence }: { evidence: EvidenceView }) {
  const { meanBefore, meanAfter, gain, pValue, alpha, look, modelCalls, costUsd } = evidence;
  const number = (value: number | null, digits = 2): string => (value === null ? "–" : value.toFixed(digits));
  const rows: [string, string][] = [
    ["Mean before and after", `${number(meanBefore)} → ${number(meanAfter)}`],
    [
      "Gain, 95 % bootstrap range",
      gain ? `${number(gain.value)} (${number(gain.low)} to ${number(gain.high)})` : "–",
    ],
    [
      "Exact one-sided paired sign-flip test",
      `p = ${number(pValue, 4)}, needed at look ${look}: at most ${number(alpha, 5)}`,
    ],
    ["Model calls bought", `${modelCalls}${costUsd === null ? "" : `, $${costUsd.toFixed(3)}`}`],
  ];
  return (
    <Disclosure summary="Figures">
      <dl className="grid gap-x-6 gap-y-1 sm:grid-cols-[auto_1fr]">
        {rows.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-muted">{name}</dt>
            <dd className="tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </Disclosure>
  );
}
