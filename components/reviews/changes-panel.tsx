"use client";

import { type ReactNode, useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { LocalTime } from "@/components/ui/local-time";
import { Mark } from "@/components/ui/mark";
import { Tabs } from "@/components/ui/tabs";
import type { ReviewView } from "@/lib/contracts/reviews";
import { sum } from "@/lib/util/math";
import { sourcesFor } from "@/lib/view-models/diff-sources";
import { type DiffLine, diffParts } from "@/lib/view-models/diff-text";
import { prepareByComment } from "@/lib/view-models/review-by-comment";
import { Because } from "./because";
import { ByComment } from "./by-comment";
import { DiffWords } from "./diff-words";
import { SideBySide } from "./side-by-side";

interface ChangesPanelProps {
  review: ReviewView;
  /** Absent when this person may not comment. */
  onComment?: (line: string) => void;
  /** Absent when this person may not edit, or it is decided. */
  onEdit?: () => void;
  /** Trying a question with both texts. */
  tryPanel?: ReactNode;
}

/** What changed, sentence by sentence, each with its reason. */
export function ChangesPanel({ review, onComment, onEdit, tryPanel }: ChangesPanelProps) {
  const parts = useMemo(() => diffParts(review), [review]);
  const changed = sum(parts.map(({ diff }) => diff.changed));
  const traces = useMemo(() => prepareByComment(review.sources), [review.sources]);
  const [view, setView] = useState("changes");
  const count = changed === 1 ? "1 sentence" : `${changed} sentences`;
  const inParts = (draw: (lines: readonly DiffLine[], name: string) => ReactNode) =>
    parts.map(({ name, diff }) => (
      <Part key={name} name={name} isOnly={parts.length === 1} isSame={diff.changed === 0}>
        {draw(diff.lines, name)}
      </Part>
    ));
  const items = [
    {
      value: "changes",
      label: "Changes",
      content: inParts((lines) => <Unified lines={lines} review={review} onComment={onComment} />),
    },
    {
      value: "reading",
      label: "Reading view",
      content: inParts((lines) => <ReadingView lines={lines} />),
    },
    {
      value: "side",
      label: "Side by side",
      content: inParts((lines, name) => (
        <SideBySide
          lines={lines}
          before={review.baseline?.version ?? null}
          after={review.nextVersion}
          part={parts.length === 1 ? null : name}
        />
      )),
    },
    ...(traces.length > 0
      ? [{ value: "comments", label: "By comment", content: <ByComment traces={traces} /> }]
      : []),
    ...(tryPanel ? [{ value: "try", label: "Try", content: tryPanel }] : []),
  ];
  return (
    <Card
      title={`What changed: ${changed === 0 ? "nothing" : count}`}
      id="changes"
      actions={
        onEdit && (
          <Button size="sm" onClick={onEdit} data-print="hide">
            Edit the words
          </Button>
        )
      }
    >
      <EditHistory edits={review.edits} />
      <Tabs label="Ways to see the change" items={items} value={view} onValueChange={setView} />
    </Card>
  );
}

/** One part of the prompt under its name; a prompt of one part needs none. */
function Part({
  name,
  isOnly,
  isSame,
  children,
}: {
  name: string;
  isOnly: boolean;
  isSame: boolean;
  children: ReactNode;
}) {
  if (isOnly) return children;
  return (
    <section className="mb-5 last:mb-0" aria-label={`Part ${name}`}>
      <h3 className="mb-1.5 font-semibold">
        {name}
        {isSame && <span className="font-normal text-ink-muted"> · unchanged</span>}
      </h3>
      {children}
    </section>
  );
}

function EditHistory({ edits }: { edits: ReviewView["edits"] }) {
  const last = edits.at(-1);
  if (!last) return null;
  return (
    <p className="mb-3 text-sm text-ink-muted">
      Edited here {edits.length === 1 ? "once" : `${edits.length} times`}, last by {last.by},{" "}
      <LocalTime at={last.at} form="full" />. Evidence and approvals of earlier words count no more.
    </p>
  );
}

function Unified({
  lines,
  review,
  onComment,
}: {
  lines: readonly DiffLine[];
  review: ReviewView;
  onComment?: (line: string) => void;
}) {
  // What only moved is told where it stands now.
  const changed = lines.filter(({ kind, isMoved }) => kind !== "same" && !(isMoved && kind === "removed"));
  if (changed.length === 0) return <p className="text-ink-muted">The words are the same.</p>;
  return (
    <ol className="divide-y divide-line">
      {changed.map((line) => {
        const sources = sourcesFor(line, review.sources);
        const own = line.after ?? line.before ?? "";
        const comments = review.comments.filter((comment) => comment.line === own);
        return (
          <li key={line.id} className="py-3 first:pt-0">
            <div className="flex flex-wrap items-start justify-between gap-x-4">
              <div className="min-w-0 flex-1 basis-72">
                {line.before !== null && (
                  <p className="reading flex gap-2">
                    <Mark kind="removed" />
                    <DiffWords words={line.words} show={line.kind === "removed" ? "both" : "before"} />
                  </p>
                )}
                {line.isMoved && <p className="text-sm text-ink-muted">Moved here, words unchanged:</p>}
                {line.after !== null && (
                  <p className="reading flex gap-2">
                    <Mark kind={line.isMoved ? "same" : "added"} />
                    <DiffWords
                      words={line.words}
                      show={line.kind === "added" ? "both" : "after"}
                      isMoved={line.isMoved}
                    />
                  </p>
                )}
              </div>
              {onComment && (
                <Button size="sm" variant="quiet" onClick={() => onComment(own)}>
                  Comment<span className="sr-only"> on “{own}”</span>
                </Button>
              )}
            </div>
            <div className="ps-5">
              {sources.map((source) => (
                <Because key={source.sentence} source={source} projectId={review.projectId} />
              ))}
              {comments.map(({ id, author, text }) => (
                <p key={id} className="mt-1 text-sm">
                  <span className="font-medium">{author}:</span> <span dir="auto">{text}</span>
                </p>
              ))}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

/** The new text as it would be read, with what was added and removed in it. */
function ReadingView({ lines }: { lines: readonly DiffLine[] }) {
  return (
    <div className="reading" dir="auto">
      {lines
        .filter(({ isMoved, kind }) => !(isMoved && kind === "removed"))
        .map((line, index) => (
          <span key={line.id}>
            {line.lead === "" && index > 0 ? " " : index === 0 ? line.lead.trimStart() : line.lead}
            <DiffWords words={line.words} isMoved={line.isMoved} />
          </span>
        ))}
    </div>
  );
}
