import { Table, type TableColumn } from "@/components/ui/table";
import type { GradeRow } from "@/lib/view-models/judge-comparison";

interface GradeShiftProps {
  rows: readonly GradeRow[];
  names: { before: string; after: string };
}

/** How many answers have each grade under both versions, as bars with their numbers. */
export function GradeShift({ rows, names }: GradeShiftProps) {
  const most = Math.max(1, ...rows.flatMap(({ before, after }) => [before, after]));
  const columns: TableColumn<GradeRow>[] = [
    { key: "grade", header: "Grade", cell: ({ label }) => label, isRowHeader: true },
    { key: "before", header: names.before, cell: ({ before }) => <Bar count={before} most={most} /> },
    { key: "after", header: names.after, cell: ({ after }) => <Bar count={after} most={most} /> },
  ];
  return (
    <Table
      caption="Grades of the same answers under both versions"
      columns={columns}
      rows={rows}
      rowKey={({ label }) => label}
      className="max-w-xl rounded-lg border border-line bg-raised"
    />
  );
}

function Bar({ count, most }: { count: number; most: number }) {
  return (
    <span className="flex items-center gap-2 tabular-nums">
      <svg aria-hidden="true" viewBox="0 0 100 10" preserveAspectRatio="none" className="h-2.5 w-24 sm:w-40">
        <rect width={(100 * count) / most} height="10" className="fill-accent" />
      </svg>
      {count}
    </span>
  );
}
