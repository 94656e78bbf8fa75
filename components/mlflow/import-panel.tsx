"use client";

import { useMutation } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Disclosure } from "@/components/ui/disclosure";
import { FieldError } from "@/components/ui/field";
import { Table, type TableColumn } from "@/components/ui/table";
import type { MlflowImportPlan, MlflowImportView } from "@/lib/contracts/mlflow";
import { wordsOf } from "@/lib/queries/api-fetch";
import { confirmMlflowImport, startMlflowImport } from "@/lib/queries/mlflow";
import {
  countWrites,
  type ImportRow,
  importProgress,
  prepareImportRows,
} from "@/lib/view-models/mlflow-words";

interface ImportPanelProps {
  projectId: string;
  newest: MlflowImportView | null;
  onChanged(): void;
}

/** Reads the server, shows what would come in, and takes it over when that is confirmed. */
export function ImportPanel({ projectId, newest, onChanged }: ImportPanelProps) {
  const settled = { onSettled: onChanged };
  const read = useMutation({ mutationFn: () => startMlflowImport(projectId), ...settled });
  const confirm = useMutation({ mutationFn: (id: string) => confirmMlflowImport(projectId, id), ...settled });
  const isAtWork = newest?.state === "reading" || newest?.state === "writing";
  const trouble = read.error ?? confirm.error;
  const writes = newest?.state === "read" && newest.preview ? countWrites(newest.preview.counts) : 0;
  return (
    <div className="space-y-4">
      <p className="measure text-ink-muted">
        Prompts with their versions and aliases, evaluation datasets as records, and traces that people have
        judged as answers with labels. You see first what would come in. Done again, it changes nothing that
        is here already.
      </p>
      <div aria-live="polite">{isAtWork && <p>{importProgress(newest)}</p>}</div>
      {newest?.state === "failed" && (
        <Callout tone="worse" title="The server could not be read to the end. Nothing more was written.">
          {newest.problem}
        </Callout>
      )}
      {newest?.state === "read" && newest.preview && (
        <Plan title="What would come in" plan={newest.preview} />
      )}
      {newest?.state === "done" && newest.result && <Plan title="What came in" plan={newest.result} />}
      {trouble && <FieldError>{wordsOf(trouble)}</FieldError>}
      <div className="flex flex-wrap gap-2">
        {newest?.state === "read" && (
          <Button
            variant="primary"
            pending={confirm.isPending}
            onClick={() => confirm.mutate(newest.id)}
            blockedReason={writes === 0 ? "All of it is here already." : undefined}
          >
            Take it over
          </Button>
        )}
        <Button
          pending={read.isPending}
          onClick={() => read.mutate()}
          blockedReason={isAtWork ? "It is at work; wait for it to end." : undefined}
        >
          {newest === null ? "See what is there" : "Look again"}
        </Button>
      </div>
    </div>
  );
}

const columns: readonly TableColumn<ImportRow>[] = [
  { key: "kind", header: "What", cell: ({ kind }) => kind, isRowHeader: true },
  { key: "fresh", header: "New", cell: ({ fresh }) => fresh, isNumeric: true },
  { key: "changed", header: "Changed there", cell: ({ changed }) => changed, isNumeric: true },
  { key: "same", header: "Here already", cell: ({ same }) => same, isNumeric: true },
  { key: "leftOut", header: "Left out", cell: ({ leftOut }) => leftOut, isNumeric: true },
];

function Plan({ title, plan }: { title: string; plan: MlflowImportPlan }) {
  const { notices, moreNotices } = plan;
  return (
    <div className="space-y-3">
      <h3 className="font-semibold">{title}</h3>
      <Table
        caption={title}
        columns={columns}
        rows={prepareImportRows(plan.counts)}
        rowKey={({ kind }) => kind}
      />
      {notices.length > 0 && (
        <Disclosure summary={`What is left out or worth knowing (${notices.length + moreNotices})`}>
          <ul className="measure list-disc space-y-1 ps-5">
            {notices.map((notice) => (
              <li key={notice} className="break-words">
                {notice}
              </li>
            ))}
          </ul>
          {moreNotices > 0 && <p className="text-ink-muted">And {moreNotices} more.</p>}
        </Disclosure>
      )}
    </div>
  );
}
