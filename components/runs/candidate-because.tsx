"use client";

import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { buttonClass } from "@/components/ui/button-styles";
import { LazyBubble } from "@/components/ui/lazy-bubble";
import { popoverSurface } from "@/components/ui/popover-surface";
import { useBubble } from "@/components/ui/use-bubble";
import type { CandidateBecause as Because } from "@/lib/contracts/run-candidates";
import { wordsOf } from "@/lib/queries/api-fetch";
import { candidateBecauseOptions } from "@/lib/queries/runs";
import { candidateInSentence, countOf } from "@/lib/view-models/run-names";
import type { FamilyNode } from "@/lib/view-models/run-tree";

/** "Why": on hover, focus and tap what was said of the parent's answers, which led to this edit. */
export function CandidateBecause({ runId, node }: { runId: string; node: FamilyNode }) {
  const anchor = useRef<HTMLButtonElement>(null);
  const { isOpen, close, hoverProps, anchorProps } = useBubble({ press: "opens" });
  const { data, error } = useQuery({ ...candidateBecauseOptions(runId, node.candidateId), enabled: isOpen });
  return (
    <>
      <button
        ref={anchor}
        type="button"
        {...anchorProps}
        aria-label={`Why ${node.name}`}
        aria-expanded={isOpen}
        className={buttonClass("quiet", "sm")}
      >
        Why
      </button>
      <LazyBubble
        isNeeded={isOpen}
        anchor={anchor}
        isOpen={isOpen}
        onClose={close}
        role="tooltip"
        className={popoverSurface}
        {...hoverProps}
      >
        <div aria-live="polite" className="space-y-2">
          {data ? (
            <Reasons because={data} isByHand={node.isByHand} />
          ) : (
            <p>{error ? wordsOf(error) : "Looking it up …"}</p>
          )}
        </div>
      </LazyBubble>
    </>
  );
}

function Reasons({ because, isByHand }: { because: Because; isByHand: boolean }) {
  const { answers, more, guidelines, parentId } = because;
  if (isByHand) return <p>Written by a person during the run.</p>;
  if (answers.length === 0 && guidelines.length === 0) return <p>Nothing was told of what led to it.</p>;
  return (
    <>
      {answers.length > 0 && (
        <p className="text-ink-muted">
          {`${countOf(answers.length + more, "answer")} of ${candidateInSentence(parentId ?? "c0")} fell short:`}
        </p>
      )}
      <ul className="space-y-2">
        {answers.map(({ recordId, question, shown, feedback }) => (
          <li key={recordId}>
            <p dir="auto" className="line-clamp-2 font-medium">
              {question}
            </p>
            <p dir="auto" className="line-clamp-3">
              <span className="tabular-nums">{shown ?? "no score"}</span>
              {feedback && `: ${feedback}`}
            </p>
          </li>
        ))}
      </ul>
      {guidelines
        .flatMap(({ id, words }) => words.slice(0, 1).map((one) => ({ id, ...one })))
        .slice(0, 2)
        .map(({ id, author, reason }) => (
          <p key={id} dir="auto" className="line-clamp-3">
            {`${author}: “${reason}”`}
          </p>
        ))}
    </>
  );
}
