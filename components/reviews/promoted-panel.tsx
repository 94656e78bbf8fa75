"use client";

import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { LocalTime } from "@/components/ui/local-time";
import { Mark } from "@/components/ui/mark";
import { TextLink } from "@/components/ui/text-link";
import { useToast } from "@/components/ui/toast";
import type { ReviewView } from "@/lib/contracts/reviews";
import { useRollBackFromReview } from "@/lib/queries/reviews";
import { approvalsSentence, pickUpSentence } from "@/lib/view-models/review-words";
import { FileRow } from "./decision-panel";
import { ReasonDialog } from "./reason-dialog";

/** After the promotion: since when, who has it, and the way back. */
export function PromotedPanel({ review, onChanged }: { review: ReviewView; onChanged: () => void }) {
  const [isRolling, setRolling] = useState(false);
  const { toast } = useToast();
  const rollBack = useRollBackFromReview(review, () => {
    setRolling(false);
    toast({ title: `Rolled back to v${review.promotion?.fromVersion}.`, mark: "done" });
    onChanged();
  });
  const { promotion } = review;
  if (!promotion) return null;
  const place = promotion.alias === "production" ? "in production" : `at ${promotion.alias}`;
  const mayRollBack = promotion.isCurrent && promotion.fromVersion !== null && review.you.mayPromote;
  return (
    <Card emphasis="raised" id="decision">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 flex-1 basis-80 space-y-1">
          <p className="text-base font-medium">
            <Mark kind="done" isDecoration /> v{promotion.version} {promotion.isCurrent ? "is" : "was"}{" "}
            {place} since <LocalTime at={promotion.at} form="full" />.
          </p>
          <p className="text-ink-muted">{pickUpSentence(review)}</p>
          <p className="text-ink-muted">
            {promotion.by}: “<span dir="auto">{promotion.reason}</span>”
          </p>
          <p className="flex flex-wrap gap-2">
            {promotion.selfApproved && <Badge tone="warning">self-approved</Badge>}
            {promotion.overridden && <Badge tone="warning">overridden</Badge>}
          </p>
          <p className="text-ink-muted">{approvalsSentence(review)}</p>
          {!promotion.isCurrent && (
            <TextLink href={`/p/${review.projectId}/prompts`}>See what is there now</TextLink>
          )}
        </div>
        {mayRollBack && (
          <Button onClick={() => setRolling(true)}>Roll back to v{promotion.fromVersion}</Button>
        )}
      </div>
      <div className="mt-3">
        <FileRow review={review} />
      </div>
      <ReasonDialog
        open={isRolling}
        onClose={() => setRolling(false)}
        title={`Roll back to v${promotion.fromVersion}`}
        confirmLabel={`Roll back to v${promotion.fromVersion}`}
        tone="danger"
        pending={rollBack.isPending}
        error={rollBack.error}
        onConfirm={(reason) => rollBack.mutate(reason)}
      >
        <p>
          v{promotion.version} is taken out at once and v{promotion.fromVersion} is back. Both stay in the
          history; this review stays as it is.
        </p>
      </ReasonDialog>
    </Card>
  );
}
