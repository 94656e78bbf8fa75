"use client";

import { useState, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { Disclosure } from "@/components/ui/disclosure";
import { LocalTime } from "@/components/ui/local-time";
import { Mark } from "@/components/ui/mark";
import { PrintButton } from "@/components/ui/print-button";
import type { ReviewView } from "@/lib/contracts/reviews";
import { ApiProblem, wordsOf } from "@/lib/queries/api-fetch";
import { prepareReviewMarkdown } from "@/lib/view-models/review-markdown";
import { approvalsSentence } from "@/lib/view-models/review-words";
import type { ActOnReview } from "./evidence-panel";
import { PromoteDialog } from "./promote-dialog";
import { ReasonDialog } from "./reason-dialog";

interface DecisionPanelProps {
  review: ReviewView;
  act: ActOnReview;
  /** Whether the dialog is open, and whether it goes round the evidence. */
  promoting: "no" | "plain" | "override";
  onPromoting: (state: "no" | "plain" | "override") => void;
  onAsk: () => void;
  onReload: () => void;
}

/** Who said yes, who is missing, and the decision. */
export function DecisionPanel({ review, act, promoting, onPromoting, onAsk, onReload }: DecisionPanelProps) {
  const [isDeclining, setDeclining] = useState(false);
  const { gate, you, nextVersion } = review;
  const isOpen = review.state === "open" || review.state === "approved";
  if (!isOpen) return null;
  // The approval that is missing comes with the promotion when this person's is the last.
  const inTheWay = gate.blockers.filter(
    ({ code }) => !(code === "approval-missing" && you.completesApprovals),
  );
  const isOneAct = you.completesApprovals;
  const label = isOneAct ? `Approve and promote v${nextVersion}` : `Promote v${nextVersion}`;
  return (
    <Card title="Decision" id="decision">
      <div className="space-y-3">
        <AliasMoved review={review} act={act} onReload={onReload} />
        <p>{approvalsSentence(review)}</p>
        {inTheWay.length > 0 && <Blockers blockers={inTheWay} />}
        <Disclosure summary={`Ways round this gate: ${gate.waysRound}`}>
          <p className="measure text-ink-muted">
            An override lifts what the evidence lacks. It never lifts a missing approval, a confirmed loss
            without a reason, or a record that must never fail.
          </p>
          {you.mayOverride && you.mayPromote && (
            <Button size="sm" className="mt-2" onClick={() => onPromoting("override")}>
              Promote with a reason, round the evidence
            </Button>
          )}
        </Disclosure>
        <div className="flex flex-wrap items-center gap-2" data-print="hide">
          {you.mayComment && <Button onClick={onAsk}>Ask</Button>}
          {you.mayApprove && <Button onClick={() => setDeclining(true)}>Decline</Button>}
          {you.mayApprove && !you.hasApproved && (
            <Button
              pending={act.isPending && act.variables?.kind === "approve"}
              onClick={() => act.mutate({ kind: "approve", override: false, reason: "" })}
            >
              Approve only
            </Button>
          )}
          {you.mayPromote ? (
            <Button
              variant={inTheWay.length > 0 ? "secondary" : "primary"}
              className="sm:ms-auto"
              blockedReason={inTheWay.length > 0 ? <BlockedWords blockers={inTheWay} /> : undefined}
              onClick={() => onPromoting("plain")}
            >
              {label}
            </Button>
          ) : (
            <p className="text-ink-muted sm:ms-auto">
              An approver or an admin of this project can promote it.
            </p>
          )}
        </div>
        <FileRow review={review} />
      </div>
      <PromoteDialog
        key={promoting}
        review={review}
        act={act}
        open={promoting !== "no"}
        override={promoting === "override"}
        onClose={() => onPromoting("no")}
      />
      <ReasonDialog
        open={isDeclining}
        onClose={() => setDeclining(false)}
        title="Decline this change"
        confirmLabel="Decline"
        pending={act.isPending}
        error={act.error}
        onConfirm={(reason) =>
          act.mutate({ kind: "decline", reason }, { onSuccess: () => setDeclining(false) })
        }
      >
        <p>
          The review is closed with your reason. Production is unchanged, and nothing that was scored is lost.
        </p>
      </ReasonDialog>
    </Card>
  );
}

function Blockers({ blockers }: { blockers: ReviewView["gate"]["blockers"] }) {
  return (
    <div>
      <p className="text-ink-muted">Before it can go live:</p>
      <ul className="mt-1 space-y-1.5">
        {blockers.map(({ code, what, fix }) => (
          <li key={`${code}${what}`} className="flex gap-2">
            <Mark kind="open" />
            <span className="min-w-0">
              <a
                href={PLACES[code] ?? "#decision"}
                className="underline decoration-line-strong underline-offset-4"
              >
                {what}
              </a>{" "}
              <span className="text-ink-muted">{fix}</span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Where on the page something can be done about it. */
const PLACES: Readonly<Record<string, string>> = {
  "evidence-missing": "#evidence",
  "evidence-running": "#evidence",
  "evidence-stale": "#evidence",
  "not-better": "#evidence",
  "loss-not-accepted": "#losses",
  "critical-failing": "#losses",
  "check-failed": "#changes",
  unchanged: "#changes",
};

function BlockedWords({ blockers }: { blockers: ReviewView["gate"]["blockers"] }) {
  return (
    <span>
      {blockers.length === 1 ? "" : `${blockers.length} things stand in the way. `}
      {blockers.map(({ what }) => what).join(" ")}
    </span>
  );
}

/** Somebody was faster: what is there now, and the way to compare with it. */
function AliasMoved({ review, act, onReload }: Pick<DecisionPanelProps, "review" | "act" | "onReload">) {
  const { error } = act;
  if (!(error instanceof ApiProblem)) return null;
  if (error.code !== "alias-moved") {
    return act.variables?.kind === "approve" ? <Callout tone="worse" title={wordsOf(error)} /> : null;
  }
  const current = readCurrent(error.extra.current);
  return (
    <Callout
      tone="warning"
      title="Production changed while you read."
      actions={
        <Button
          size="sm"
          variant="primary"
          onClick={() => {
            act.reset();
            onReload();
          }}
        >
          {current ? `Compare with v${current.version}` : "Load again"}
        </Button>
      }
    >
      {current && (
        <>
          {current.by} {current.kind === "rollback" ? "rolled back to" : "promoted"} v{current.version} at{" "}
          <LocalTime at={current.since} form="time" />.{" "}
        </>
      )}
      Nothing was changed by you. {current && `Compare with v${current.version}, then decide.`} Review{" "}
      {review.number} stays open.
    </Callout>
  );
}

function readCurrent(value: unknown): { version: number; since: number; by: string; kind: string } | null {
  if (typeof value !== "object" || value === null) return null;
  const { version, since, by, kind } = value as Record<string, unknown>;
  if (typeof version !== "number" || typeof since !== "number") return null;
  return { version, since, by: typeof by === "string" ? by : "Somebody", kind: String(kind) };
}

/** Taking it away: print, Markdown, the whole evidence as a file, a link for an approver. */
export function FileRow({ review }: { review: ReviewView }) {
  const href = useSyncExternalStore(
    () => () => undefined,
    () => window.location.href.split("#")[0] ?? "",
    () => "",
  );
  return (
    <div className="flex flex-wrap items-center gap-2 border-t border-line pt-3 text-sm" data-print="hide">
      <PrintButton />
      <CopyButton variant="quiet" text={prepareReviewMarkdown(review)} label="Copy as Markdown" />
      <a
        className="calm rounded-md px-2.5 py-1 text-ink-muted hover:bg-hover hover:text-ink"
        href={`/api/v1/reviews/${review.id}/bundle`}
        download={`${review.promptName}-review-${review.number}.json`}
      >
        Bundle
      </a>
      <CopyButton variant="quiet" text={href} label="Copy link to send" />
    </div>
  );
}
