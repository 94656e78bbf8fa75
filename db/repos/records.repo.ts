import "server-only";
import { and, count, desc, eq, getTableColumns, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import { AppError } from "@/lib/contracts/errors";
import type {
  OptimizationRecord,
  RecordListQuery,
  RecordRevision,
  UpdateRecordInput,
} from "@/lib/contracts/records";
import type { RecordSet } from "@/lib/contracts/word-lists";
import type { Database } from "../client";
import { recordRevisions, records, recordTexts } from "../schema/records";
import { actorName, inBatches, type Page, pageOf, written } from "./common";
import { hasExpectations, inputsHash, questionOf, searchBody } from "./record-text";
import {
  afterCursor,
  filterOf,
  type GradeOrder,
  gradeKey,
  lastGrades,
  orderOf,
  sortKeyOf,
} from "./records-query";

export type NewRecord = Pick<
  OptimizationRecord,
  "id" | "projectId" | "critical" | "tags" | "inputs" | "expectations" | "source"
> & {
  actorId: string;
  at: number;
  /** The import that writes it: no list shows the record before `publish`. */
  stagedBy?: string;
};

/** A record and what its row in the table says. */
export type RecordListItem = OptimizationRecord & { question: string; needsWork: boolean };

export type RecordUpdate =
  | { status: "updated"; record: OptimizationRecord }
  /** Somebody else was faster: nothing was written. */
  | { status: "conflict"; current: OptimizationRecord }
  | { status: "missing" };

export interface RecordCounts extends Record<RecordSet, number> {
  /** All that are not archived. */
  total: number;
  critical: number;
  needsWork: number;
  archived: number;
}

const columns = { ...getTableColumns(records), updatedByName: actorName("records", "updated_by") };
type Row = typeof records.$inferSelect & { updatedByName: string };

export class RecordsRepo {
  constructor(private readonly database: Database) {}

  insert(record: NewRecord): OptimizationRecord {
    this.insertMany([record]);
    return written(this.byId(record.id));
  }

  /** All or none; each is unassigned and has revision 1. */
  insertMany(list: readonly NewRecord[]): void {
    const { db, transaction } = this.database;
    transaction(() => {
      for (const batch of inBatches(list, 100)) {
        db.insert(records).values(batch.map(toNewRow)).run();
        db.insert(recordTexts).values(batch.map(toTextRow)).run();
        db.insert(recordRevisions).values(batch.map(toFirstRevision)).run();
      }
    });
  }

  byId(id: string): OptimizationRecord | null {
    const row = this.database.db.select(columns).from(records).where(eq(records.id, id)).all()[0];
    return row ? toRecord(row) : null;
  }

  /** In no order; ids that do not exist are left out. */
  byIds(ids: readonly string[]): OptimizationRecord[] {
    return inBatches(ids).flatMap((batch) =>
      this.database.db.select(columns).from(records).where(inArray(records.id, batch)).all().map(toRecord),
    );
  }

  /**
   * The records of a project whose inputs have one of these hashes (`inputsHash`), archived ones too; of those that
   * an import has not shown yet only that import's own.
   */
  byInputsHashes(
    projectId: string,
    hashes: readonly string[],
    importId: string | null = null,
  ): { hash: string; record: OptimizationRecord; isStaged: boolean }[] {
    return inBatches(hashes).flatMap((batch) =>
      this.database.db
        .select(columns)
        .from(records)
        .where(
          and(
            eq(records.projectId, projectId),
            inArray(records.inputsHash, batch),
            importId === null
              ? isNull(records.stagedBy)
              : or(isNull(records.stagedBy), eq(records.stagedBy, importId)),
          ),
        )
        .all()
        .map((row) => ({ hash: row.inputsHash, record: toRecord(row), isStaged: row.stagedBy !== null })),
    );
  }

  /**
   * In the order that is asked for; `total` counts the whole filtered list. `offset` skips rows, `cursor` goes on.
   * @param grades needed for the order by grade
   */
  list(
    projectId: string,
    query: RecordListQuery,
    grades: GradeOrder | null = null,
  ): Page<RecordListItem> & { total: number } {
    const filter = filterOf(projectId, query);
    const total =
      this.database.db.select({ total: count() }).from(records).where(filter).all()[0]?.total ?? 0;
    const rows =
      query.sort === "grade" && grades !== null
        ? this.rowsByGrade(projectId, query, grades)
        : this.database.db
            .select(columns)
            .from(records)
            .where(and(filter, afterCursor(query)))
            .orderBy(...orderOf(query))
            .limit(query.limit + 1)
            .offset(query.offset ?? 0)
            .all();
    const toItem = (row: Row): RecordListItem => ({
      ...toRecord(row),
      question: row.question,
      needsWork: row.needsWork,
    });
    return { ...pageOf(rows, query.limit, toItem, (row) => sortKeyOf(row, query.sort)), total };
  }

  private rowsByGrade(projectId: string, query: RecordListQuery, grades: GradeOrder) {
    const { db } = this.database;
    const last = lastGrades(db, projectId, grades);
    const grade = gradeKey(last, grades, query);
    return db
      .select({ ...columns, grade })
      .from(records)
      .leftJoin(last, eq(last.recordId, records.id))
      .where(and(filterOf(projectId, query), afterCursor(query, grade)))
      .orderBy(...orderOf(query, grade))
      .limit(query.limit + 1)
      .offset(query.offset ?? 0)
      .all();
  }

  /** Ids of all records that a list with these filters would show, in its order. */
  listIds(projectId: string, query: RecordListQuery): string[] {
    return this.database.db
      .select({ id: records.id })
      .from(records)
      .where(filterOf(projectId, query))
      .orderBy(...orderOf(query))
      .all()
      .map(({ id }) => id);
  }

  /** Shows what an import has staged, all of it at once. Returns how many. */
  publish(importId: string): number {
    return this.database.db
      .update(records)
      .set({ stagedBy: null, archived: false })
      .where(eq(records.stagedBy, importId))
      .run().changes;
  }

  /** Takes what an import has staged away again; nobody has ever seen it. At most `limit` records; returns how many. */
  discardStaged(importId: string, limit: number): number {
    const { db, transaction } = this.database;
    return transaction(() => {
      const staged = db
        .select({ id: records.id })
        .from(records)
        .where(eq(records.stagedBy, importId))
        .limit(limit)
        .all();
      const ids = staged.map(({ id }) => id);
      db.delete(recordTexts).where(inArray(recordTexts.recordId, ids)).run();
      db.delete(recordRevisions).where(inArray(recordRevisions.recordId, ids)).run();
      db.delete(records).where(inArray(records.id, ids)).run();
      return ids.length;
    });
  }

  /** Practice records that are not archived, oldest first. Never a sealed one: what engine and alignment may read. */
  listPractice(projectId: string): OptimizationRecord[] {
    return this.listSet(projectId, "practice");
  }

  /** Those of the ids that engine and alignment may read: practice, not archived. */
  findForEngine(projectId: string, ids: readonly string[]): OptimizationRecord[] {
    return inBatches([...new Set(ids)])
      .flatMap((batch) => this.listSet(projectId, "practice", inArray(records.id, batch)))
      .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  }

  /** Sealed records that are not archived. For evidence alone. */
  listSealed(projectId: string): OptimizationRecord[] {
    return this.listSet(projectId, "sealed");
  }

  /** Not archived and without a set yet, oldest first. */
  listUnassigned(projectId: string): OptimizationRecord[] {
    return this.listSet(projectId, "unassigned");
  }

  /** Records that must never fail, of any set. For evidence alone: they may be sealed. */
  listCritical(projectId: string): OptimizationRecord[] {
    return this.live(projectId).filter((record) => record.critical);
  }

  /** Every record that is not archived, oldest first: for readiness, export and giving sets. Not for engines. */
  live(projectId: string): OptimizationRecord[] {
    const filter = and(eq(records.projectId, projectId), eq(records.archived, false));
    return this.database.db
      .select(columns)
      .from(records)
      .where(filter)
      .orderBy(records.createdAt, records.id)
      .all()
      .map(toRecord);
  }

  counts(projectId: string): RecordCounts {
    const rows = this.database.db
      .select({
        set: records.set,
        archived: records.archived,
        critical: records.critical,
        needsWork: records.needsWork,
        n: count(),
      })
      .from(records)
      .where(and(eq(records.projectId, projectId), isNull(records.stagedBy)))
      .groupBy(records.set, records.archived, records.critical, records.needsWork)
      .all();
    const sum = (keep: (row: (typeof rows)[number]) => boolean) =>
      rows.filter(keep).reduce((total, row) => total + row.n, 0);
    const ofSet = (set: RecordSet) => sum((row) => !row.archived && row.set === set);
    return {
      total: sum((row) => !row.archived),
      unassigned: ofSet("unassigned"),
      practice: ofSet("practice"),
      sealed: ofSet("sealed"),
      critical: sum((row) => !row.archived && row.critical),
      needsWork: sum((row) => !row.archived && row.needsWork),
      archived: sum((row) => row.archived),
    };
  }

  /** Tags of records that are not archived, most used first. */
  tags(projectId: string): { tag: string; count: number }[] {
    return this.database.db.all(sql`
      select value as tag, count(*) as count from records, json_each(records.tags, '$.value')
      where project_id = ${projectId} and archived = 0 group by value order by count desc, value`);
  }

  /** Writes only onto the revision that the editor saw. */
  update(
    id: string,
    expectedRevision: number,
    changes: UpdateRecordInput,
    actorId: string,
    at: number,
  ): RecordUpdate {
    return this.database.transaction(() => {
      const current = this.byId(id);
      if (current === null) return { status: "missing" };
      if (current.revision !== expectedRevision) return { status: "conflict", current };
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
      const next: OptimizationRecord = { ...current, ...given, revision: current.revision + 1 };
      this.write(next, { updatedBy: actorId, updatedAt: at });
      this.addRevision(next, actorId, at);
      return { status: "updated", record: written(this.byId(id)) };
    });
  }

  /** Newest first. */
  revisions(recordId: string): RecordRevision[] {
    return this.database.db
      .select({ ...getTableColumns(recordRevisions), author: actorName("record_revisions", "created_by") })
      .from(recordRevisions)
      .where(eq(recordRevisions.recordId, recordId))
      .orderBy(desc(recordRevisions.revision))
      .all()
      .map(({ createdBy: _, ...revision }) => revision);
  }

  /**
   * Gives sets to records that have none; giving the set it already has is allowed. All or none.
   * Throws `AppError("conflict")` when a record would move between practice and sealed, or lose its set.
   */
  assignSets(assignments: readonly { recordId: string; set: RecordSet }[]): void {
    const { db, transaction } = this.database;
    transaction(() => {
      for (const { recordId, set } of assignments) {
        const current = db
          .select({ set: records.set })
          .from(records)
          .where(eq(records.id, recordId))
          .all()[0];
        if (current && current.set !== "unassigned" && current.set !== set) {
          const detail = `This record is ${current.set} for life; it cannot become ${set}. No record was changed.`;
          throw new AppError("conflict", detail, { extra: { recordId } });
        }
        db.update(records).set({ set }).where(eq(records.id, recordId)).run();
      }
    });
  }

  private listSet(projectId: string, set: RecordSet, among?: SQL): OptimizationRecord[] {
    const filter = and(
      eq(records.projectId, projectId),
      eq(records.set, set),
      eq(records.archived, false),
      among,
    );
    return this.database.db
      .select(columns)
      .from(records)
      .where(filter)
      .orderBy(records.createdAt, records.id)
      .all()
      .map(toRecord);
  }

  private write(next: OptimizationRecord, stamp: { updatedBy: string; updatedAt: number }): void {
    const { id, inputs, expectations, tags, critical, archived, revision } = next;
    const { db } = this.database;
    db.update(records)
      .set({ inputs, expectations, tags, critical, archived, revision, ...derivedOf(next), ...stamp })
      .where(eq(records.id, id))
      .run();
    db.update(recordTexts)
      .set({ body: searchBody(inputs, expectations, tags) })
      .where(eq(recordTexts.recordId, id))
      .run();
  }

  private addRevision(
    record: Pick<OptimizationRecord, "id" | "revision" | "inputs" | "expectations" | "tags" | "critical">,
    createdBy: string,
    createdAt: number,
  ): void {
    const { id: recordId, revision, inputs, expectations, tags, critical } = record;
    this.database.db
      .insert(recordRevisions)
      .values({ recordId, revision, inputs, expectations, tags, critical, createdBy, createdAt })
      .run();
  }
}

function toNewRow({ actorId, at, ...record }: NewRecord): typeof records.$inferInsert {
  const archived = record.stagedBy !== undefined;
  const stamp = { revision: 1, updatedBy: actorId, createdAt: at, updatedAt: at };
  return { ...record, ...derivedOf(record), archived, ...stamp };
}

function toTextRow({ id, inputs, expectations, tags, at }: NewRecord): typeof recordTexts.$inferInsert {
  return { recordId: id, body: searchBody(inputs, expectations, tags), createdAt: at };
}

function toFirstRevision(record: NewRecord): typeof recordRevisions.$inferInsert {
  const { id: recordId, inputs, expectations, tags, critical, actorId, at } = record;
  return { recordId, revision: 1, inputs, expectations, tags, critical, createdBy: actorId, createdAt: at };
}

function derivedOf({ inputs, expectations }: Pick<OptimizationRecord, "inputs" | "expectations">) {
  const question = questionOf(inputs);
  return {
    question,
    needsWork: question === "" || !hasExpectations(expectations),
    inputsHash: inputsHash(inputs),
  };
}

function toRecord(row: Row): OptimizationRecord {
  const { question: _q, needsWork: _n, inputsHash: _h, stagedBy: _s, updatedByName, ...record } = row;
  return { ...record, updatedBy: updatedByName };
}
