"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Counts } from "@/components/ui/counts";
import { Dialog } from "@/components/ui/dialog";
import { Disclosure } from "@/components/ui/disclosure";
import { LinkButton } from "@/components/ui/link-button";
import { LocalTime } from "@/components/ui/local-time";
import { SimulatedTag } from "@/components/ui/simulated-tag";
import { TextBlock } from "@/components/ui/text-block";
import type { CheckedPair, PromptCheckResult, PromptCheckView } from "@/lib/contracts/prompt-checks";
import { figureWords, meaningWords } from "@/lib/view-models/prompt-check-words";

interface CheckResultProps {
  check: PromptCheckView;
  result: PromptCheckResult;
  projectId: string;
  reviewId: string | null;
}

/** What the check found: the verdict in words, the counts, what it means, and each record with both answers. */
export function CheckResult({ check, result, projectId, reviewId }: CheckResultProps) {
  const [opened, setOpened] = useState<CheckedPair | null>(null);
  const { counts, failing, pairs } = result;
  const changed = pairs.filter(({ outcome }) => outcome !== "same");
  return (
    <Card
      title={
        <span className="flex flex-wrap items-center gap-2">
          {result.headline} {check.simulated && <SimulatedTag />}
        </span>
      }
      id="result"
    >
      <div className="space-y-3">
        <Counts
          items={[
            { count: counts.better, label: "better", mark: "better" },
            { count: counts.worse, label: "worse", mark: "worse" },
            { count: counts.same, label: "the same", mark: "same" },
          ]}
        />
        <p className="measure">{result.sentence}</p>
        <p className="measure">{meaningWords(result)}</p>
        {failing.length > 0 && (
          <Callout
            tone="worse"
            title={`${failing.length} that must never fail, and passed then, ${failing.length === 1 ? "fails" : "fail"} now.`}
          >
            <ul>
              {failing.map((pair) => (
                <PairLine key={pair.recordId} pair={pair} onCompare={() => setOpened(pair)} />
              ))}
            </ul>
          </Callout>
        )}
        <div className="flex flex-wrap gap-2" data-print="hide">
          {result.verdict === "worse" && (
            <LinkButton variant="primary" href={`/p/${projectId}/runs/new`}>
              Start a run
            </LinkButton>
          )}
          {result.verdict === "worse" && (
            <LinkButton href={`/p/${projectId}/prompts`}>Roll back, under Prompts</LinkButton>
          )}
          {result.verdict === "not-enough" && (
            <LinkButton href={`/p/${projectId}/records`}>Add records</LinkButton>
          )}
          {reviewId && <LinkButton href={`/p/${projectId}/reviews/${reviewId}`}>Its review</LinkButton>}
        </div>
        {changed.length > 0 && (
          <ul aria-label="Records with another grade" className="divide-y divide-line border-y border-line">
            {changed.map((pair) => (
              <PairLine key={pair.recordId} pair={pair} onCompare={() => setOpened(pair)} />
            ))}
          </ul>
        )}
        <Disclosure summary="Figures">
          <p className="measure text-ink-muted">{figureWords(check, result)}</p>
        </Disclosure>
        <p className="text-sm text-ink-muted">
          Checked <LocalTime at={check.createdAt} form="full" /> by {check.createdBy}.
        </p>
      </div>
      <PairDialog pair={opened} version={check.version} onClose={() => setOpened(null)} />
    </Card>
  );
}

function PairLine({ pair, onCompare }: { pair: CheckedPair; onCompare: () => void }) {
  const { question, kept, fresh } = pair;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
      <p dir="auto" className="min-w-0 flex-1 basis-72">
        {question}
      </p>
      <span className="flex items-center gap-3 tabular-nums">
        <span>
          {kept.grade} <span aria-hidden="true">→</span>
          <span className="sr-only">then, now</span> {fresh.grade}
        </span>
        <Button size="sm" onClick={onCompare}>
          Compare<span className="sr-only"> {question}</span>
        </Button>
      </span>
    </li>
  );
}

const SIDES = [
  { side: "kept", word: "then" },
  { side: "fresh", word: "now" },
] as const;

function PairDialog({
  pair,
  version,
  onClose,
}: {
  pair: CheckedPair | null;
  version: number;
  onClose: () => void;
}) {
  return (
    <Dialog
      title="Then and now"
      description={pair?.question}
      open={pair !== null}
      onOpenChange={(open) => !open && onClose()}
      size="lg"
    >
      {pair && (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-6 md:grid-cols-2">
          {SIDES.map(({ side, word }) => (
            <section key={side} className="min-w-0">
              <h3 className="font-semibold">
                v{version}, {word} · {pair[side].grade}
              </h3>
              <TextBlock
                text={pair[side].output}
                maxLines={null}
                emptyText="It gave no answer."
                className="mt-2"
              />
            </section>
          ))}
        </div>
      )}
    </Dialog>
  );
}
