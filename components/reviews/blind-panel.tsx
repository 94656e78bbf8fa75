import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { Disclosure } from "@/components/ui/disclosure";
import { LinkButton } from "@/components/ui/link-button";
import { LocalTime } from "@/components/ui/local-time";
import type { BlindResult } from "@/lib/contracts/blind";
import type { ReviewView } from "@/lib/contracts/reviews";
import { blindFigures } from "@/lib/view-models/review-words";
import type { ActOnReview } from "./evidence-panel";

interface BlindPanelProps {
  review: ReviewView;
  act: ActOnReview;
  /** Address of the page on which an expert compares, to send. */
  compareHref: string;
}

/** What experts prefer who were not told which answer is which. */
export function BlindPanel({ review, act, compareHref }: BlindPanelProps) {
  const { blind, blindPairs, state, you } = review;
  const isOpen = state === "open" || state === "approved";
  if (!blind && (!isOpen || blindPairs === 0 || review.evidence?.stale)) return null;
  return (
    <Card title="Blind comparison by experts" id="blind">
      {blind ? (
        <Result blind={blind} />
      ) : (
        <p className="measure text-ink-muted">
          The judge cannot see everything. Experts can compare {blindPairs} pairs of these answers without
          being told which is which; it takes about {Math.max(1, Math.round(blindPairs / 2))} minutes. It
          informs the decision and moves nothing by itself.
        </p>
      )}
      {isOpen && (
        <div className="mt-3 flex flex-wrap items-center gap-2" data-print="hide">
          {!blind && you.mayComment && (
            <Button
              onClick={() => act.mutate({ kind: "ask-blind" })}
              pending={act.isPending && act.variables?.kind === "ask-blind"}
            >
              Ask the experts, blind
            </Button>
          )}
          {blind && you.mayCompare && (
            <LinkButton href={compareHref} size="sm">
              Compare blind
            </LinkButton>
          )}
          {blind && <CopyLink path={compareHref} />}
        </div>
      )}
    </Card>
  );
}

function CopyLink({ path }: { path: string }) {
  const origin = typeof window === "undefined" ? "" : window.location.origin;
  return <CopyButton variant="quiet" text={`${origin}${path}`} label="Copy link for the experts" />;
}

function Result({ blind }: { blind: BlindResult }) {
  const waiting = blind.experts.filter(({ isDone }) => !isDone);
  return (
    <div className="space-y-2">
      <p className="measure">{blind.sentence}</p>
      <p className="text-sm text-ink-muted">
        Asked for by {blind.askedBy}, <LocalTime at={blind.askedAt} form="full" />.
        {waiting.length > 0 && ` Not finished yet: ${waiting.map(({ name }) => name).join(", ")}.`}
      </p>
      {blind.experts.some(({ isDone }) => isDone) && (
        <Disclosure summary="Each expert, and the figures">
          <ul className="space-y-1">
            {blind.experts
              .filter(({ isDone }) => isDone)
              .map(({ name, candidate, production, same, steady, repeated }) => (
                <li key={name} className="tabular-nums">
                  <span className="font-medium">{name}</span>: new words {candidate}, old words {production},
                  the same {same}
                  {repeated > 0 && ` · steady on ${steady} of ${repeated}`}
                </li>
              ))}
          </ul>
          <p className="mt-2 text-ink-muted tabular-nums">{blindFigures(blind)}</p>
        </Disclosure>
      )}
      {blind.reasons.length > 0 && (
        <ul className="space-y-1">
          {blind.reasons.map(({ by, question, favours, text }) => (
            <li key={`${by}${question}${text}`} className="text-sm">
              <Badge
                tone={favours === "candidate" ? "better" : favours === "production" ? "worse" : "neutral"}
              >
                {favours === "candidate"
                  ? "for the new"
                  : favours === "production"
                    ? "for the old"
                    : "the same"}
              </Badge>{" "}
              {by}: “<span dir="auto">{text}</span>” <span className="text-ink-muted">on “{question}”</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
