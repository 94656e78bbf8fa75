"use client";

import type { MouseEvent } from "react";
import { Tag } from "@/components/ui/badge";
import { Mark } from "@/components/ui/mark";
import { Table, type TableColumn } from "@/components/ui/table";
import type { RecordRow } from "@/lib/contracts/records";
import { expectationLine } from "@/lib/view-models/record-row";
import { SetWord } from "./set-word";

interface RecordsTableProps {
  rows: readonly RecordRow[];
  selectedId: string | null;
  hrefOf: (recordId: string) => string;
  onOpen: (recordId: string) => void;
}

/** The records, one a row; with one of them open beside it, only what tells them apart. */
export function RecordsTable({ rows, selectedId, hrefOf, onOpen }: RecordsTableProps) {
  const isNarrow = selectedId !== null;
  const question: TableColumn<RecordRow> = {
    key: "question",
    header: "Question",
    isRowHeader: true,
    className: "sm:max-w-0 sm:w-3/5",
    cell: (row) => <QuestionCell row={row} href={hrefOf(row.id)} onOpen={onOpen} />,
  };
  const expected: TableColumn<RecordRow> = {
    key: "expected",
    header: "What a good answer does",
    listLabel: "A good answer",
    className: "text-ink-muted sm:max-w-0 sm:w-2/5 max-xl:hidden!",
    cell: (row) => (
      <span dir="auto" className="block truncate">
        {expectationLine(row)}
      </span>
    ),
  };
  const tags: TableColumn<RecordRow> = {
    key: "tags",
    header: "Tags",
    className: "max-lg:hidden! lg:w-px whitespace-nowrap",
    cell: (row) => (
      <span className="flex items-center gap-1">
        {row.tags.slice(0, 1).map((tag) => (
          <span key={tag} className="flex max-w-32 overflow-hidden">
            <Tag className="max-w-full!">{tag}</Tag>
          </span>
        ))}
        {row.tags.length > 1 && (
          <span className="text-ink-muted">
            <span aria-hidden="true">+{row.tags.length - 1}</span>
            <span className="sr-only">and {row.tags.slice(1).join(", ")}</span>
          </span>
        )}
      </span>
    ),
  };
  const set: TableColumn<RecordRow> = {
    key: "set",
    header: "Set",
    cell: (row) => <SetWord set={row.set} isPlain />,
  };
  const grade: TableColumn<RecordRow> = {
    key: "grade",
    header: "Grade",
    listLabel: "Last grade",
    isNumeric: true,
    cell: (row) => row.lastGrade ?? <NoGrade />,
  };
  return (
    <Table
      caption="Records"
      columns={isNarrow ? [question, set, grade] : [question, expected, tags, set, grade]}
      rows={rows}
      rowKey={(row) => row.id}
      isSelected={(row) => row.id === selectedId}
    />
  );
}

function NoGrade() {
  return (
    <span className="text-ink-faint">
      <span aria-hidden="true">–</span>
      <span className="sr-only">no grade</span>
    </span>
  );
}

function QuestionCell({
  row,
  href,
  onOpen,
}: {
  row: RecordRow;
  href: string;
  onOpen: (recordId: string) => void;
}) {
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    onOpen(row.id);
  };
  return (
    <span className="flex min-w-0 items-center gap-2">
      <a
        href={href}
        onClick={open}
        data-record={row.id}
        dir="auto"
        className="inset-focus min-w-0 truncate rounded-sm py-1 hover:underline max-sm:line-clamp-2 max-sm:whitespace-normal"
      >
        {row.question || "Without a question"}
      </a>
      {row.critical && (
        <span className="shrink-0 text-xs whitespace-nowrap text-ink-muted max-xl:sr-only">
          must never fail
        </span>
      )}
      {row.needsWork && (
        <span className="shrink-0 text-xs whitespace-nowrap text-warning">
          <Mark kind="warning" isDecoration /> needs work
        </span>
      )}
    </span>
  );
}
