"use client";

import { type ReactNode, useEffect, useId, useRef } from "react";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { LinkButton } from "@/components/ui/link-button";
import { useShortcuts } from "@/components/ui/shortcuts";
import type { BlindSheet } from "@/lib/contracts/blind";
import { wordsOf } from "@/lib/queries/api-fetch";
import { CompareBar } from "./compare-bar";
import { ComparePair } from "./compare-pair";
import { type Comparing, useComparing } from "./use-comparing";

/** What the frame around the task shows. */
export interface CompareFrame {
  progress: ReactNode;
  children: ReactNode;
  bar?: ReactNode;
}

interface CompareViewProps {
  initial: BlindSheet;
  frame: (parts: CompareFrame) => ReactNode;
}

const SECONDS_A_PAIR = 30;

/** Two answers, not told which is which: the better one, or the same (issue: blind comparison by experts). */
export function CompareView({ initial, frame }: CompareViewProps) {
  const comparing = useComparing(initial);
  const { sheet, pair, place } = comparing;
  const headingId = useId();
  useKeys(comparing);
  useFocusOnNext(headingId, place, sheet.pairs.length > 0);
  if (sheet.pairs.length === 0)
    return frame({ progress: "Compare", children: <Begin comparing={comparing} /> });
  if (!pair) return frame({ progress: "Done", children: <End sheet={sheet} headingId={headingId} /> });
  const left = sheet.pairs.length - place;
  return frame({
    progress: `${place + 1} of ${sheet.pairs.length} · ${minutesWords(left)}`,
    children: <ComparePair pair={pair} place={place + 1} headingId={headingId} />,
    bar: <CompareBar comparing={comparing} />,
  });
}

function Begin({ comparing }: { comparing: Comparing }) {
  const { sheet, begin } = comparing;
  return (
    <div className="measure space-y-4">
      <h1 className="text-xl font-semibold">Which answer is better?</h1>
      <p>
        {sheet.askedBy} asks you to compare {sheet.total} pairs of answers of {sheet.promptName}:{" "}
        {minutesWords(sheet.total)}. One of each pair is from the words in production, one from the new ones.
        You are not told which, and the sides change by chance.
      </p>
      <p>
        Some pairs come twice, the other way round. That is no test of you: it shows how much a preference can
        be relied on. Nothing here teaches the judge.
      </p>
      {begin.error && <FieldError>{wordsOf(begin.error)}</FieldError>}
      <Button variant="primary" onClick={() => begin.mutate()} pending={begin.isPending}>
        Begin
      </Button>
    </div>
  );
}

function End({ sheet, headingId }: { sheet: BlindSheet; headingId: string }) {
  return (
    <div className="measure space-y-4">
      <h1 id={headingId} tabIndex={-1} className="text-xl font-semibold">
        That was the last one: {sheet.pairs.length} pairs.
      </h1>
      <p>
        Your choices are on the review now, with your name. Only there it is told which side they spoke for.
      </p>
      <LinkButton variant="primary" href={`/p/${sheet.projectId}/reviews/${sheet.reviewId}`}>
        See the review
      </LinkButton>
    </div>
  );
}

function useKeys({ pair, setChoice, saveChoice }: Comparing) {
  const group = "Comparing";
  useShortcuts(
    pair === null
      ? []
      : [
          { keys: "1", label: "The first is better", group, onPress: () => setChoice("first") },
          { keys: "2", label: "The second is better", group, onPress: () => setChoice("second") },
          { keys: "0", label: "The same", group, onPress: () => setChoice("same") },
          { keys: "enter", label: "Save and next", group, onPress: saveChoice },
          {
            keys: "mod+enter",
            label: "Save and next, also while typing",
            group,
            onPress: saveChoice,
            worksInFields: true,
          },
        ],
  );
}

/** After a save the focus is on the next question's heading, which is read out. */
function useFocusOnNext(headingId: string, place: number, isBegun: boolean) {
  const before = useRef(place);
  useEffect(() => {
    if (!isBegun || before.current === place) return;
    before.current = place;
    document.getElementById(headingId)?.focus();
  }, [headingId, place, isBegun]);
}

function minutesWords(pairs: number): string {
  const minutes = Math.max(1, Math.round((pairs * SECONDS_A_PAIR) / 60));
  return minutes === 1 ? "about 1 minute" : `about ${minutes} minutes`;
}
