"use client";

import { type CSSProperties, type PointerEvent, type RefObject, useEffect, useRef, useState } from "react";
import { makeWay, placeOfDragged, type RowPlace } from "@/lib/view-models/drag-order";
import { beginDrag } from "./drag-session";

interface Drag {
  key: string;
  rows: readonly RowPlace[];
  from: number;
  to: number;
  /** How far it is drawn from its place. */
  drawnBy: number;
}

interface DragRows {
  /** The key of the row that is dragged now. */
  dragged: string | null;
  /** Where a row is drawn while another, or it, is dragged. */
  styleOf: (key: string) => CSSProperties | undefined;
  /** For the handle of a row. */
  start: (key: string, event: PointerEvent<HTMLElement>) => void;
}

/**
 * Rows of a list put into another order by dragging a handle, with a mouse or a finger. Nothing changes before the row
 * is dropped; when the rows change meanwhile, the drag ends without effect.
 * @param list its children are the rows, in the order of `keys`
 */
export function useDragRows(
  list: RefObject<HTMLElement | null>,
  keys: readonly string[],
  onDrop: (key: string, to: number) => void,
): DragRows {
  const [drag, setDrag] = useState<Drag | null>(null);
  const cancel = useRef<(() => void) | null>(null);
  const drop = useRef(onDrop);
  useEffect(() => {
    drop.current = onDrop;
  });
  const order = keys.join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies: another order, or leaving, ends what began with this one
  useEffect(() => () => cancel.current?.(), [order]);
  const start = (key: string, event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0 || cancel.current !== null || list.current === null) return;
    // no text is chosen, and the focus stays where it is
    event.preventDefault();
    const rows = [...list.current.children].map((row) => {
      const { top, height } = row.getBoundingClientRect();
      return { top, height };
    });
    const from = keys.indexOf(key);
    let to = from;
    setDrag({ key, rows, from, to, drawnBy: 0 });
    cancel.current = beginDrag({
      handle: event.currentTarget,
      pointerId: event.pointerId,
      startY: event.clientY,
      list: list.current,
      onMove: (by) => {
        to = placeOfDragged(rows, from, by);
        setDrag({ key, rows, from, to, drawnBy: insideList(rows, from, by) });
      },
      onEnd: (outcome) => {
        cancel.current = null;
        setDrag(null);
        if (outcome === "dropped" && to !== from) drop.current(key, to);
      },
    });
  };
  const styleOf = (key: string): CSSProperties | undefined => {
    if (drag === null) return undefined;
    const by = key === drag.key ? drag.drawnBy : makeWay(drag.rows, drag.from, drag.to, keys.indexOf(key));
    return { transform: `translateY(${by}px)` };
  };
  return { dragged: drag?.key ?? null, styleOf, start };
}

/** The row never leaves the list, so that the page does not grow under it. */
function insideList(rows: readonly RowPlace[], from: number, by: number): number {
  const [first, dragged, last] = [rows[0], rows[from], rows.at(-1)];
  if (!first || !dragged || !last) return 0;
  const down = last.top + last.height - dragged.top - dragged.height;
  return Math.min(Math.max(by, first.top - dragged.top), down);
}
