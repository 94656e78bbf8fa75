import type { ReactNode } from "react";
import { cx } from "./cx";

export interface TableColumn<Row> {
  key: string;
  /** Column name in words, with its unit. */
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Numbers stand at the end, in digits of equal width. */
  isNumeric?: boolean;
  /** The cell that names the row; one a table. */
  isRowHeader?: boolean;
  /** Name before the value where the table becomes a list. Default: the header, when it is text. */
  listLabel?: string;
  /** Width or alignment. */
  className?: string;
  /** The rows stand in the order of this column. */
  sorted?: "ascending" | "descending" | undefined;
}

interface TableProps<Row> {
  /** What the table holds; read out, and shown with `showCaption`. */
  caption: string;
  columns: readonly TableColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  isSelected?: (row: Row) => boolean;
  showCaption?: boolean;
  className?: string;
}

/** Spelled out, since browsers forget what a table is once it is displayed as blocks. */
export const ROLE = {
  table: { role: "table" },
  rowgroup: { role: "rowgroup" },
  row: { role: "row" },
  columnheader: { role: "columnheader" },
  rowheader: { role: "rowheader" },
  cell: { role: "cell" },
} as const;

/** Rows of 36 px. Under 640 px each row becomes a short list. */
export function Table<Row>({
  caption,
  columns,
  rows,
  rowKey,
  isSelected,
  showCaption,
  className,
}: TableProps<Row>) {
  return (
    <div className={cx("overflow-x-auto", className)}>
      <table {...ROLE.table} className="dense-table w-full border-collapse text-start">
        <caption className={showCaption ? "pb-2 text-start text-ink-muted" : "sr-only"}>{caption}</caption>
        <thead {...ROLE.rowgroup}>
          <HeadRow columns={columns} />
        </thead>
        <tbody {...ROLE.rowgroup} className="divide-y divide-line">
          {rows.map((row) => (
            <tr
              key={rowKey(row)}
              {...ROLE.row}
              aria-current={isSelected?.(row) || undefined}
              className={cx(isSelected?.(row) ? "bg-selected" : "hover:bg-hover/60")}
            >
              {columns.map((column) => (
                <Cell key={column.key} column={column} row={row} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Names of the columns; a column that is sorted by says so. */
export function HeadRow<Row>({ columns }: { columns: readonly TableColumn<Row>[] }) {
  return (
    <tr {...ROLE.row} className="border-b border-line">
      {columns.map((column) => (
        <th
          key={column.key}
          {...ROLE.columnheader}
          scope="col"
          aria-sort={column.sorted}
          className={cx(
            "h-9 px-3 text-xs font-medium text-ink-muted",
            column.isNumeric ? "text-end" : "text-start",
            column.className,
          )}
        >
          {column.header}
        </th>
      ))}
    </tr>
  );
}

export function Cell<Row>({ column, row }: { column: TableColumn<Row>; row: Row }) {
  const className = cx("h-9 px-3 py-1", column.isNumeric && "text-end tabular-nums", column.className);
  if (column.isRowHeader) {
    return (
      <th {...ROLE.rowheader} scope="row" className={cx(className, "text-start font-normal")}>
        {column.cell(row)}
      </th>
    );
  }
  const label = column.listLabel ?? (typeof column.header === "string" ? column.header : undefined);
  return (
    <td {...ROLE.cell} data-label={label} className={className}>
      {column.cell(row)}
    </td>
  );
}
