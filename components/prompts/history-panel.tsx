"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field, FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { LocalTime } from "@/components/ui/local-time";
import { TextLink } from "@/components/ui/text-link";
import type { AliasEventView, PromptView } from "@/lib/contracts/prompts";
import { wordsOf } from "@/lib/queries/api-fetch";
import { liveAt } from "@/lib/queries/prompts";

interface HistoryPanelProps {
  prompt: PromptView;
  onShowVersion: (version: number) => void;
}

const KINDS = { initial: "first version", promotion: "promoted", rollback: "rolled back" } as const;

/** Everything that an alias ever pointed at, and what was live at a moment. */
export function HistoryPanel({ prompt, onShowVersion }: HistoryPanelProps) {
  return (
    <Card title="History" id="history">
      <div className="space-y-4">
        <LiveAt prompt={prompt} onShowVersion={onShowVersion} />
        {prompt.history.length === 0 ? (
          <p className="text-ink-muted">Nothing was ever promoted.</p>
        ) : (
          <ol className="divide-y divide-line">
            {prompt.history.map((event) => (
              <Line key={event.id} event={event} projectId={prompt.projectId} onShowVersion={onShowVersion} />
            ))}
          </ol>
        )}
      </div>
    </Card>
  );
}

function Line({
  event,
  projectId,
  onShowVersion,
}: {
  event: AliasEventView;
  projectId: string;
  onShowVersion: (version: number) => void;
}) {
  const { alias, fromVersion, toVersion, kind, reason, reviewId, evidenceSentence, actor, createdAt } = event;
  return (
    <li className="space-y-0.5 py-3 first:pt-0">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Button size="sm" variant="quiet" className="-ms-2.5" onClick={() => onShowVersion(toVersion)}>
          v{toVersion}
        </Button>
        <span>
          {KINDS[kind]}
          {alias === "production" ? "" : ` at ${alias}`}
          {fromVersion === null ? "" : `, was v${fromVersion}`}
        </span>
        {event.selfApproved && <Badge tone="warning">self-approved</Badge>}
        {event.overridden && <Badge tone="warning">overridden</Badge>}
      </p>
      <p className="text-sm text-ink-muted">
        <LocalTime at={createdAt} form="full" /> · {actor}
        {reason && (
          <>
            : “<span dir="auto">{reason}</span>”
          </>
        )}
      </p>
      {evidenceSentence && <p className="measure text-sm">{evidenceSentence}</p>}
      {reviewId && (
        <p className="text-sm">
          <TextLink href={`/p/${projectId}/reviews/${reviewId}`}>Evidence and approvals</TextLink>
        </p>
      )}
    </li>
  );
}

/** "What was in production on…" */
function LiveAt({ prompt, onShowVersion }: HistoryPanelProps) {
  const [at, setAt] = useState("");
  const ask = useMutation({ mutationFn: (moment: number) => liveAt(prompt.name, "production", moment) });
  const moment = at === "" ? Number.NaN : new Date(at).getTime();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (Number.isFinite(moment)) ask.mutate(moment);
  };
  return (
    <form onSubmit={submit} className="space-y-2" data-print="hide">
      <div className="flex flex-wrap items-end gap-3">
        <Field label="What was in production on…" className="w-60">
          <Input type="datetime-local" value={at} onChange={(event) => setAt(event.target.value)} />
        </Field>
        <Button
          type="submit"
          pending={ask.isPending}
          blockedReason={at === "" ? "Choose a day and a time first." : undefined}
        >
          Look
        </Button>
      </div>
      <div aria-live="polite">
        {ask.error && <FieldError>{wordsOf(ask.error)}</FieldError>}
        {ask.data === null && <p>Nothing was in production then.</p>}
        {ask.data && (
          <p className="measure">
            <Button
              size="sm"
              variant="quiet"
              className="-ms-2.5"
              onClick={() => onShowVersion(ask.data?.toVersion ?? 0)}
            >
              v{ask.data.toVersion}
            </Button>{" "}
            was in production, since <LocalTime at={ask.data.createdAt} form="full" />, put there by{" "}
            {ask.data.actor}
            {ask.data.reason ? `: “${ask.data.reason}”` : ""}. {ask.data.evidenceSentence}
          </p>
        )}
      </div>
    </form>
  );
}
