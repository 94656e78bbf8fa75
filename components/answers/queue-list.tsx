"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { lazyPart } from "@/components/ui/lazy-part";
import { Table, type TableColumn } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import type { QueueView } from "@/lib/contracts/labels";
import { askedWords, queueWords } from "@/lib/view-models/answer-words";

interface QueueListProps {
  projectId: string;
  queues: readonly QueueView[];
  mayLabel: boolean;
  /** May make queues and say who is asked. */
  mayChange: boolean;
  judgeId: string | null;
  free: number;
  people: readonly { id: string; name: string }[];
}

const LazyDialog = lazyPart(() => import("./queue-dialog").then((module) => module.QueueDialog));

/** Queues with who is asked, and own and team progress. */
export function QueueList({ projectId, queues, mayLabel, mayChange, judgeId, free, people }: QueueListProps) {
  const [edited, setEdited] = useState<{ queue: QueueView | null; isOpen: boolean; key: number }>({
    queue: null,
    isOpen: false,
    key: 0,
  });
  const edit = (queue: QueueView | null) => setEdited({ queue, isOpen: true, key: edited.key + 1 });
  const canMake = mayChange && judgeId !== null && free > 0;
  if (queues.length === 0 && !canMake) return null;
  const columns: TableColumn<QueueView>[] = [
    { key: "name", header: "Queue", isRowHeader: true, cell: (queue) => <QueueName queue={queue} /> },
    { key: "mine", header: "Yours", isNumeric: true, cell: (queue) => queueWords(queue).mine },
    { key: "team", header: "Everybody's", isNumeric: true, cell: (queue) => queueWords(queue).team },
    {
      key: "act",
      header: "Next",
      className: "sm:w-56 sm:text-end!",
      cell: (queue) => (
        <span className="inline-flex flex-wrap items-center justify-end gap-2">
          {mayLabel && <NextStep projectId={projectId} queue={queue} />}
          {mayChange && (
            <Button size="sm" variant="quiet" onClick={() => edit(queue)}>
              Change<span className="sr-only"> {queue.name}</span>
            </Button>
          )}
        </span>
      ),
    },
  ];
  return (
    <Card
      title="Queues"
      isFlush
      actions={
        canMake && (
          <Button size="sm" onClick={() => edit(null)}>
            New queue
          </Button>
        )
      }
    >
      <Table
        caption="Queues of answers to label"
        columns={columns}
        rows={queues}
        rowKey={({ id }) => id}
        className="pt-1"
      />
      <LazyDialog
        key={edited.key}
        isNeeded={edited.isOpen}
        projectId={projectId}
        queue={edited.queue}
        judgeId={judgeId}
        free={free}
        people={people}
        isOpen={edited.isOpen}
        onOpenChange={(isOpen) => setEdited({ ...edited, isOpen })}
      />
    </Card>
  );
}

function QueueName({ queue }: { queue: QueueView }) {
  return (
    <span className="block py-1">
      <span dir="auto">{queue.name}</span>
      <span className="block text-xs text-ink-muted">{askedWords(queue)}</span>
    </span>
  );
}

function NextStep({ projectId, queue }: { projectId: string; queue: QueueView }) {
  const href = `/p/${projectId}/label/${queue.id}`;
  if (queue.leftForMe > 0) return <TextLink href={href}>Label {queue.leftForMe}</TextLink>;
  return queue.doneByMe > 0 ? <TextLink href={href}>Where you differ</TextLink> : "–";
}
