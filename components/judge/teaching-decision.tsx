"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { LinkButton } from "@/components/ui/link-button";
import type { TeachingPage } from "@/lib/contracts/judge-page";
import { actAndShow } from "@/lib/queries/act-and-show";
import { alignmentOptions, decideTeaching } from "@/lib/queries/judges";
import type { TeachingResult } from "@/lib/view-models/judge-result";
import { ProblemLine } from "./problem-line";
import { useAct } from "./use-act";
import type { TeachingControl } from "./use-teaching-control";

interface TeachingDecisionProps {
  page: TeachingPage;
  result: TeachingResult;
  projectId: string;
  mayUse: boolean;
  mayDraft: boolean;
  control: TeachingControl;
}

const WHO_MAY = "A lead expert or an engineer puts a judge to use. Ask one of them.";

/** The one decision of the page: the taught judge, or the old one. */
export function TeachingDecision({
  page,
  result,
  projectId,
  mayUse,
  mayDraft,
  control,
}: TeachingDecisionProps) {
  const { alignment, draft, labelHref } = page;
  const client = useQueryClient();
  const router = useRouter();
  const { isPending, problem, run } = useAct();
  const decide = (decision: "used" | "kept-old") =>
    void run(async () => {
      await actAndShow(client, alignmentOptions(alignment.id).queryKey, async () => {
        const decided = await decideTeaching(alignment.id, decision);
        return decided.alignment;
      });
      router.refresh();
    });
  if (alignment.decision !== "open" || draft === null) return null;
  const blocked = mayUse ? undefined : WHO_MAY;
  const isUseFirst = result.next === "use";
  return (
    <div className="space-y-2">
      {result.next === "ask-again" && <PartlyFailed page={page} control={control} mayDraft={mayDraft} />}
      <div className="flex flex-wrap gap-2" data-print="hide">
        {result.next === "label-more" && (
          <LinkButton variant="primary" href={labelHref ?? `/p/${projectId}/answers`}>
            Label 10 more
          </LinkButton>
        )}
        {result.next === "see-conflict" && (
          <LinkButton variant="primary" href="#conflicts">
            See the two
          </LinkButton>
        )}
        <Button
          variant={isUseFirst ? "primary" : "secondary"}
          pending={isPending}
          blockedReason={blocked}
          onClick={() => decide("used")}
        >
          {isUseFirst ? "Use this judge" : "Use this judge anyway"}
        </Button>
        <Button
          variant={result.next === "keep-old" ? "primary" : "secondary"}
          pending={isPending}
          blockedReason={blocked}
          onClick={() => decide("kept-old")}
        >
          Keep the old one
        </Button>
      </div>
      <ProblemLine problem={problem} />
    </div>
  );
}

/** Said where the decision is made: a teaching of which a part failed is put to use knowingly, or not at all. */
function PartlyFailed({
  page,
  control,
  mayDraft,
}: Pick<TeachingDecisionProps, "page" | "control" | "mayDraft">) {
  return (
    <Callout
      tone="warning"
      title="A part of this teaching failed, so it learned less than it could."
      actions={
        mayDraft && (
          <Button variant="primary" pending={control.isPending} onClick={() => control.act("retry")}>
            Ask again for what failed
          </Button>
        )
      }
    >
      <ul className="list-disc ps-5">
        {page.alignment.report?.failedBatches.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      <p>Everything else is kept and is not paid for again.</p>
      <ProblemLine problem={control.problem} />
    </Callout>
  );
}

interface DecidedCalloutProps extends Pick<TeachingDecisionProps, "page" | "projectId"> {
  mayRun: boolean;
}

/** What was decided, what it means for grades from now on, and what comes next. */
export function DecidedCallout({ page, projectId, mayRun }: DecidedCalloutProps) {
  const { alignment, draft, base, rulerSentence } = page;
  if (alignment.decision === "open") return null;
  const toJudge = (
    <LinkButton href={`/p/${projectId}/judge?judge=${page.judge.id}`}>Go to the judge</LinkButton>
  );
  if (alignment.decision === "kept-old") {
    return (
      <Callout title={`The old judge stays: v${base.version}.`} actions={toJudge}>
        What it learned here stays in the history, and can be put to use from the list of versions.
      </Callout>
    );
  }
  return (
    <Callout
      tone="accent"
      title={`v${draft?.version.version ?? ""} is put to use.`}
      actions={
        <>
          {toJudge}
          {draft && (
            <LinkButton
              href={`/p/${projectId}/judge/compare?judge=${page.judge.id}&before=${base.id}&after=${draft.version.id}`}
            >
              See the same answers under both
            </LinkButton>
          )}
          {mayRun && (
            <LinkButton variant="primary" href={`/p/${projectId}/runs/new`}>
              Start a run
            </LinkButton>
          )}
        </>
      }
    >
      <p>{rulerSentence ?? "It grades from now on."}</p>
      {!mayRun && <p>Next, an engineer can start a run with it. Ask one of them.</p>}
    </Callout>
  );
}
