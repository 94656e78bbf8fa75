"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import type { TeachingPage } from "@/lib/contracts/judge-page";
import { alignmentOptions } from "@/lib/queries/judges";
import { useSeededQuery } from "@/lib/queries/use-seeded-query";
import { conflictsToDecide, prepareGuidelines } from "@/lib/view-models/judge-guidelines";
import { prepareTeachingResult } from "@/lib/view-models/judge-result";
import { isTeachingLive } from "@/lib/view-models/judge-stage";
import { FreshNotice } from "./fresh-notice";
import { GuidelineList } from "./guideline-list";
import type { JudgeRights } from "./judge-view";
import { ProblemLine } from "./problem-line";
import { Section } from "./section";
import { DecidedCallout, TeachingDecision } from "./teaching-decision";
import { TeachingProgress } from "./teaching-progress";
import { TeachingReport } from "./teaching-report";
import { type DifferenceKind, goToDifferences, StillDiffers, TestResult } from "./teaching-result-view";
import { useJudgeEdit } from "./use-judge-edit";
import { type TeachingControl, useTeachingControl } from "./use-teaching-control";

interface TeachingViewProps extends JudgeRights {
  mayRun: boolean;
  page: TeachingPage;
  projectId: string;
  mayLabel: boolean;
}

/** One teaching: live while it is at work, then its result and the decision. */
export function TeachingView({
  page: initial,
  projectId,
  mayDraft,
  mayUse,
  mayLabel,
  mayRun,
}: TeachingViewProps) {
  const { data: alignment } = useSeededQuery(alignmentOptions(initial.alignment.id), initial.alignment);
  useRefreshOnNews(initial, alignment);
  const control = useTeachingControl(alignment.id);
  const page: TeachingPage = { ...initial, alignment };
  const isLive = isTeachingLive(alignment) || alignment.state === "paused";
  const hasEnded = alignment.state === "failed" || alignment.state === "cancelled";
  const cards = page.draft ? prepareGuidelines(page.draft) : [];
  const result = prepareTeachingResult({
    alignment,
    helpTag: page.helpTag,
    hasConflict: conflictsToDecide(cards).length > 0,
  });
  const isDone = alignment.state === "done";
  const [firstDecision] = useState(initial.alignment.decision);
  const [kind, setKind] = useState<DifferenceKind | null>(null);
  const openKind = (wanted: DifferenceKind) => {
    setKind(wanted);
    goToDifferences();
  };
  return (
    <>
      <PageHeader
        above={<TextLink href={`/p/${projectId}/judge?judge=${page.judge.id}`}>{page.judge.name}</TextLink>}
        title={isDone ? result.title : isLive ? "Teaching the judge" : "The teaching has ended early"}
        isSimulated={alignment.simulated}
        sentence={isDone ? result.sentence : undefined}
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-10">
        <div className="space-y-4">
          {firstDecision === alignment.decision ? (
            <DecidedCallout page={page} projectId={projectId} mayRun={mayRun} />
          ) : (
            <FreshNotice>
              <DecidedCallout page={page} projectId={projectId} mayRun={mayRun} />
            </FreshNotice>
          )}
          {isDone && (
            <TeachingDecision
              page={page}
              result={result}
              projectId={projectId}
              mayUse={mayUse}
              mayDraft={mayDraft}
              control={control}
            />
          )}
          {isLive && <TeachingProgress alignment={alignment} control={control} />}
          {hasEnded && <EndedEarly page={page} projectId={projectId} control={control} mayDraft={mayDraft} />}
        </div>
        {isDone && <TestResult page={page} onOpen={openKind} />}
        {page.draft && <Learned page={page} draft={page.draft} projectId={projectId} mayDraft={mayDraft} />}
        {isDone && (
          <StillDiffers
            page={page}
            projectId={projectId}
            mayLabel={mayLabel}
            kind={kind}
            onShowAll={() => setKind(null)}
          />
        )}
        {isDone && (
          <Section id="report" title="What became of the labels">
            <TeachingReport page={page} projectId={projectId} />
          </Section>
        )}
      </div>
    </>
  );
}

/** The page's own data is loaded anew when guidelines or a result have come, until it shows what the teaching has. */
function useRefreshOnNews(initial: TeachingPage, alignment: TeachingPage["alignment"]): void {
  const router = useRouter();
  const shown = `${initial.draft?.version.id ?? null} ${initial.alignment.state} ${initial.alignment.decision}`;
  const known = `${alignment.draftVersionId} ${alignment.state} ${alignment.decision}`;
  useEffect(() => {
    if (shown !== known) router.refresh();
  }, [shown, known, router]);
}

interface LearnedProps extends Pick<TeachingViewProps, "page" | "projectId" | "mayDraft"> {
  draft: NonNullable<TeachingPage["draft"]>;
}

function Learned({ page, draft, projectId, mayDraft }: LearnedProps) {
  const { judge, alignment } = page;
  // While it is being tested the draft stays as it is: an edit would make another one, untested.
  const mayEdit = mayDraft && alignment.state !== "running" && alignment.state !== "queued";
  const edit = useJudgeEdit(judge.id, draft.version.id, mayEdit, `/p/${projectId}/judge?judge=${judge.id}`);
  const count = draft.version.guidelines.length;
  const isOpen = alignment.decision === "open";
  return (
    <Section
      id="learned"
      title={`What it learned: ${count} ${count === 1 ? "guideline" : "guidelines"}`}
      about={`From ${alignment.report?.withReason ?? 0} labels with a reason. ${isOpen ? "A guideline that you edit or switch off makes a draft of its own." : ""}`}
    >
      {count === 0 ? (
        <p className="text-ink-muted">
          No reason held a lesson that it does not know already. It remembers the labelled answers all the
          same.
        </p>
      ) : (
        <GuidelineList
          version={draft}
          projectId={projectId}
          actions={edit.guidelines}
          effects={alignment.report && alignment.report.effects.length > 0 ? alignment.report.effects : null}
        />
      )}
    </Section>
  );
}

interface EndedEarlyProps extends Pick<TeachingViewProps, "page" | "projectId" | "mayDraft"> {
  control: TeachingControl;
}

function EndedEarly({ page, projectId, control, mayDraft }: EndedEarlyProps) {
  const { alignment, draft } = page;
  return (
    <ErrorState
      title={alignment.state === "cancelled" ? "It was cancelled." : "It could not be finished."}
      kept={`${alignment.cause ?? "No cause was noted."} ${draft ? "Its guidelines are there, but they were not tested." : "Nothing was changed."} Replies that have come are kept.`}
      next="Try again: only what is missing is asked for and paid for."
      actions={
        <>
          {mayDraft && alignment.decision === "open" && (
            <Button variant="primary" pending={control.isPending} onClick={() => control.act("retry")}>
              Try again
            </Button>
          )}
          <LinkButton href={`/p/${projectId}/judge?judge=${page.judge.id}`}>Go to the judge</LinkButton>
          <ProblemLine problem={control.problem} />
        </>
      }
    />
  );
}
