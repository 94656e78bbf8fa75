"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Chip } from "@/components/ui/chip";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import type { AnswerList, AnswerView, EvaluationView } from "@/lib/contracts/evaluations";
import { isFinalJobState } from "@/lib/contracts/jobs";
import type { QueueView } from "@/lib/contracts/labels";
import { roundAnswersOptions, roundOptions } from "@/lib/queries/answers";
import { useJob } from "@/lib/queries/jobs-live";
import { useSeededQuery } from "@/lib/queries/use-seeded-query";
import { countWords, roundSentence } from "@/lib/view-models/answer-words";
import { AnswerCard } from "./answer-card";
import { RoundProgress } from "./round-progress";

export interface RoundViewProps {
  projectId: string;
  round: EvaluationView;
  answers: AnswerList;
  /** A queue with answers that wait for this person. */
  waiting: QueueView | null;
  mayControl: boolean;
  mayWrite: boolean;
}

/** One round: its answers, and what the judge said of each. */
export function RoundView({
  projectId,
  round: initial,
  answers,
  waiting,
  mayControl,
  mayWrite,
}: RoundViewProps) {
  const client = useQueryClient();
  const router = useRouter();
  const { data: round } = useSeededQuery(roundOptions(initial.id), initial);
  const isActive = !isFinalJobState(round.state);
  const live = useJob(isActive ? round.jobId : null, () => {
    void client.invalidateQueries({ queryKey: ["round", round.id] });
    // Its queue is there now.
    router.refresh();
  });
  const list = useInfiniteQuery(roundAnswersOptions(projectId, round.id, answers));
  const items = list.data.pages.flatMap((page) => page.items);
  const state = live.job?.state ?? round.state;
  return (
    <>
      <PageHeader
        above={<TextLink href={`/p/${projectId}/answers`}>Answers</TextLink>}
        title={`Round ${round.number}`}
        isSimulated={round.simulated}
        sentence={
          isActive ? `Prompt v${round.promptVersion ?? "?"} on ${round.model}.` : roundSentence(round)
        }
        primary={waiting && <LabelLink projectId={projectId} queue={waiting} />}
      />
      {isActive && <RoundProgress round={{ ...round, state }} job={live.job} mayControl={mayControl} />}
      {round.state === "failed" && (
        <Callout
          tone="worse"
          title="This round stopped before its end"
          actions={<LinkButton href={`/p/${projectId}/answers`}>Get answers again</LinkButton>}
        >
          {round.cause} Answers that are there are kept and are not paid for again.
        </Callout>
      )}
      <AnswerItems projectId={projectId} items={items} isActive={isActive} mayWrite={mayWrite} />
      {list.hasNextPage && (
        <Button className="mt-4" pending={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          Show more
        </Button>
      )}
    </>
  );
}

function LabelLink({ projectId, queue }: { projectId: string; queue: QueueView }) {
  return (
    <LinkButton variant="primary" href={`/p/${projectId}/label/${queue.id}`}>
      Label {countWords(queue.leftForMe, "answer")}
    </LinkButton>
  );
}

type Filter = "all" | "not-good-enough" | "unscored";

const FILTERS: readonly { key: Filter; words: string; holds: (answer: AnswerView) => boolean }[] = [
  { key: "all", words: "All", holds: () => true },
  { key: "not-good-enough", words: "Not good enough", holds: ({ goodEnough }) => goodEnough === false },
  {
    key: "unscored",
    words: "Could not be scored",
    holds: ({ state, verdicts }) => state === "ERROR" || verdicts.some(({ status }) => status === "failed"),
  },
];

function AnswerItems({
  projectId,
  items,
  isActive,
  mayWrite,
}: {
  projectId: string;
  items: readonly AnswerView[];
  isActive: boolean;
  mayWrite: boolean;
}) {
  const [filter, setFilter] = useState<Filter>("all");
  const holds = FILTERS.find(({ key }) => key === filter)?.holds ?? (() => true);
  const shown = items.filter(holds);
  if (items.length === 0) {
    return (
      <p className="mt-6 text-ink-muted">
        {isActive ? "The first answers are on their way." : "No answer was kept in this round."}
      </p>
    );
  }
  return (
    <section aria-label="Answers" className="mt-6">
      <fieldset className="mb-3 flex flex-wrap gap-2" aria-label="Which answers are shown">
        {FILTERS.map(({ key, words, holds: own }) => (
          <Chip key={key} isSelected={filter === key} onToggle={() => setFilter(key)}>
            {words} {items.filter(own).length}
          </Chip>
        ))}
      </fieldset>
      <ul className="divide-y divide-line rounded-lg border border-line bg-raised">
        {shown.map((answer) => (
          <AnswerCard key={answer.id} answer={answer} projectId={projectId} mayWrite={mayWrite} />
        ))}
      </ul>
      {shown.length === 0 && <p className="mt-2 text-ink-muted">None of the answers shown so far.</p>}
    </section>
  );
}
