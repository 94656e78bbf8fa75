"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Term } from "@/components/ui/term";
import { useToast } from "@/components/ui/toast";
import type { EvaluationView, RoundOffer } from "@/lib/contracts/evaluations";
import { isFinalJobState } from "@/lib/contracts/jobs";
import type {
  Disagreement,
  ExpertAgreement,
  GradeChoice,
  LabelPage,
  QueueView,
  Unjudged,
} from "@/lib/contracts/labels";
import { roundsOptions } from "@/lib/queries/answers";
import { wordsOf } from "@/lib/queries/api-fetch";
import { createQueue } from "@/lib/queries/labels";
import { useSeededQuery } from "@/lib/queries/use-seeded-query";
import { newId } from "@/lib/util/new-id";
import { countWords, roundSentence } from "@/lib/view-models/answer-words";
import { Disagreements } from "./disagreements";
import { GetAnswersDialog } from "./get-answers-dialog";
import { MyLabels } from "./my-labels";
import { QueueList } from "./queue-list";
import { RoundsTable } from "./rounds-table";
import { UnjudgedList } from "./unjudged-list";

export interface AnswersViewProps {
  projectId: string;
  isSimulated: boolean;
  mayGetAnswers: boolean;
  mayLabel: boolean;
  rounds: EvaluationView[];
  queues: QueueView[];
  /** Answers that a new queue could ask. */
  free: number;
  judgeId: string | null;
  disagreements: Disagreement[];
  agreement: ExpertAgreement;
  /** Grades of the judge in use. */
  grades: GradeChoice[];
  maySettle: boolean;
  /** People who may label. */
  people: { id: string; name: string }[];
  unjudged: Unjudged[];
  myLabels: LabelPage;
  offer: RoundOffer;
}

/** What does it say now, and is it good? */
export function AnswersView(props: AnswersViewProps) {
  const { projectId, queues, myLabels } = props;
  const rounds = useRounds(props);
  const [isAsking, setAsking] = useState(false);
  const [newest] = rounds;
  const getAnswers = props.mayGetAnswers ? () => setAsking(true) : null;
  const label = useLabelAction(props);
  const isEmpty = rounds.length === 0 && queues.length === 0;
  return (
    <>
      <PageHeader
        title="Answers"
        isSimulated={props.isSimulated}
        sentence={newest ? roundSentence(newest) : "No answers yet."}
        status={newest && !isFinalJobState(newest.state) ? "busy" : "neutral"}
        primary={
          label ?? (getAnswers && !isEmpty && <GetAnswersButton variant="primary" onPress={getAnswers} />)
        }
        secondary={label && getAnswers && <GetAnswersButton variant="secondary" onPress={getAnswers} />}
      />
      {isEmpty ? (
        <EmptyState
          title="No answers yet"
          primary={
            getAnswers ? (
              <GetAnswersButton variant="primary" onPress={getAnswers} />
            ) : (
              <LinkButton href={`/p/${projectId}/records`}>See the records</LinkButton>
            )
          }
        >
          <p>
            A <Term code="evaluation" /> asks the assistant every <Term code="practice">practice record</Term>
            . Its answers are graded by the judge, and some of them wait for your label.
          </p>
          {!getAnswers && <p>Experts, lead experts and engineers of this project can get answers.</p>}
        </EmptyState>
      ) : (
        <div className="space-y-8">
          <RoundsTable projectId={projectId} rounds={rounds} />
          <QueueList
            projectId={projectId}
            queues={queues}
            mayLabel={props.mayLabel}
            mayChange={props.mayGetAnswers}
            judgeId={props.judgeId}
            free={props.free}
            people={props.people}
          />
          <Disagreements
            projectId={projectId}
            items={props.disagreements}
            agreement={props.agreement}
            grades={props.grades}
            mayLabel={props.mayLabel}
            mayAsk={props.mayGetAnswers}
            maySettle={props.maySettle}
          />
          <UnjudgedList projectId={projectId} items={props.unjudged} />
          <MyLabels
            projectId={projectId}
            initial={myLabels}
            mayLabel={props.mayLabel}
            judgeId={props.judgeId}
            grades={props.grades}
          />
        </div>
      )}
      <GetAnswersDialog projectId={projectId} offer={props.offer} open={isAsking} onOpenChange={setAsking} />
    </>
  );
}

/** The page is loaded anew when a round has ended: its queue is then there. */
function useRounds({ projectId, rounds: initial }: AnswersViewProps): EvaluationView[] {
  const router = useRouter();
  const { data } = useSeededQuery(roundsOptions(projectId), initial);
  const active = data.filter(({ state }) => !isFinalJobState(state)).length;
  const [wasActive, setWasActive] = useState(active);
  useEffect(() => {
    if (active < wasActive) router.refresh();
    setWasActive(active);
  }, [active, wasActive, router]);
  return data;
}

/** "Label 12 answers": those that wait, or a new queue of those that nobody has labelled. */
function useLabelAction({ projectId, queues, free, judgeId, mayLabel, mayGetAnswers }: AnswersViewProps) {
  const router = useRouter();
  const { toast } = useToast();
  const [isMaking, setMaking] = useState(false);
  const waiting = queues.find(({ leftForMe }) => leftForMe > 0);
  if (!mayLabel) return null;
  if (waiting) {
    return (
      <LinkButton variant="primary" href={`/p/${projectId}/label/${waiting.id}`}>
        Label {countWords(waiting.leftForMe, "answer")}
      </LinkButton>
    );
  }
  if (free === 0 || judgeId === null || !mayGetAnswers) return null;
  const size = Math.min(12, free);
  const make = async (): Promise<void> => {
    setMaking(true);
    try {
      const queue = await createQueue(projectId, { judgeId, size }, newId("que"));
      router.push(`/p/${projectId}/label/${queue.id}`);
    } catch (error) {
      setMaking(false);
      toast({ title: wordsOf(error), mark: "failed" });
    }
  };
  return (
    <Button variant="primary" pending={isMaking} onClick={() => void make()}>
      Label {countWords(size, "answer")}
    </Button>
  );
}

function GetAnswersButton({ variant, onPress }: { variant: "primary" | "secondary"; onPress: () => void }) {
  return (
    <Button variant={variant} onClick={onPress}>
      Get answers
    </Button>
  );
}
