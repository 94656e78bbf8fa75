import { Table, type TableColumn } from "@/components/ui/table";
import type { AgreementTable } from "@/lib/contracts/judges";
import { type FigureRow, figureRows, missingFigures } from "@/lib/view-models/judge-agreement";
import { ConfusionGrid } from "./confusion-grid";

interface FiguresProps {
  before: AgreementTable | null;
  after: AgreementTable;
  names: { before: string; after: string };
  alpha: number | null;
}

/** Measures of agreement with their ranges, for those who want them. Folded on the page. */
export function Figures({ before, after, names, alpha }: FiguresProps) {
  const columns: TableColumn<FigureRow>[] = [
    { key: "figure", header: "Figure (95 % range)", cell: (row) => row.label, isRowHeader: true },
    ...(before === null
      ? []
      : [{ key: "before", header: names.before, cell: (row: FigureRow) => row.before, isNumeric: true }]),
    { key: "after", header: names.after, cell: (row) => row.after, isNumeric: true },
  ];
  const missing = missingFigures(after);
  return (
    <div className="space-y-4">
      <Table
        caption="Figures of agreement"
        columns={columns}
        rows={figureRows(before, after)}
        rowKey={(row) => row.key}
      />
      {alpha !== null && (
        <p className="text-ink-muted">Experts among themselves: Krippendorff's α {alpha.toFixed(2)}.</p>
      )}
      {missing && <p className="text-ink-muted">{missing}</p>}
      <ConfusionGrid table={after} name={names.after} />
    </div>
  );
}
