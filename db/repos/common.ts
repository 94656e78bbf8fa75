import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { AppError } from "@/lib/contracts/errors";

/**
 * Name of whoever a column names: the person's, the key's, else the stored text itself (`system`).
 * Raw, because a query over one table drops the table's name from columns and the inner select needs it.
 */
export function actorName(table: string, column: string): SQL<string> {
  const actor = `"${table}"."${column}"`;
  return sql<string>`${sql.raw(
    `coalesce((select u.name from "user" u where u.id = ${actor}), (select k.name from api_keys k where k.id = ${actor}), ${actor})`,
  )}`;
}

/** A page of a list: `nextCursor` is null on the last one. */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

const cursorSchema = z.tuple([z.union([z.number(), z.string()]), z.string()]);
export type CursorKey = z.infer<typeof cursorSchema>;

/** Where a page ended: the sort key and the id of its last row. */
export function encodeCursor(key: CursorKey): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

/** Throws `AppError("invalid-input")` on a cursor that this server did not make. */
export function decodeCursor(cursor: string): CursorKey {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch (cause) {
    throw new AppError("invalid-input", "The list cannot go on from this cursor. Load it from the start.", {
      cause,
    });
  }
}

/** The page of rows that were read with a limit of one more than wanted. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
  toKey: (row: Row) => CursorKey,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toItem),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(toKey(last)) : null,
  };
}

/** Rows by a key, in the order they came. */
export function groupBy<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

/** Splits what would be more bound values than one statement may carry. */
export function inBatches<Item>(items: readonly Item[], size = 500): Item[][] {
  const batches: Item[][] = [];
  for (let start = 0; start < items.length; start += size) batches.push(items.slice(start, start + size));
  return batches;
}

/** The row that a write just made; its absence is a bug. */
export function written<Row>(row: Row | null | undefined): Row {
  if (row === null || row === undefined) throw new Error("a row that was just written cannot be read");
  return row;
}
