"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Disclosure } from "@/components/ui/disclosure";
import { TextBlock } from "@/components/ui/text-block";
import { TextLink } from "@/components/ui/text-link";
import { useToast } from "@/components/ui/toast";
import type { Disagreement } from "@/lib/contracts/labels";
import { wordsOf } from "@/lib/queries/api-fetch";
import { createQueue } from "@/lib/queries/labels";
import { newId } from "@/lib/util/new-id";

interface DisagreementsProps {
  projectId: string;
  items: readonly Disagreement[];
  maySettle: boolean;
}

/** What splits the experts, and why; no league table. */
export function Disagreements({ projectId, items, maySettle }: DisagreementsProps) {
  if (items.length === 0) return null;
  const open = items.filter(({ grades }) => !grades.some(({ isMine }) => isMine));
  return (
    <Card
      title={`Where experts differ (${items.length})`}
      actions={maySettle && open.length > 0 && <SettleButton projectId={projectId} items={open} />}
    >
      <p className="mb-2 max-w-[72ch] text-ink-muted">
        Experts are on different sides of good enough, or two grades or more apart. The judge learns little
        from both at once.
      </p>
      <div className="divide-y divide-line">
        {items.map((item) => (
          <OneDisagreement key={item.traceId} projectId={projectId} item={item} />
        ))}
      </div>
    </Card>
  );
}

function OneDisagreement({ projectId, item }: { projectId: string; item: Disagreement }) {
  const { question, answer, grades, reasons, recordId } = item;
  return (
    <Disclosure
      summary={<span dir="auto">{question}</span>}
      aside={
        <span className="shrink-0 tabular-nums">
          {grades.map(({ who, shown }) => `${who} ${shown}`).join(", ")}
        </span>
      }
      className="py-1"
    >
      <div className="space-y-3 pb-3">
        {reasons.map(({ author, text }) => (
          <blockquote key={author + text} className="measure border-s-2 border-line ps-3" dir="auto">
            {text} <footer className="text-sm text-ink-muted">{author}</footer>
          </blockquote>
        ))}
        <TextBlock text={answer} maxLines={6} />
        <TextLink href={`/p/${projectId}/records/${recordId}`}>Open the record</TextLink>
      </div>
    </Disclosure>
  );
}

/** Asks for one's own grade of each, in a queue of its own. */
function SettleButton({ projectId, items }: { projectId: string; items: readonly Disagreement[] }) {
  const router = useRouter();
  const { toast } = useToast();
  const [isMaking, setMaking] = useState(false);
  const [first] = items;
  if (!first) return null;
  const settle = async (): Promise<void> => {
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
    <Button size="sm" pending={isMaking} onClick={() => void settle()}>
      Settle {Math.min(12, items.length)}
    </Button>
  );
}
