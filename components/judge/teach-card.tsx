"use client";

import { useRouter } from "next/navigation";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Disclosure } from "@/components/ui/disclosure";
import { LinkButton } from "@/components/ui/link-button";
import type { TeachingPreflight } from "@/lib/contracts/judge-page";
import { startTeaching } from "@/lib/queries/judges";
import { sendingSentence } from "@/lib/view-models/judge-sending";
import { ProblemLine } from "./problem-line";
import { useAct } from "./use-act";

interface TeachCardProps {
  judgeId: string;
  projectId: string;
  preflight: TeachingPreflight;
  /** A taught draft waits for a decision: then that comes first. */
  isSecondary: boolean;
  labelHref: string | null;
}

/** Teaching the judge: from how many labels, where their text goes, and the button. */
export function TeachCard({ judgeId, projectId, preflight, isSecondary, labelHref }: TeachCardProps) {
  const { activeAlignmentId, blocks } = preflight;
  if (activeAlignmentId !== null) {
    return (
      <Card title="The judge is being taught" emphasis="raised">
        <p className="measure">Its guidelines can be read as soon as they are there.</p>
        <LinkButton
          variant="primary"
          className="mt-4"
          href={`/p/${projectId}/judge/teach/${activeAlignmentId}`}
        >
          See how far it is
        </LinkButton>
      </Card>
    );
  }
  if (blocks !== null) {
    return (
      <Card title="Teach the judge" emphasis="raised">
        <p className="measure">{blocks}</p>
        <LinkButton variant="primary" className="mt-4" href={labelHref ?? `/p/${projectId}/answers`}>
          {labelHref === null ? "Go to the answers" : "Label answers"}
        </LinkButton>
      </Card>
    );
  }
  return (
    <ReadyCard judgeId={judgeId} projectId={projectId} preflight={preflight} isSecondary={isSecondary} />
  );
}

function ReadyCard({ judgeId, projectId, preflight, isSecondary }: Omit<TeachCardProps, "labelHref">) {
  const router = useRouter();
  const { isPending, problem, run } = useAct();
  // One key a visit: pressing again after a lost answer starts no second teaching.
  const key = useRef<string>(undefined);
  const teach = () =>
    run(async () => {
      key.current ??= crypto.randomUUID();
      const { id } = await startTeaching(judgeId, key.current);
      router.push(`/p/${projectId}/judge/teach/${id}`);
    });
  const { withReason, usable, newSinceLast, skipped, contradictions } = preflight;
  return (
    <Card title="Teach the judge" emphasis={isSecondary ? "plain" : "raised"}>
      <p className="measure">
        {readsWords(usable, withReason)}
        {newWords(newSinceLast, withReason)}, and is then tested on answers that it has not seen. Nothing
        grades differently until you say so.
      </p>
      <p className="measure mt-1 text-ink-muted">{sendingSentence(preflight)}</p>
      {skipped.length + contradictions.length > 0 && (
        <Disclosure className="mt-2" summary={skippedWords(skipped.length, contradictions.length)}>
          <ul className="measure list-disc space-y-1 ps-5 text-ink-muted">
            {contradictions.map(({ labelIds, why }) => (
              <li key={labelIds.join()}>{why} Both are kept: the difference is for you to settle.</li>
            ))}
            {[...new Set(skipped.map(({ why }) => why))].map((why) => (
              <li key={why}>
                {skipped.filter((one) => one.why === why).length} not used: {why}
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
      <div className="mt-4 flex flex-wrap items-center gap-3">
        <Button
          variant={isSecondary ? "secondary" : "primary"}
          pending={isPending}
          pendingLabel="Starting"
          onClick={() => void teach()}
        >
          Teach the judge
        </Button>
        <ProblemLine problem={problem} />
      </div>
    </Card>
  );
}

function newWords(newSinceLast: number, withReason: number): string {
  if (newSinceLast >= withReason) return "";
  return `, ${newSinceLast === 0 ? "none" : newSinceLast} of them new since it was last taught`;
}

function readsWords(usable: number, withReason: number): string {
  if (usable === 1) return "It reads one label, with its reason";
  return `It reads ${usable} labels, ${withReason === usable ? "all" : `${withReason} of them`} with a reason`;
}

function skippedWords(skipped: number, contradictions: number): string {
  const parts = [
    contradictions > 0 &&
      `${contradictions} ${contradictions === 1 ? "answer was" : "answers were"} graded differently`,
    skipped > 0 && `${skipped} ${skipped === 1 ? "label is" : "labels are"} not used`,
  ];
  return parts.filter(Boolean).join(", ");
}
