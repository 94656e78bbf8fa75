"use client";

import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { FieldError } from "@/components/ui/field";
import { LinkButton } from "@/components/ui/link-button";
import { LocalTime } from "@/components/ui/local-time";
import { PageHeader } from "@/components/ui/page-header";
import { ProgressBar } from "@/components/ui/progress-bar";
import { Term } from "@/components/ui/term";
import { TextLink } from "@/components/ui/text-link";
import type { PromptChecks, PromptCheckView } from "@/lib/contracts/prompt-checks";
import { wordsOf } from "@/lib/queries/api-fetch";
import { isAtWork, usePromptChecks } from "@/lib/queries/prompt-checks";
import { checkLine, offerWords } from "@/lib/view-models/prompt-check-words";
import { CheckResult } from "./check-result";

interface CheckViewProps {
  projectId: string;
  initial: PromptChecks;
  mayCheck: boolean;
}

const WHO_MAY = "It takes an engineer or an admin to have the records asked again. Ask one of them.";

/** Does it still answer as well as when it was promoted? (ux.md, section 9: evidence has an age) */
export function CheckView({ projectId, initial, mayCheck }: CheckViewProps) {
  const { page, act } = usePromptChecks(initial);
  const { promptName, version, promotedAt, reviewId, checks } = page;
  const [latest, ...earlier] = checks;
  const working = isAtWork(page) ? latest : undefined;
  const shown = checks.find(({ result }) => result !== null);
  return (
    <>
      <PageHeader
        above={<TextLink href={`/p/${projectId}/prompts`}>Prompts</TextLink>}
        title={version === null ? "Check it again" : `Check v${version} again`}
        isSimulated={page.offer.simulated}
        sentence={
          promotedAt === null ? (
            `${promptName}: whether it still answers as well as when it was promoted.`
          ) : (
            <>
              {promptName}, promoted <LocalTime at={promotedAt} form="full" />: does it still answer as well?
            </>
          )
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {working && <UnderWay check={working} act={act} mayCheck={mayCheck} />}
        {shown?.result && (
          <CheckResult check={shown} result={shown.result} projectId={projectId} reviewId={reviewId} />
        )}
        {reviewId === null ? (
          <NothingToCheck why={page.offer.blocked} projectId={projectId} />
        ) : (
          !working && <Offer page={page} act={act} mayCheck={mayCheck} isAgain={shown !== undefined} />
        )}
        {earlier.length > 0 && (
          <Card title="All checks">
            <ul className="space-y-1">
              {checks.map((check) => (
                <li key={check.id}>
                  {checkLine(check)} <LocalTime at={check.createdAt} form="full" />, {check.createdBy}
                </li>
              ))}
            </ul>
          </Card>
        )}
      </div>
    </>
  );
}

type Act = ReturnType<typeof usePromptChecks>["act"];

interface OfferProps {
  page: PromptChecks;
  act: Act;
  mayCheck: boolean;
  isAgain: boolean;
}

/** It came without sealed evidence: a round of answers is what there is. */
function NothingToCheck({ why, projectId }: { why: string | null; projectId: string }) {
  return (
    <Card title="Nothing to check it against" emphasis="raised">
      <p className="measure">{why}</p>
      <LinkButton variant="primary" className="mt-4" href={`/p/${projectId}/answers`}>
        Get answers
      </LinkButton>
    </Card>
  );
}

/** What has changed since, what would be asked and sent, and the button. */
function Offer({ page, act, mayCheck, isAgain }: OfferProps) {
  const { changed, offer, checks } = page;
  const [latest] = checks;
  const hasEnded = latest !== undefined && latest.result === null;
  return (
    <Card title={isAgain ? "Once more" : "What would be asked"} emphasis={isAgain ? "plain" : "raised"}>
      <div className="space-y-3">
        {hasEnded && (
          <Callout
            tone="warning"
            title={`The last check ${latest.state === "cancelled" ? "was cancelled" : "ended without a result"}.`}
          >
            {latest.cause} Answers that were paid for are kept.
          </Callout>
        )}
        {changed.length > 0 && (
          <ul className="measure list-disc space-y-1 ps-5">
            {changed.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        )}
        {offer.blocked === null && <p className="measure">{offerWords(offer)}</p>}
        <div className="flex flex-wrap gap-2" data-print="hide">
          <Button
            variant={isAgain ? "secondary" : "primary"}
            pending={act.isPending}
            pendingLabel="Starting"
            blockedReason={(mayCheck ? offer.blocked : WHO_MAY) ?? undefined}
            onClick={() => act.mutate("start")}
          >
            Ask the {offer.records} records again
          </Button>
        </div>
        {offer.blocked !== null && <p className="measure text-ink-muted">{offer.blocked}</p>}
        {act.error && <FieldError>{wordsOf(act.error)}</FieldError>}
        <p className="measure text-ink-muted">
          The <Term code="sealed">sealed records</Term> of the promotion are used, so each check makes them a
          little less telling. Production does not change.
        </p>
      </div>
    </Card>
  );
}

function UnderWay({ check, act, mayCheck }: { check: PromptCheckView; act: Act; mayCheck: boolean }) {
  const { done, total } = check.progress;
  const isPaused = check.state === "paused";
  const main = isPaused ? "resume" : "pause";
  return (
    <Card title="Asking again">
      <div className="space-y-3">
        <ProgressBar
          label="Answers graded"
          value={done}
          max={Math.max(1, total)}
          text={`${done} of ${total} answers graded, of then and of now`}
        />
        {isPaused && (
          <Callout tone="warning" title="Paused">
            {check.cause} What was graded is kept and is not paid for again.
          </Callout>
        )}
        {mayCheck && (
          <div className="flex flex-wrap gap-2">
            <Button pending={act.isPending && act.variables === main} onClick={() => act.mutate(main)}>
              {isPaused ? "Resume" : "Pause"}
            </Button>
            <Button
              variant="quiet"
              pending={act.isPending && act.variables === "cancel"}
              onClick={() => act.mutate("cancel")}
            >
              Cancel
            </Button>
          </div>
        )}
        {act.error && <FieldError>{wordsOf(act.error)}</FieldError>}
      </div>
    </Card>
  );
}
