"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { FieldError } from "@/components/ui/field";
import { useToast } from "@/components/ui/toast";
import { ERASED_TEXT, type ErasePreview, type EraseTarget, type Erasure } from "@/lib/contracts/erasure";
import { wordsOf } from "@/lib/queries/api-fetch";
import { eraseText } from "@/lib/queries/erasure";
import { warningsOf } from "@/lib/view-models/erasure-words";

interface ErasePreviewCardProps {
  projectId: string;
  target: EraseTarget;
  preview: ErasePreview;
  onErased(erasure: Erasure): void;
  onLookAgain(): void;
}

/** What would go, what stays, what to know; then the one button. */
export function ErasePreviewCard({
  projectId,
  target,
  preview,
  onErased,
  onLookAgain,
}: ErasePreviewCardProps) {
  const [isAsking, setAsking] = useState(false);
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { toast } = useToast();
  const { subject, erased, blockingJobs, file, token } = preview;

  const erase = async () => {
    setPending(true);
    setError(null);
    try {
      const done = await eraseText(projectId, target, token);
      toast({ title: "The text is erased. A marker stands in its place." });
      onErased(done);
    } catch (problem) {
      setError(problem);
      setAsking(false);
    } finally {
      setPending(false);
    }
  };

  if (erased.length === 0) {
    return (
      <Card title="Nothing found">
        <p className="measure">
          These words stand nowhere in this project: in no record, answer, label, run, review, prompt, stored
          call or message. Names of accounts and of things (projects, prompts, queues) are not searched;
          rename those.
        </p>
      </Card>
    );
  }
  return (
    <Card title="This would go" emphasis="raised">
      <p dir="auto" className="measure mb-3 border-s-2 border-line ps-3 whitespace-pre-wrap">
        {subject.slice(0, 400)}
      </p>
      <ul className="grid gap-x-8 gap-y-1 sm:grid-cols-2" aria-label="What would change">
        {erased.map(({ what, rows }) => (
          <li key={what} className="flex gap-3 border-b border-line py-1">
            <span className="min-w-0 flex-1">{what}</span>
            <span className="tabular-nums">{rows}</span>
          </li>
        ))}
      </ul>
      <p className="measure mt-3">
        {ERASED_TEXT} will stand there. What stays: grades, scores, counts, prices, hashes, dates, and who did
        what.
        {target.kind === "record" &&
          " What a model wrote elsewhere in its own words after reading it, such as the reason of a suggested edit, stays too."}
      </p>
      <Callout title="Before you confirm" tone="warning" className="mt-4">
        <ul className="list-disc space-y-1 ps-5">
          {warningsOf(preview).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </Callout>
      {error !== null && (
        <div className="mt-3 flex flex-wrap items-center gap-3">
          <FieldError>{wordsOf(error)}</FieldError>
          <Button size="sm" onClick={onLookAgain}>
            Look again
          </Button>
        </div>
      )}
      <div className="mt-4">
        <Button
          variant="danger"
          onClick={() => setAsking(true)}
          blockedReason={
            blockingJobs.length > 0
              ? `${blockingJobs.map(({ name }) => name).join(", ")} at work would write the text again. Pause or stop it first.`
              : undefined
          }
        >
          Erase it for good
        </Button>
      </div>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title="Erase this text for good"
        confirmLabel="Erase it"
        tone="danger"
        pending={isPending}
        onConfirm={erase}
      >
        Nobody can bring it back. Afterwards the database file is written anew, and the server answers nobody
        for about {file.seconds === 1 ? "a second" : `${file.seconds} seconds`}. The act goes into the audit
        log without the words.
      </ConfirmDialog>
    </Card>
  );
}
