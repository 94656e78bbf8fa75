import { and, asc, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { RecordListQuery } from "@/lib/contracts/records";
import { records } from "../schema/records";
import { type CursorKey, decodeCursor } from "./common";
import { searchWords } from "./record-text";

type Order = Pick<RecordListQuery, "sort" | "dir">;

const sortColumn = {
  created: records.createdAt,
  updated: records.updatedAt,
  question: records.question,
  set: records.set,
} as const;

/** The records of a project that a list shows, before paging. */
export function filterOf(projectId: string, query: RecordListQuery): SQL | undefined {
  const { q, tag, set, needsWork, archived } = query;
  return and(
    eq(records.projectId, projectId),
    eq(records.archived, archived),
    archived ? isNull(records.stagedBy) : undefined,
    set === undefined ? undefined : eq(records.set, set),
    needsWork === undefined ? undefined : eq(records.needsWork, needsWork),
    tag === undefined
      ? undefined
      : sql`exists (select 1 from json_each(${records.tags}, '$.value') where value = ${tag})`,
    q === undefined || q.trim() === "" ? undefined : matches(q),
  );
}

/** Every word of the query is in the record, anywhere in a word; the trigram index needs three letters. */
function matches(query: string): SQL {
  const { indexed, short } = searchWords(query);
  const conditions: SQL[] = short.map((word) => sql`instr(body, ${word}) > 0`);
  if (indexed.length > 0) {
    const phrases = indexed.map((word) => `"${word.replaceAll('"', '""')}"`).join(" ");
    conditions.push(sql`row_key in (select rowid from record_search where record_search match ${phrases})`);
  }
  return sql`${records.id} in (select record_id from record_texts where ${sql.join(conditions, sql` and `)})`;
}

export function orderOf({ sort, dir }: Order): [SQL, SQL] {
  const direction = isAscending({ sort, dir }) ? asc : desc;
  return [direction(sortColumn[sort]), direction(records.id)];
}

/** Only what comes after the cursor's row; everything without one. */
export function afterCursor({ cursor, sort, dir }: RecordListQuery): SQL | undefined {
  if (cursor === undefined) return undefined;
  const [key, id] = decodeCursor(cursor);
  const comparison = isAscending({ sort, dir }) ? sql`>` : sql`<`;
  return sql`(${sortColumn[sort]}, ${records.id}) ${comparison} (${key}, ${id})`;
}

export function sortKeyOf(row: typeof records.$inferSelect, sort: Order["sort"]): CursorKey {
  const key = { created: row.createdAt, updated: row.updatedAt, question: row.question, set: row.set }[sort];
  return [key, row.id];
}

/** Times begin with the newest, words with A, unless the other way round is asked for. */
function isAscending({ sort, dir }: Order): boolean {
  return dir === undefined ? sort === "question" || sort === "set" : dir === "asc";
}
