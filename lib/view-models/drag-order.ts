/** Where a row of a list lay when a drag began, in pixels. */
export interface RowPlace {
  top: number;
  height: number;
}

/**
 * The place that a dragged row would get: it has passed another row when its own middle has passed the other's.
 * @param by how far it was dragged; below zero = up
 */
export function placeOfDragged(rows: readonly RowPlace[], from: number, by: number): number {
  const dragged = rows[from];
  if (dragged === undefined) return from;
  const middle = middleOf(dragged) + by;
  const above = rows.filter((row, index) => index < from && middleOf(row) < middle).length;
  const below = rows.filter((row, index) => index > from && middleOf(row) <= middle).length;
  return middle < middleOf(dragged) ? above : from + below;
}

/** How far a row makes way while another one is dragged from one place to another; 0 = it stays. */
export function makeWay(rows: readonly RowPlace[], from: number, to: number, index: number): number {
  const dragged = rows[from];
  if (dragged === undefined || index === from) return 0;
  const next = rows[from + 1];
  const before = rows[from - 1];
  const gap = next
    ? next.top - dragged.top - dragged.height
    : before
      ? dragged.top - before.top - before.height
      : 0;
  if (index > from && index <= to) return -(dragged.height + gap);
  return index < from && index >= to ? dragged.height + gap : 0;
}

function middleOf({ top, height }: RowPlace): number {
  return top + height / 2;
}
