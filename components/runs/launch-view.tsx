"use client";

import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Disclosure } from "@/components/ui/disclosure";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import { Textarea } from "@/components/ui/textarea";
import type { LaunchOptions, Preflight } from "@/lib/contracts/runs";
import { wordsOf } from "@/lib/queries/api-fetch";
import { preflightOptions } from "@/lib/queries/runs";
import { blockedWords, type LaunchDraft, needsReason } from "@/lib/view-models/run-launch";
import { LaunchAdvanced } from "./launch-advanced";
import { LaunchBudget } from "./launch-budget";
import { LaunchChanges, LaunchFindings } from "./launch-findings";
import { LaunchForecast } from "./launch-forecast";
import { LaunchLanes } from "./launch-lanes";
import { LaunchProbe } from "./launch-probe";
import { LaunchSubject } from "./launch-subject";
import { useLaunch } from "./use-launch";

interface LaunchViewProps {
  projectId: string;
  isSimulated: boolean;
  options: LaunchOptions;
  /** The form as it opens: the usual, or as an earlier run was launched. */
  draft: LaunchDraft;
  /** Number of the run that it was taken from; null = of none. */
  clonedFrom: number | null;
  /** Of the form as it opens; null when there is nothing to launch. */
  initial: Preflight | null;
}

/** What a run would use, find and send; and the one button that starts it. */
export function LaunchView(props: LaunchViewProps) {
  const { projectId, isSimulated, options } = props;
  if (options.prompts.length === 0 || options.judges.length === 0)
    return (
      <NothingToLaunch
        projectId={projectId}
        isSimulated={isSimulated}
        hasPrompt={options.prompts.length > 0}
      />
    );
  return <LaunchForm {...props} />;
}

function LaunchForm({
  projectId,
  isSimulated,
  options,
  draft: opened,
  clonedFrom,
  initial,
}: LaunchViewProps) {
  const launch = useLaunch(projectId, opened);
  const { draft, change } = launch;
  // The reason changes nothing that is found.
  const input = useDeferredValue({ ...launch.input, reason: "" });
  const [first] = useState(() => JSON.stringify(input));
  const { data: preflight, error } = useQuery({
    ...preflightOptions(projectId, input),
    placeholderData: (before) => before,
    initialData: JSON.stringify(input) === first ? (initial ?? undefined) : undefined,
  });
  const asksReason = preflight !== undefined && needsReason(preflight.findings);
  const blocked = preflight
    ? blockedWords(preflight.findings, asksReason && draft.reason.trim() === "")
    : undefined;
  return (
    <>
      <PageHeader
        title="Start a run"
        isSimulated={isSimulated}
        above={<TextLink href={`/p/${projectId}/runs`}>Runs</TextLink>}
        sentence={
          clonedFrom === null
            ? "It suggests edits of the prompt, has them answered and graded, and keeps what is better. Production does not change."
            : `Set as run ${clonedFrom} was. Change what you like; production does not change.`
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-8 lg:grid-cols-[minmax(0,1fr)_minmax(20rem,26rem)]">
        <div className="min-w-0 space-y-8">
          <LaunchSubject draft={draft} change={change} options={options} />
          <LaunchBudget
            draft={draft}
            change={change}
            canCapMoney={options.canCapMoney}
            projectId={projectId}
          />
          <Disclosure summary="Advanced">
            <LaunchAdvanced draft={draft} change={change} options={options} />
          </Disclosure>
        </div>
        <div className="min-w-0 space-y-6">
          <LaunchForecast preflight={preflight ?? null} />
          {preflight && <LaunchFindings findings={preflight.findings} />}
          {preflight?.lanes && draft.lanes === "1" && (
            <LaunchLanes lanes={preflight.lanes} onTake={(lanes) => change({ lanes })} />
          )}
          {preflight && (
            <LaunchProbe
              projectId={projectId}
              promptVersionId={draft.promptVersionId}
              preflight={preflight}
            />
          )}
          {asksReason && (
            <Field
              label="Why is it worth it all the same?"
              hint="Kept with the run, for whoever reviews it."
              required
            >
              <Textarea
                rows={2}
                value={draft.reason}
                onChange={(event) => change({ reason: event.target.value })}
              />
            </Field>
          )}
          {error && !preflight && (
            <Callout tone="warning" title="The forecast could not be made.">
              {wordsOf(error)}
            </Callout>
          )}
          <Button
            variant="primary"
            className="w-full"
            pending={launch.isStarting}
            pendingLabel="Starting"
            blockedReason={blocked}
            onClick={launch.start}
          >
            Start the run
          </Button>
          {launch.problem && (
            <Callout tone="warning" title="The run was not started.">
              {launch.problem}
            </Callout>
          )}
          {preflight && <LaunchChanges lines={preflight.changedSinceLastRun} />}
        </div>
      </div>
    </>
  );
}

function NothingToLaunch({
  projectId,
  isSimulated,
  hasPrompt,
}: {
  projectId: string;
  isSimulated: boolean;
  hasPrompt: boolean;
}) {
  const next = hasPrompt
    ? {
        title: "No judge is in use yet.",
        words: "A run does what a judge rewards. Make one first, and teach it with your experts' labels.",
        href: "judge",
        button: "Make a judge",
      }
    : {
        title: "No prompt yet.",
        words: "A run starts from a prompt that is there. Write it first; a few sentences are enough.",
        href: "prompts",
        button: "Write the prompt",
      };
  return (
    <>
      <PageHeader
        title="Start a run"
        isSimulated={isSimulated}
        above={<TextLink href={`/p/${projectId}/runs`}>Runs</TextLink>}
      />
      <EmptyState
        title={next.title}
        primary={
          <LinkButton href={`/p/${projectId}/${next.href}`} variant="primary">
            {next.button}
          </LinkButton>
        }
      >
        <p>{next.words}</p>
      </EmptyState>
    </>
  );
}
