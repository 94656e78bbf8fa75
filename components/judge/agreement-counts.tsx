"use client";

import { Button } from "@/components/ui/button";
import { Table, type TableColumn } from "@/components/ui/table";
import { Term } from "@/components/ui/term";
import type { AgreementTable, AlignmentView } from "@/lib/contracts/judges";
import { type AgreementRow, agreementRows } from "@/lib/view-models/judge-agreement";

interface AgreementCountsProps {
  before: AgreementTable;
  after: AgreementTable;
  human: AlignmentView["human"];
  /** "v3" and "v4". */
  names: { before: string; after: string };
  /** Opens the answers behind a count; they stand further down the page. */
  onOpen: (kind: "too-kind" | "too-harsh" | "failed") => void;
}

/** Both judges on the same unseen answers, in counts (ux.md 7.4). */
export function AgreementCounts({ before, after, human, names, onOpen }: AgreementCountsProps) {
  const columns: TableColumn<AgreementRow>[] = [
    { key: "what", header: "Count", cell: (row) => <RowName row={row} />, isRowHeader: true },
    { key: "before", header: names.before, cell: (row) => row.before, isNumeric: true },
    {
      key: "after",
      header: names.after,
      cell: (row) => <After row={row} onOpen={onOpen} />,
      isNumeric: true,
    },
    ...(human === null || human.pairs === 0
      ? []
      : [
          {
            key: "experts",
            header:
              human.answers === human.pairs
                ? `two experts, ${human.pairs} answers`
                : `experts, ${human.pairs} pairs`,
            cell: (row: AgreementRow) => row.experts ?? "–",
            isNumeric: true,
          },
        ]),
  ];
  return (
    <Table
      caption="Agreement before and after, in counts"
      columns={columns}
      rows={agreementRows(before, after, human)}
      rowKey={({ key }) => key}
      className="rounded-lg border border-line bg-raised"
    />
  );
}

function RowName({ row }: { row: AgreementRow }) {
  if (row.key === "too-kind") return <Term code="too-kind">{row.label}</Term>;
  if (row.key === "too-harsh") return <Term code="too-harsh">{row.label}</Term>;
  return row.label;
}

function After({ row, onOpen }: { row: AgreementRow; onOpen: AgreementCountsProps["onOpen"] }) {
  const { key, after } = row;
  if (key === "same-side" || key === "same-grade" || after === 0) return after;
  return (
    <span className="inline-flex items-center gap-2">
      {after}
      <Button
        size="sm"
        variant="quiet"
        onClick={() => onOpen(key)}
        aria-label={`Open: ${row.label}, ${after}`}
      >
        ▸ open
      </Button>
    </span>
  );
}
