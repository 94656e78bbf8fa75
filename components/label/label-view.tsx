"use client";

import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { LoadingSkeleton } from "@/components/ui/loading-skeleton";
import { moveGrade } from "@/lib/view-models/label-form";
import { placeOf } from "@/lib/view-models/label-session";
import { paceOf, progressWords } from "@/lib/view-models/label-words";
import { BatchEndView } from "./batch-end-view";
import { LabelBar } from "./label-bar";
import { LabelStrip } from "./label-strip";
import { QuestionAndAnswer } from "./question-and-answer";
import { useLabelKeys } from "./use-label-keys";
import { type LabellingInput, useLabelling } from "./use-labelling";

/** What the page puts round the view: header, what scrolls, the bar. Views do not import the shell. */
export interface LabelFrame {
  progress: ReactNode;
  children: ReactNode;
  bar?: ReactNode;
}

interface LabelViewProps extends LabellingInput {
  projectId: string;
  /** The focus layout of the shell. */
  frame: (parts: LabelFrame) => ReactNode;
}

/** One answer after the other: this one, how good, and why? (ux.md 7.3) */
export function LabelView({ projectId, frame, ...input }: LabelViewProps) {
  const { sheet } = input;
  const labelling = useLabelling(input);
  const { session, draft, edit, problem, notice, sending, fetching } = labelling;
  const { current } = session;
  const [refusingItem, setRefusingItem] = useState<string | null>(null);
  const [writingItem, setWritingItem] = useState<string | null>(null);
  const reason = useRef<HTMLTextAreaElement>(null);
  const heading = useHeadingFocus(current?.itemId ?? null);

  const write = (): void => {
    // At once: a focus that comes a frame later could meet the next answer and swallow its keys.
    flushSync(() => setWritingItem(current?.itemId ?? null));
    reason.current?.focus();
  };
  const save = (): void => {
    const missing = labelling.save();
    if (missing === "reason") write();
    if (missing === "grade") document.querySelector<HTMLInputElement>("[data-grades] input")?.focus();
  };
  const actions = {
    choose: (grade: number) => edit({ grade }),
    move: (step: 1 | -1) => edit({ grade: moveGrade(draft.grade, step, sheet.grades.length) }),
    save,
    why: write,
    cannotJudge: () => setRefusingItem(current?.itemId ?? null),
    later: () => labelling.skip("later"),
    flag: () => edit({ flagged: !draft.flagged }),
    undo: () => void labelling.undo(),
  };
  useLabelKeys(sheet.grades, actions, current !== null);

  const onUndo = session.past.length > 0 ? actions.undo : null;
  const strip = <LabelStrip notice={notice} sending={sending} onUndo={onUndo} />;
  if (!current) {
    const isOver = session.isDry && sending.waiting.length === 0 && labelling.isSettled;
    const waiting = <Waiting problem={fetching.problem} onTryAgain={fetching.tryAgain} strip={strip} />;
    return frame({
      progress: isOver ? "Done" : "One moment",
      children: isOver ? <BatchEndView sheet={sheet} projectId={projectId} /> : waiting,
    });
  }
  const bar = (
    <LabelBar
      sheet={sheet}
      draft={draft}
      onEdit={edit}
      problem={problem}
      onSave={save}
      onLater={actions.later}
      isRefusing={refusingItem === current.itemId}
      onRefusing={(isRefusing) => setRefusingItem(isRefusing ? current.itemId : null)}
      onCannotJudge={(why) => labelling.skip(why)}
      reasonRef={reason}
      isWriting={writingItem === current.itemId}
      onWrite={write}
    />
  );
  const place = placeOf(session);
  return frame({
    progress: progressWords(place, paceOf(labelling.durations)),
    bar: (
      <>
        {strip}
        {bar}
      </>
    ),
    children: (
      <QuestionAndAnswer
        key={current.itemId}
        item={current}
        guidelines={sheet.guidelines}
        place={place}
        recordHref={`/p/${projectId}/records/${current.recordId}`}
        headingRef={heading}
        betterAnswer={draft.betterAnswer}
        onBetterAnswer={(betterAnswer) => edit({ betterAnswer })}
      />
    ),
  });
}

/** After save, skip and undo the focus is on the next question's heading, read as "Question 5 of 12". */
function useHeadingFocus(itemId: string | null) {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(itemId);
  // Before the paint: a key pressed at sight must not land in the box of the answer before.
  useLayoutEffect(() => {
    if (shown.current === itemId) return;
    shown.current = itemId;
    heading.current?.closest("section[tabindex]")?.scrollTo({ top: 0 });
    heading.current?.focus({ preventScroll: true });
  }, [itemId]);
  return heading;
}

function Waiting({
  problem,
  onTryAgain,
  strip,
}: {
  problem: string | null;
  onTryAgain: () => void;
  strip: ReactNode;
}) {
  return (
    <div className="space-y-4">
      {strip}
      {problem ? (
        <ErrorState
          heading="h1"
          title="The next answer could not be fetched"
          kept="Every label that you saved is kept."
          next={problem}
          actions={<Button onClick={onTryAgain}>Try again</Button>}
        />
      ) : (
        <LoadingSkeleton shape="text" label="The next answer is on its way" />
      )}
    </div>
  );
}
