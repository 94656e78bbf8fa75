"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import type { MouseEvent, ReactNode } from "react";
import { Tag } from "@/components/ui/badge";
import { Mark } from "@/components/ui/mark";
import type { TableColumn } from "@/components/ui/table";
import { VirtualTable } from "@/components/ui/virtual-table";
import type { RecordRow } from "@/lib/contracts/records";
import { type RecordFilters, type RecordSort, sortedBy, sortOf } from "@/lib/view-models/record-filters";
import { expectationLine } from "@/lib/view-models/record-row";
import { RowTick } from "./row-tick";
import { SetWord } from "./set-word";
import type { RecordRows } from "./use-record-rows";
import type { RowChoice } from "./use-row-choice";

interface RecordsTableProps {
  rows: RecordRows;
  choice: RowChoice;
  filters: RecordFilters;
  selectedId: string | null;
  hrefOf: (recordId: string) => string;
  onOpen: (recordId: string) => void;
  onFilter: (filters: RecordFilters) => void;
}

/** The records, one a row; with one of them open beside it, only what tells them apart. */
export function RecordsTable(props: RecordsTableProps) {
  const { rows, choice, filters, selectedId, hrefOf, onOpen, onFilter } = props;
  const columns = columnsOf({
    hrefOf,
    onOpen,
    tick: (row) => (
      <RowTick
        row={row}
        isTicked={choice.has(row.id)}
        onTick={(isRange) => choice.toggle(row.id, indexOf(rows, row.id), isRange)}
      />
    ),
    tickAll: <RowTick.All choice={choice} total={rows.total} />,
    head: (sort, words) => <SortHead sort={sort} words={words} filters={filters} onFilter={onFilter} />,
    sorted: (sort) => {
      const now = sortOf(filters);
      return now.sort === sort ? (now.dir === "asc" ? "ascending" : "descending") : undefined;
    },
  });
  const narrow = ["tick", "question", "set", "grade"];
  return (
    <VirtualTable
      caption="Records"
      columns={selectedId === null ? columns : columns.filter(({ key }) => narrow.includes(key))}
      count={rows.total}
      rowAt={rows.rowAt}
      rowKey={(row) => row.id}
      isSelected={(row) => row.id === selectedId}
      onShow={rows.show}
    />
  );
}

/** The place of a row that is drawn, which is loaded. */
function indexOf({ total, rowAt }: RecordRows, recordId: string): number {
  const drawn = document.querySelector(`[data-record="${CSS.escape(recordId)}"]`)?.closest("tr")
    ?.dataset.index;
  const index = Number(drawn ?? -1);
  return index >= 0 && index < total && rowAt(index)?.id === recordId ? index : 0;
}

interface ColumnParts extends Pick<RecordsTableProps, "hrefOf" | "onOpen"> {
  tick: (row: RecordRow) => ReactNode;
  tickAll: ReactNode;
  head: (sort: RecordSort, words: string) => ReactNode;
  sorted: (sort: RecordSort) => "ascending" | "descending" | undefined;
}

function columnsOf({ hrefOf, onOpen, tick, tickAll, head, sorted }: ColumnParts): TableColumn<RecordRow>[] {
  return [
    { key: "tick", header: tickAll, className: "w-10 sm:pe-0! max-sm:absolute max-sm:end-2", cell: tick },
    {
      key: "question",
      header: head("question", "Question"),
      sorted: sorted("question"),
      isRowHeader: true,
      className: "sm:max-w-0 sm:w-3/5 max-sm:pe-10!",
      cell: (row) => <QuestionCell row={row} href={hrefOf(row.id)} onOpen={onOpen} />,
    },
    {
      key: "expected",
      header: "What a good answer does",
      listLabel: "A good answer",
      className: "text-ink-muted sm:max-w-0 sm:w-2/5 max-xl:hidden!",
      cell: (row) => (
        <span dir="auto" className="block truncate">
          {expectationLine(row)}
        </span>
      ),
    },
    {
      key: "tags",
      header: "Tags",
      className: "max-lg:hidden! lg:w-px whitespace-nowrap",
      cell: (row) => <TagsCell tags={row.tags} />,
    },
    {
      key: "set",
      header: head("set", "Set"),
      listLabel: "Set",
      sorted: sorted("set"),
      cell: (row) => <SetWord set={row.set} isPlain />,
    },
    {
      key: "grade",
      header: head("grade", "Grade"),
      listLabel: "Last grade",
      sorted: sorted("grade"),
      isNumeric: true,
      cell: (row) => row.lastGrade ?? <NoGrade />,
    },
  ];
}

interface SortHeadProps extends Pick<RecordsTableProps, "filters" | "onFilter"> {
  sort: RecordSort;
  words: string;
}

/** A column's name that sorts by it; pressed again, the other way round. */
function SortHead({ sort, words, filters, onFilter }: SortHeadProps) {
  const now = sortOf(filters);
  const Arrow = now.dir === "asc" ? ArrowUp : ArrowDown;
  return (
    <button
      type="button"
      onClick={() => onFilter(sortedBy(filters, sort))}
      className="calm -mx-1 inline-flex min-h-6 items-center gap-1 rounded-sm px-1 hover:text-ink"
    >
      {words}
      {now.sort === sort && <Arrow aria-hidden="true" className="size-3" />}
    </button>
  );
}

function TagsCell({ tags }: { tags: readonly string[] }) {
  return (
    <span className="flex items-center gap-1">
      {tags.slice(0, 1).map((tag) => (
        <span key={tag} className="flex max-w-32 overflow-hidden">
          <Tag className="max-w-full!">{tag}</Tag>
        </span>
      ))}
      {tags.length > 1 && (
        <span className="text-ink-muted">
          <span aria-hidden="true">+{tags.length - 1}</span>
          <span className="sr-only">and {tags.slice(1).join(", ")}</span>
        </span>
      )}
    </span>
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
