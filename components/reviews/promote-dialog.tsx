"use client";

import { useId, useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field, FieldError } from "@/components/ui/field";
import { LocalTime } from "@/components/ui/local-time";
import { Textarea } from "@/components/ui/textarea";
import type { ReviewView } from "@/lib/contracts/reviews";
import { ApiProblem, wordsOf } from "@/lib/queries/api-fetch";
import { promoteSentences } from "@/lib/view-models/review-words";
import type { ActOnReview } from "./evidence-panel";

interface PromoteDialogProps {
  review: ReviewView;
  act: ActOnReview;
  open: boolean;
  onClose: () => void;
  /** Goes round what the evidence lacks; marked for ever. */
  override: boolean;
}

/** The last question before a change goes live (ux.md, moment 10). */
export function PromoteDialog({ review, act, open, onClose, override }: PromoteDialogProps) {
  const [reason, setReason] = useState("");
  const id = useId();
  const { nextVersion, gate, currentVersion, baseline } = review;
  const place = gate.targetAlias === "production" ? "production" : gate.targetAlias;
  const label = `Promote v${nextVersion} to ${place}`;
  const hasMoved = act.error instanceof ApiProblem && act.error.code === "alias-moved";
  return (
    <ConfirmDialog
      title={label}
      confirmLabel={label}
      open={open}
      onOpenChange={(next) => !next && onClose()}
      pending={act.isPending}
      blockedReason={reason.trim() === "" ? "Say in a few words why." : undefined}
      onConfirm={() =>
        act.mutate(
          { kind: "promote", expectedCurrent: currentVersion, reason: reason.trim(), override },
          { onSuccess: onClose },
        )
      }
    >
      <div className="space-y-3">
        <p>
          {baseline ? (
            <>
              v{baseline.version}, in {place}
              {baseline.since !== null && (
                <>
                  {" "}
                  since <LocalTime at={baseline.since} />
                </>
              )}
              , is replaced.
            </>
          ) : (
            <>It is the first version in {place}; nothing is replaced.</>
          )}{" "}
          {promoteSentences(review).join(" ")}
        </p>
        {override && (
          <p className="font-medium text-warning">
            ⚠ This goes round the evidence. History says so for ever, with your name and the reason.
          </p>
        )}
        {gate.selfApprovalOffered && !review.you.hasApproved && (
          <p className="text-ink-muted">
            Nobody else here may approve, so you approve it yourself; history will say so.
          </p>
        )}
        <Field label="Reason" required id={id}>
          <Textarea value={reason} onChange={(event) => setReason(event.target.value)} rows={2} />
        </Field>
        {act.error && !hasMoved && <FieldError>{wordsOf(act.error)}</FieldError>}
      </div>
    </ConfirmDialog>
  );
}
