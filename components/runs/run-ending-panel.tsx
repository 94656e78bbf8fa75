"use client";

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import type { RunSnapshot } from "@/lib/contracts/runs";
import { wordsOf } from "@/lib/queries/api-fetch";
import { openReview } from "@/lib/queries/runs";
import { prepareEnding } from "@/lib/view-models/run-ending";
import type { ShownScale } from "@/lib/view-models/run-scale";
import { RunFailures } from "./run-failures";

interface RunEndingPanelProps {
  run: RunSnapshot;
  scale: ShownScale;
  canReview: boolean;
  canSteer: boolean;
  /** Shows the records that nobody solved. */
  onLookAt(): void;
}

/** What came of a run that is over, and the one thing to do next (ux.md, moment 8). */
export function RunEndingPanel({ run, scale, canReview, canSteer, onLookAt }: RunEndingPanelProps) {
  const ending = prepareEnding(run.view, scale, run.production?.isStart ?? false);
  if (ending === null) return null;
  const { projectId, view } = run;
  const unsolved = ending.unsolved.length;
  const runs = `/p/${projectId}/runs`;
  if (ending.isBetter) {
    return (
      <Card emphasis="raised" title={ending.title}>
        <p className="measure">{ending.body}</p>
        <div className="mt-4">
          {canReview ? (
            <ReviewButton projectId={projectId} runId={run.id} candidateId={ending.recommendedId} />
          ) : (
            <p className="text-ink-muted">An engineer of this project can open its review.</p>
          )}
        </div>
        <RunFailures view={view} />
      </Card>
    );
  }
  if (ending.isBroken) {
    return (
      <Card emphasis="raised" title={ending.title}>
        <p className="measure">{ending.body}</p>
        <RunFailures view={view} isOpen />
        <div className="mt-4 flex flex-wrap gap-2">
          <LinkButton href={`/p/${projectId}/settings`} variant="primary">
            Models and connections
          </LinkButton>
          {canSteer && (
            <LinkButton href={`${runs}/new?from=${run.id}`}>Run again with the same settings</LinkButton>
          )}
        </div>
        <p className="mt-3 text-ink-muted">All answers are kept and are not paid for again.</p>
      </Card>
    );
  }
  const lookAt = unsolved > 0 && <Button onClick={onLookAt}>{`Look at the ${unsolved}`}</Button>;
  return (
    <Card emphasis="raised" title={ending.title}>
      <p className="measure">{ending.body}</p>
      <div className="mt-4 flex flex-wrap gap-2">
        {lookAt}
        <LinkButton href={`/p/${projectId}/records`}>Write harder records</LinkButton>
        {canSteer && (
          <LinkButton
            href={`${runs}/new?answers=${2 * view.maxMetricCalls}`}
          >{`Run again with ${2 * view.maxMetricCalls}`}</LinkButton>
        )}
      </div>
      <p className="mt-3 text-ink-muted">All answers are kept and are not paid for again.</p>
      <RunFailures view={view} />
    </Card>
  );
}

function ReviewButton({
  projectId,
  runId,
  candidateId,
}: {
  projectId: string;
  runId: string;
  candidateId: string;
}) {
  const router = useRouter();
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const key = useRef<string>(null);
  const open = async () => {
    setPending(true);
    setProblem(null);
    key.current ??= crypto.randomUUID();
    try {
      const review = await openReview(projectId, { runId, candidateId }, key.current);
      router.push(`/p/${projectId}/reviews/${review.id}`);
    } catch (error) {
      key.current = null;
      setProblem(wordsOf(error));
      setPending(false);
    }
  };
  return (
    <>
      <Button
        variant="primary"
        pending={isPending}
        pendingLabel="Opening the review"
        onClick={() => void open()}
      >
        Review the candidate
      </Button>
      {problem && (
        <Callout tone="warning" title="The review was not opened." className="mt-3">
          {problem}
        </Callout>
      )}
    </>
  );
}
