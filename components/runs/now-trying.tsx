"use client";

import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { RunSnapshot } from "@/lib/contracts/runs";
import { candidateOptions } from "@/lib/queries/runs";
import { candidateCounts } from "@/lib/view-models/run-candidates";
import { candidateInSentence, countOf } from "@/lib/view-models/run-names";

/** The suggested edit that is at work now, and why it was suggested. Its height never changes. */
export function NowTrying({ run, onLook }: { run: RunSnapshot; onLook(candidateId: string): void }) {
  const { view } = run;
  const { trying } = view;
  const counts = candidateCounts(view);
  const candidateId = trying ? `c${trying.proposalId.slice(1)}` : null;
  return (
    <Card title="Now trying" className="lg:min-h-90">
      <div className="min-h-44">
        {trying && candidateId ? (
          <Trying run={run} trying={trying} candidateId={candidateId} onLook={onLook} />
        ) : (
          <p className="text-ink-muted">{idleWords(run)}</p>
        )}
      </div>
      <p className="mt-3 text-ink-muted tabular-nums">
        Waiting: {counts.trying} · accepted {counts.accepted} · rejected {counts.rejected} · refused{" "}
        {counts.refused}
      </p>
      <p className="mt-2 text-ink-muted">
        The best of many tries flatters itself. The sealed records decide later.
      </p>
    </Card>
  );
}

interface TryingProps {
  run: RunSnapshot;
  trying: NonNullable<RunSnapshot["view"]["trying"]>;
  candidateId: string;
  onLook(candidateId: string): void;
}

function Trying({ run, trying, candidateId, onLook }: TryingProps) {
  const isWritten = trying.summary !== "";
  const { data } = useQuery({ ...candidateOptions(run.id, candidateId, 0), enabled: isWritten });
  const words = data?.guidelines.flatMap((guideline) => guideline.words)[0];
  const parents = trying.parentIds.map(candidateInSentence).join(" and ");
  if (!isWritten) {
    return (
      <p>
        An edit of {parents} is being suggested, from {countOf(trying.exampleIds.length, "answer")} that fell
        short.
      </p>
    );
  }
  return (
    <>
      <p dir="auto" className="line-clamp-4 font-medium">
        “{trying.summary}”
      </p>
      <p className="mt-2">
        because {countOf(trying.exampleIds.length, "answer")} fell short of it
        {words && (
          <>
            , and of {words.author}’s words: <span dir="auto">“{shortened(words.reason)}”</span>
          </>
        )}{" "}
        <Button size="sm" variant="quiet" onClick={() => onLook(candidateId)}>
          Open
        </Button>
      </p>
      <p className="mt-2 text-ink-muted tabular-nums">
        {countOf(trying.scored, "answer")} scored with it so far
      </p>
    </>
  );
}

function shortened(words: string): string {
  return words.length <= 120 ? words : `${words.slice(0, 117).trimEnd()}…`;
}

function idleWords({ state, view }: RunSnapshot): string {
  if (state === "paused") return "Nothing: the run is paused.";
  if (view.phase === "waiting" || state === "queued") return "Nothing yet: the run waits for its turn.";
  if (view.phase === "seed") return "The starting prompt is being scored first.";
  return view.phase === "finishing"
    ? "The best candidates are compared once more."
    : "The next edit is being chosen.";
}
