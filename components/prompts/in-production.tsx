import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Disclosure } from "@/components/ui/disclosure";
import { LinkButton } from "@/components/ui/link-button";
import { LocalTime } from "@/components/ui/local-time";
import { Term } from "@/components/ui/term";
import { TextLink } from "@/components/ui/text-link";
import type { AliasEventView, PromptVersionView, PromptView } from "@/lib/contracts/prompts";
import { receiptWords } from "@/lib/view-models/prompt-receipts";
import { PromptText } from "./prompt-text";

interface InProductionProps {
  prompt: PromptView;
  version: PromptVersionView;
  /** The event that put it there. */
  event: AliasEventView | null;
  since: number;
  /** Absent when nothing was there before, or this person may not. */
  onRollBack?: { toVersion: number; open: () => void };
}

/** What agents get now: the text, since when, on what evidence, and who has fetched it. */
export function InProduction({ prompt, version, event, since, onRollBack }: InProductionProps) {
  const checkHref = `/p/${prompt.projectId}/prompts/${encodeURIComponent(prompt.name)}/check`;
  return (
    <Card
      title={
        <span>
          <Term code="production">In production</Term>: v{version.version}
        </span>
      }
      actions={onRollBack && <Button onClick={onRollBack.open}>Roll back to v{onRollBack.toVersion}</Button>}
    >
      <div className="space-y-3">
        <p className="text-ink-muted">
          Since <LocalTime at={since} form="full" />
          {event && (
            <>
              , by {event.actor}
              {event.reason && (
                <>
                  : “<span dir="auto">{event.reason}</span>”
                </>
              )}
            </>
          )}
        </p>
        <p className="measure">
          {event?.evidenceSentence ??
            "No evidence: it was the first version, or an earlier one that came back."}
        </p>
        {prompt.evidenceAge && (
          <Callout
            tone="warning"
            title={`The evidence for v${version.version} has aged.`}
            actions={
              <LinkButton size="sm" href={checkHref}>
                Check it again
              </LinkButton>
            }
          >
            {prompt.evidenceAge} Asked again, its records show whether v{version.version} still answers as
            well.
          </Callout>
        )}
        <p className="flex flex-wrap items-center gap-2">
          {event?.selfApproved && <Badge tone="warning">self-approved</Badge>}
          {event?.overridden && <Badge tone="warning">overridden</Badge>}
          {event?.reviewId && (
            <TextLink href={`/p/${prompt.projectId}/reviews/${event.reviewId}`}>Open its review</TextLink>
          )}
          {event?.reviewId && !prompt.evidenceAge && <TextLink href={checkHref}>Check it again</TextLink>}
        </p>
        {prompt.mlflow && (
          <p className="text-ink-muted">
            {prompt.mlflow} <TextLink href={`/p/${prompt.projectId}/settings/mlflow#out`}>MLflow</TextLink>
          </p>
        )}
        <PromptText version={version} maxLines={18} />
        <Readers prompt={prompt} version={version.version} since={since} />
      </div>
    </Card>
  );
}

function Readers({ prompt, version, since }: { prompt: PromptView; version: number; since: number }) {
  const readers = prompt.readers.filter(({ alias }) => alias === "production");
  if (readers.length === 0) return <p className="text-ink-muted">No agent has fetched it here yet.</p>;
  return (
    <Disclosure
      summary={`Fetched by ${readers.length === 1 ? "1 agent" : `${readers.length} agents`}`}
      defaultOpen={readers.length < 4}
    >
      <ul className="space-y-1">
        {readers.map((reader) => (
          <li key={reader.reader}>
            <span className="font-medium">{reader.reader}</span>{" "}
            {receiptWords(reader, { version, at: since })}; last asked{" "}
            <LocalTime at={reader.lastAt} form="full" />
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
