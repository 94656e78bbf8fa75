"use client";

import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { cx } from "./cx";
import { Cell, HeadRow, ROLE, type TableColumn } from "./table";

interface VirtualTableProps<Row> {
  caption: string;
  columns: readonly TableColumn<Row>[];
  /** Rows of the whole list, loaded or not. */
  count: number;
  /** Null while the row is on its way: its place is kept. */
  rowAt: (index: number) => Row | null;
  rowKey: (row: Row) => string;
  isSelected?: (row: Row) => boolean;
  /** Told which rows are in sight, first and last. */
  onShow: (first: number, last: number) => void;
}

/** Empty room is nothing to read out. */
const HIDDEN = { "aria-hidden": true } as const;
const ROW_PX = 37;
/** Rows outside the window that are drawn too, so that scrolling and Tab find them there. */
const OVERSCAN = 16;
/** What a server draws, before a window is known. */
const FIRST_WINDOW = { width: 1280, height: 900 };

const useIsomorphicLayoutEffect = typeof window === "undefined" ? useEffect : useLayoutEffect;

/**
 * A table of thousands of rows of which those near the window are drawn. It scrolls with the page, tells screen
 * readers how many rows there are, and is a list on phones as `Table` is.
 */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { caption, columns, count, rowAt, rowKey, isSelected, onShow } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const scrollMargin = useTopOf(body);
  const virtual = useWindowVirtualizer({
    count,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    scrollMargin,
    initialRect: FIRST_WINDOW,
  });
  const shown = virtual.getVirtualItems();
  const first = shown[0];
  const last = shown.at(-1);
  const [firstShown, lastShown] = [first?.index ?? 0, last?.index ?? 0];
  useEffect(() => onShow(firstShown, lastShown), [onShow, firstShown, lastShown]);
  const before = first ? first.start - scrollMargin : 0;
  const after = last ? virtual.getTotalSize() - (last.end - scrollMargin) : 0;
  return (
    <table
      {...ROLE.table}
      aria-rowcount={count + 1}
      className="dense-table w-full border-collapse text-start"
    >
      <caption className="sr-only">{caption}</caption>
      <thead {...ROLE.rowgroup}>
        <HeadRow columns={columns} />
      </thead>
      <tbody {...ROLE.rowgroup} ref={body}>
        <Space height={before} span={columns.length} />
        {shown.map(({ index, key }) => {
          const row = rowAt(index);
          const isCurrent = row !== null && isSelected?.(row) === true;
          return (
            <tr
              key={row === null ? `row-${key}` : rowKey(row)}
              {...ROLE.row}
              ref={virtual.measureElement}
              data-index={index}
              aria-rowindex={index + 2}
              aria-current={isCurrent || undefined}
              className={cx(
                "border-b border-line last:border-b-0",
                isCurrent ? "bg-selected" : "hover:bg-hover/60",
              )}
            >
              {row === null ? (
                <td {...ROLE.cell} colSpan={columns.length} className="h-9 px-3 py-1">
                  <span className="block h-3 w-2/5 rounded-sm bg-sunken" />
                  <span className="sr-only">Loading</span>
                </td>
              ) : (
                columns.map((column) => <Cell key={column.key} column={column} row={row} />)
              )}
            </tr>
          );
        })}
        <Space height={after} span={columns.length} />
      </tbody>
    </table>
  );
}

/** Room for the rows that are not drawn. */
function Space({ height, span }: { height: number; span: number }) {
  if (height <= 0) return null;
  return (
    <tr {...HIDDEN} style={{ height, padding: 0 }}>
      <td colSpan={span} style={{ height, padding: 0 }} />
    </tr>
  );
}

/** How far below the top of the page an element begins; measured anew whenever the page is drawn. */
function useTopOf(element: { current: HTMLElement | null }): number {
  const [top, setTop] = useState(0);
  useIsomorphicLayoutEffect(() => {
    if (!element.current) return;
    const now = Math.round(element.current.getBoundingClientRect().top + window.scrollY);
    if (Math.abs(now - top) > 1) setTop(now);
  });
  return top;
}
