import { Card } from "@/components/ui/card";
import { Table, type TableColumn } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import type { QueueView } from "@/lib/contracts/labels";
import { queueWords } from "@/lib/view-models/answer-words";

interface QueueListProps {
  projectId: string;
  queues: readonly QueueView[];
  mayLabel: boolean;
}

/** Queues with own and team progress. */
export function QueueList({ projectId, queues, mayLabel }: QueueListProps) {
  if (queues.length === 0) return null;
  const columns: TableColumn<QueueView>[] = [
    { key: "name", header: "Queue", isRowHeader: true, cell: ({ name }) => <span dir="auto">{name}</span> },
    { key: "mine", header: "Yours", isNumeric: true, cell: (queue) => queueWords(queue).mine },
    { key: "team", header: "Everybody's", isNumeric: true, cell: (queue) => queueWords(queue).team },
    {
      key: "act",
      header: "Next",
      className: "sm:w-40 sm:text-end!",
      cell: (queue) => (mayLabel ? <NextStep projectId={projectId} queue={queue} /> : "–"),
    },
  ];
  return (
    <Card title="Queues" isFlush>
      <Table
        caption="Queues of answers to label"
        columns={columns}
        rows={queues}
        rowKey={({ id }) => id}
        className="pt-1"
      />
    </Card>
  );
}

function NextStep({ projectId, queue }: { projectId: string; queue: QueueView }) {
  const href = `/p/${projectId}/label/${queue.id}`;
  if (queue.leftForMe > 0) return <TextLink href={href}>Label {queue.leftForMe}</TextLink>;
  return queue.doneByMe > 0 ? <TextLink href={href}>Where you differ</TextLink> : "–";
}
