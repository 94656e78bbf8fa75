"use client";

import { useQuery } from "@tanstack/react-query";
import { Badge } from "@/components/ui/badge";
import { Counts } from "@/components/ui/counts";
import { LocalTime } from "@/components/ui/local-time";
import { Table, type TableColumn } from "@/components/ui/table";
import type { WorkersView, WorkerView } from "@/lib/contracts/server";
import { workersQuery } from "@/lib/queries/server";
import { workerState, workersCounts, workersSentence } from "@/lib/view-models/workers";

const COLUMNS: readonly TableColumn<WorkerView>[] = [
  {
    key: "host",
    header: "Machine",
    isRowHeader: true,
    cell: ({ host, pid }) => (
      <>
        <span dir="auto">{host}</span> <span className="text-ink-muted">process {pid}</span>
      </>
    ),
  },
  { key: "state", header: "State", cell: (worker) => <State worker={worker} /> },
  {
    key: "running",
    header: "At work",
    isNumeric: true,
    cell: ({ running, concurrency }) => `${running} of ${concurrency}`,
  },
  { key: "done", header: "Done", isNumeric: true, cell: ({ done }) => done },
  { key: "failed", header: "Without a score", isNumeric: true, cell: ({ failed }) => failed },
  { key: "since", header: "Since", cell: ({ since }) => <LocalTime at={since} form="full" /> },
];

/** Who asks models and agents: this process, or workers; looked at again every two seconds. */
export function WorkersPanel({ initial }: { initial: WorkersView }) {
  const { data } = useQuery(workersQuery(initial));
  const counts = workersCounts(data);
  return (
    <div className="space-y-4">
      <p className="measure" role="status">
        {workersSentence(data)}
      </p>
      {counts.length > 0 && <Counts items={counts} />}
      {data.workers.length > 0 && (
        <Table caption="Workers" rows={data.workers} rowKey={({ id }) => id} columns={[...COLUMNS]} />
      )}
      {data.queue && <p className="text-sm text-ink-muted">Version of this server: {data.queue.version}</p>}
    </div>
  );
}

function State({ worker }: { worker: WorkerView }) {
  const { state, refusal } = worker;
  if (state === "working") return workerState(worker);
  return (
    <span className="flex flex-col items-start gap-1">
      <Badge tone="warning">{workerState(worker)}</Badge>
      {refusal !== null && <span className="measure text-sm">{refusal}</span>}
    </span>
  );
}
