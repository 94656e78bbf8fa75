"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { Callout } from "@/components/ui/callout";
import { Disclosure } from "@/components/ui/disclosure";
import { LocalTime } from "@/components/ui/local-time";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import type { ReviewView } from "@/lib/contracts/reviews";
import { useReview } from "@/lib/queries/reviews";
import { BlindPanel } from "./blind-panel";
import { ChangesPanel } from "./changes-panel";
import { CommentsPanel } from "./comments-panel";
import { DecisionPanel } from "./decision-panel";
import { EditWordsDialog } from "./edit-words-dialog";
import { EvidencePanel } from "./evidence-panel";
import { FactsPanel } from "./facts-panel";
import { LossesPanel } from "./losses-panel";
import { PromotedPanel } from "./promoted-panel";

interface ReviewPageViewProps {
  initial: ReviewView;
  /** Trying a question with both texts; composed by the page. */
  tryPanel?: ReactNode;
}

/** Should this go live? Everything the decision rests on, and the decision (ux.md 7.6). */
export function ReviewPageView({ initial, tryPanel }: ReviewPageViewProps) {
  const { review, act, reload } = useReview(initial);
  const [promoting, setPromoting] = useState<"no" | "plain" | "override">("no");
  const [isEditing, setEditing] = useState(false);
  const [line, setLine] = useState<string | null>(null);
  const inputId = useId();
  const titleId = useId();
  useDecided(review.state, titleId);
  const { evidence, you, state } = review;
  const isOpen = state === "open" || state === "approved";
  const goToComment = (about: string | null) => {
    flushSync(() => setLine(about));
    document.getElementById(inputId)?.focus();
  };
  const override = isOpen && you.mayOverride && you.mayPromote ? () => setPromoting("override") : undefined;
  return (
    <>
      <PageHeader
        title={titleOf(review)}
        sentence={review.decisionSentence}
        status={state === "promoted" ? "done" : state === "declined" ? "neutral" : undefined}
        above={<TextLink href={`/p/${review.projectId}/reviews`}>Reviews</TextLink>}
        isSimulated={review.simulated}
        titleId={titleId}
      />
      <p className="mb-4 hidden text-sm print:block">
        {review.promptName} · content {review.contentHash.slice(0, 16)} ·{" "}
        {evidence ? `evidence ${evidence.id}` : "no evidence"} · opened{" "}
        <LocalTime at={review.createdAt} form="full" />
      </p>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {state === "promoted" && <PromotedPanel review={review} onChanged={reload} />}
        {review.declined && (
          <Callout title={`Declined by ${review.declined.by}.`}>
            “<span dir="auto">{review.declined.reason}</span>”
          </Callout>
        )}
        <About review={review} />
        <EvidencePanel review={review} act={act} onOverride={override} />
        <FactsPanel review={review} />
        {evidence?.verdict && <LossesPanel review={review} evidence={evidence} act={act} />}
        <BlindPanel review={review} act={act} compareHref={`/p/${review.projectId}/compare/${review.id}`} />
        <ChangesPanel
          review={review}
          onComment={you.mayComment ? goToComment : undefined}
          onEdit={you.mayEdit ? () => setEditing(true) : undefined}
          tryPanel={tryPanel}
        />
        {isEditing && <EditWordsDialog review={review} act={act} onClose={() => setEditing(false)} />}
        <CommentsPanel review={review} act={act} line={line} onLineChange={setLine} inputId={inputId} />
        <DecisionPanel
          review={review}
          act={act}
          promoting={promoting}
          onPromoting={setPromoting}
          onAsk={() => goToComment(null)}
          onReload={reload}
        />
      </div>
    </>
  );
}

/** After a decision the buttons are gone: the focus goes to the title, and the rail hears of it. */
function useDecided(state: ReviewView["state"], titleId: string) {
  const router = useRouter();
  const before = useRef(state);
  useEffect(() => {
    const isNew = before.current !== state;
    before.current = state;
    if (!isNew || (state !== "promoted" && state !== "declined")) return;
    router.refresh();
    // after the dialog has given the focus back
    const timer = setTimeout(() => document.getElementById(titleId)?.focus(), 50);
    return () => clearTimeout(timer);
  }, [state, titleId, router]);
}

function titleOf({ number, candidateId, nextVersion, state, promotion, edits }: ReviewView): string {
  const version = `v${promotion?.version ?? nextVersion}`;
  if (state === "promoted") return `Review ${number} · ${version}`;
  const own = candidateId === null ? "hand-written text" : `candidate ${candidateId.replace(/^c/, "")}`;
  const what = edits.length === 0 ? own : `${own}, edited,`;
  return `Review ${number} · ${what} to become ${version}`;
}

/** Who relies on it and for what: the same text that briefs the model that suggests edits. */
function About({ review }: { review: ReviewView }) {
  const { purpose, reliedOnBy, outOfScope, dataKinds, owner } = review.about;
  const rows = [
    ["Purpose", purpose],
    ["Relied on by", reliedOnBy],
    ["Out of scope", outOfScope],
    ["Kinds of data", dataKinds],
    ["Owner", owner],
    [
      "Change by",
      review.runNumber === null
        ? `${review.author}, by hand`
        : `run ${review.runNumber}, launched by ${review.author}`,
    ],
  ].filter((row): row is [string, string] => row[1] !== "");
  const short = [
    purpose || "No purpose is written yet",
    reliedOnBy && `relied on by: ${reliedOnBy}`,
    owner && `owner ${owner}`,
  ]
    .filter(Boolean)
    .join(" · ");
  return (
    <div className="rounded-lg border border-line bg-raised px-4 py-2">
      <Disclosure summary={<span className="line-clamp-2">About: {short}</span>}>
        <dl className="grid gap-x-6 gap-y-1.5 pb-2 sm:grid-cols-[auto_minmax(0,1fr)]">
          {rows.map(([name, text]) => (
            <div key={name} className="contents">
              <dt className="text-ink-muted">{name}</dt>
              <dd dir="auto">{text}</dd>
            </div>
          ))}
        </dl>
        {review.runId && (
          <TextLink href={`/p/${review.projectId}/runs/${review.runId}`}>
            Open run {review.runNumber}
          </TextLink>
        )}
      </Disclosure>
    </div>
  );
}
