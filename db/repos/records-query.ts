import { and, asc, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { RecordListQuery } from "@/lib/contracts/records";
import type { Database } from "../client";
import { traces, traceVerdicts } from "../schema/evaluations";
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

/** What a list that is sorted by grade goes by. */
export interface GradeOrder {
  judgeVersionId: string;
  /** Answers whose grade its reader must not see yet: their place would give it away. */
  hidden: readonly string[];
}

/** Each record's newest graded answer. */
export function lastGrades(db: Database["db"], projectId: string, { judgeVersionId }: GradeOrder) {
  return db
    .select({
      recordId: traces.recordId,
      // SQLite takes the other columns from the row of the greatest.
      newest: sql<string>`max(printf('%020d', ${traces.createdAt}) || ${traces.id})`.as("newest"),
      traceId: sql<string>`${traces.id}`.as("last_trace_id"),
      normalised: sql<number>`${traceVerdicts.normalised}`.as("last_normalised"),
    })
    .from(traces)
    .innerJoin(traceVerdicts, eq(traceVerdicts.traceId, traces.id))
    .where(
      and(
        eq(traces.projectId, projectId),
        eq(traceVerdicts.judgeVersionId, judgeVersionId),
        eq(traceVerdicts.status, "graded"),
        eq(traceVerdicts.sample, 0),
      ),
    )
    .groupBy(traces.recordId)
    .as("last_grades");
}

/**
 * By what a list sorted by grade is in order. A sealed record has no grade here, nor one whose newest answer is hidden:
 * the rule of lib/services/records/last-grades.ts. What has none comes last, whichever way round.
 */
export function gradeKey(
  last: ReturnType<typeof lastGrades>,
  { hidden }: GradeOrder,
  { sort, dir }: Order,
): SQL<number> {
  const none = isAscending({ sort, dir }) ? 2 : -1;
  const isHidden = sql`${last.traceId} in (select value from json_each(${JSON.stringify(hidden)}))`;
  return sql<number>`coalesce(case when ${records.set} = 'sealed' or ${isHidden} then null else ${last.normalised} end, ${sql.raw(String(none))})`;
}

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

/** @param grade by what records without another order stand; without it a list by grade is one by time */
export function orderOf({ sort, dir }: Order, grade?: SQL): [SQL, SQL] {
  const direction = isAscending({ sort, dir }) ? asc : desc;
  return [direction(columnOf(sort, grade)), direction(records.id)];
}

function columnOf(sort: Order["sort"], grade: SQL | undefined) {
  return sort === "grade" ? (grade ?? records.createdAt) : sortColumn[sort];
}

/** Only what comes after the cursor's row; everything without one. */
export function afterCursor({ cursor, sort, dir }: RecordListQuery, grade?: SQL): SQL | undefined {
  if (cursor === undefined) return undefined;
  const [key, id] = decodeCursor(cursor);
  const comparison = isAscending({ sort, dir }) ? sql`>` : sql`<`;
  return sql`(${columnOf(sort, grade)}, ${records.id}) ${comparison} (${key}, ${id})`;
}

export function sortKeyOf(
  row: typeof records.$inferSelect & { grade?: number },
  sort: Order["sort"],
): CursorKey {
  const { createdAt, updatedAt, question, set, grade = createdAt } = row;
  return [{ created: createdAt, updated: updatedAt, question, set, grade }[sort], row.id];
}

/** Times begin with the newest, words with A, grades with the lowest, unless the other way round is asked for. */
function isAscending({ sort, dir }: Order): boolean {
  return dir === undefined ? sort !== "created" && sort !== "updated" : dir === "asc";
}
