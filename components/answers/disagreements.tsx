"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Disclosure } from "@/components/ui/disclosure";
import { Mark } from "@/components/ui/mark";
import { TextBlock } from "@/components/ui/text-block";
import { TextLink } from "@/components/ui/text-link";
import { useToast } from "@/components/ui/toast";
import type { Disagreement, ExpertAgreement, GradeChoice } from "@/lib/contracts/labels";
import { wordsOf } from "@/lib/queries/api-fetch";
import { createQueue } from "@/lib/queries/labels";
import { newId } from "@/lib/util/new-id";
import { agreementSentences } from "@/lib/view-models/answer-words";
import { DisagreementTalk } from "./disagreement-talk";
import { SettleForm } from "./settle-form";

interface DisagreementsProps {
  projectId: string;
  items: readonly Disagreement[];
  agreement: ExpertAgreement;
  grades: readonly GradeChoice[];
  mayLabel: boolean;
  /** May ask others in a queue of their own. */
  mayAsk: boolean;
  /** The lead expert's decision counts. */
  maySettle: boolean;
}

/** What splits the experts, and why: a list to work through, no league table. */
export function Disagreements(props: DisagreementsProps) {
  const { projectId, items, agreement, mayAsk } = props;
  const sentences = agreementSentences(agreement);
  if (items.length === 0 && sentences.length === 0) return null;
  const open = items.filter(({ settled }) => !settled);
  const settled = items.filter((item) => item.settled);
  const unlabelled = open.filter(({ grades }) => !grades.some(({ isMine }) => isMine));
  return (
    <Card
      id="disagreements"
      title={open.length === 0 ? "Where experts differ" : `Where experts differ (${open.length})`}
      actions={mayAsk && unlabelled.length > 0 && <LabelThese projectId={projectId} items={unlabelled} />}
    >
      {sentences.map((sentence) => (
        <p key={sentence} className="measure">
          {sentence}
        </p>
      ))}
      <p className="mb-2 max-w-[72ch] text-ink-muted">
        {open.length === 0
          ? "Nothing is open."
          : "Experts are on different sides of good enough, or two grades or more apart. The judge learns little from both at once."}
      </p>
      <div className="divide-y divide-line">
        {open.map((item) => (
          <OneDisagreement key={item.traceId} item={item} {...props} />
        ))}
      </div>
      {settled.length > 0 && (
        <Disclosure summary={`Settled (${settled.length})`} className="mt-2">
          <div className="divide-y divide-line">
            {settled.map((item) => (
              <OneDisagreement key={item.traceId} item={item} {...props} />
            ))}
          </div>
        </Disclosure>
      )}
    </Card>
  );
}

function OneDisagreement({
  item,
  projectId,
  grades,
  mayLabel,
  maySettle,
}: DisagreementsProps & { item: Disagreement }) {
  const { question, answer, reasons, recordId, settled } = item;
  return (
    <Disclosure
      summary={<span dir="auto">{question}</span>}
      aside={
        <span className="shrink-0 tabular-nums">
          {settled
            ? `settled as ${settled.shown}`
            : item.grades.map(({ who, shown }) => `${who} ${shown}`).join(", ")}
        </span>
      }
      className="py-1"
    >
      <div className="space-y-3 pb-3">
        {settled && (
          <p className="measure">
            <Mark kind="done" isDecoration /> {settled.by} settled it as {settled.shown}: {settled.reason}{" "}
            <span className="text-ink-muted">
              Grades were {item.grades.map(({ who, shown }) => `${who} ${shown}`).join(", ")}.
            </span>
          </p>
        )}
        {reasons.map(({ author, text }) => (
          <blockquote key={author + text} className="measure border-s-2 border-line ps-3" dir="auto">
            {text} <footer className="text-sm text-ink-muted">{author}</footer>
          </blockquote>
        ))}
        <TextBlock text={answer} maxLines={6} />
        <TextLink href={`/p/${projectId}/records/${recordId}`}>Open the record</TextLink>
        <DisagreementTalk projectId={projectId} item={item} mayWrite={mayLabel} />
        {maySettle && <SettleForm projectId={projectId} item={item} grades={grades} />}
      </div>
    </Disclosure>
  );
}

/** Asks for one's own grade of each, in a queue of its own. */
function LabelThese({ projectId, items }: { projectId: string; items: readonly Disagreement[] }) {
  const router = useRouter();
  const { toast } = useToast();
  const [isMaking, setMaking] = useState(false);
  const [first] = items;
  if (!first) return null;
  const make = async (): Promise<void> => {
    setMaking(true);
    try {
      const traceIds = items.slice(0, 12).map(({ traceId }) => traceId);
      const input = { judgeId: first.judgeId, traceIds, expertsPerItem: 10 };
      const queue = await createQueue(projectId, input, newId("que"));
      router.push(`/p/${projectId}/label/${queue.id}`);
    } catch (error) {
      setMaking(false);
      toast({ title: wordsOf(error), mark: "failed" });
    }
  };
  return (
    <Button size="sm" pending={isMaking} onClick={() => void make()}>
      Label {Math.min(12, items.length)} yourself
    </Button>
  );
}
