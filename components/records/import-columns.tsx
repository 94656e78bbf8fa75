"use client";

import { Select } from "@/components/ui/select";
import { Table } from "@/components/ui/table";
import { type ColumnRole, columnRoles, type ImportColumn } from "@/lib/contracts/record-imports";
import { COLUMN_WORDS } from "@/lib/view-models/record-import";

interface ImportColumnsProps {
  columns: readonly ImportColumn[];
  onChange: (columns: ImportColumn[]) => void;
}

const OPTIONS = columnRoles.map((role) => ({ value: role, label: COLUMN_WORDS[role] }));
/** One column at most is each of these; a second one would take its place. */
const MANY: readonly ColumnRole[] = ["field", "leave-out"];

/** What each column of a table is, with a few of its values: to look at, and to change. */
export function ImportColumns({ columns, onChange }: ImportColumnsProps) {
  const choose = (index: number, role: ColumnRole) =>
    onChange(
      columns.map((column, at) => {
        if (at === index) return { ...column, role };
        const isReplaced = column.role === role && !MANY.includes(role);
        return isReplaced ? { ...column, role: "field" } : column;
      }),
    );
  return (
    <Table
      caption="Columns"
      className="rounded-md border border-line"
      rows={columns.map((column, index) => ({ ...column, index }))}
      rowKey={({ index }) => String(index)}
      columns={[
        {
          key: "name",
          header: "Column",
          isRowHeader: true,
          className: "sm:max-w-40",
          cell: ({ name }) => (
            <span dir="auto" className="block truncate font-medium">
              {name || "without a name"}
            </span>
          ),
        },
        {
          key: "samples",
          header: "For example",
          className: "text-ink-muted sm:max-w-56",
          cell: ({ samples }) => (
            <span dir="auto" className="line-clamp-2">
              {samples.join(" · ") || "empty"}
            </span>
          ),
        },
        {
          key: "role",
          header: "Is read as",
          className: "sm:w-56",
          cell: ({ name, role, index }) => (
            <Select
              aria-label={`Column ${name || index + 1} is read as`}
              options={OPTIONS}
              value={role}
              onValueChange={(next) => choose(index, next)}
            />
          ),
        },
      ]}
    />
  );
}
