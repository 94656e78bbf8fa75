import "server-only";
import { asc, count, desc, eq, isNull } from "drizzle-orm";
import type { EraseTarget, Erasure } from "@/lib/contracts/erasure";
import type { Database } from "../client";
import { type CellChange, type ErasePlan, planRecord, planWords } from "../erasure/plan-erasure";
import { erasures } from "../schema/operations";
import { actorName } from "./common";

export interface ErasureAct {
  id: string;
  projectId: string;
  target: EraseTarget;
  actorId: string;
  at: number;
}

/** An act of erasing by its ids. `recordId` is null for words, which are kept nowhere. */
export interface KeptErasure {
  id: string;
  projectId: string;
  recordId: string | null;
  actorId: string;
  at: number;
}

/** Work that rests on text that goes. */
export interface TouchedJob {
  id: string;
  kind: string;
  subjectId: string;
}

/**
 * *Erase text*: the one place that overwrites history. Triggers that forbid it elsewhere are lifted inside the act's
 * own transaction and are back before it commits.
 */
export class ErasuresRepo {
  constructor(private readonly database: Database) {}

  /** Everything that the act would overwrite, and nothing is. */
  plan(projectId: string, target: EraseTarget): ErasePlan {
    return target.kind === "words"
      ? planWords(this.database.raw, projectId, target.words)
      : planRecord(this.database.raw, projectId, target.recordId);
  }

  /** Carries a plan out that was made in the same transaction, and notes how much it was. */
  carryOut(act: ErasureAct, plan: ErasePlan, touched: readonly TouchedJob[]): void {
    const { raw, transaction } = this.database;
    transaction(() => {
      const restore = this.liftGuards(new Set(plan.changes.map(({ table }) => table)));
      for (const change of plan.changes) this.overwrite(change);
      restore();
      this.addRevisions(plan.changes, act);
      if (act.target.kind === "record")
        raw.prepare("update records set archived = 1, needs_work = 1 where id = ?").run(act.target.recordId);
      const mark = raw.prepare("update jobs set erased_at = ? where id = ?");
      for (const { id } of touched) mark.run(act.at, id);
      this.insert(act, plan);
    });
  }

  /** Unfinished jobs of the project that were sent the text, or would be. */
  touchedJobs(projectId: string, { changes }: ErasePlan): TouchedJob[] {
    const { raw } = this.database;
    const rowids = (table: string): number[] => [
      ...new Set(changes.filter((one) => one.table === table).map(({ rowid }) => rowid)),
    ];
    const json = (table: string): string => JSON.stringify(rowids(table));
    return raw
      .prepare(`
        with changed_records as (select id from records where rowid in (select value from json_each(:records))),
        changed_labels as (select id from labels where rowid in (select value from json_each(:labels))),
        snapshots as (select distinct snapshot_id from dataset_snapshot_items where record_id in changed_records)
        select id, kind, subject_id as subjectId from jobs where project_id = :project
          and state in ('queued', 'running', 'paused', 'failed') and (
            id in (select job_id from paid_calls where rowid in (select value from json_each(:calls)))
            or id in (select job_id from runs where json_extract(manifest, '$.value.snapshotId') in snapshots)
            or id in (select job_id from evaluations where snapshot_id in snapshots)
            or id in (select job_id from evidence_looks where snapshot_id in snapshots)
            or id in (select c.job_id from prompt_checks c join evidence_looks e on e.id = c.look_id where e.snapshot_id in snapshots)
            or id in (select job_id from record_imports where rowid in (select value from json_each(:imports)))
            or id in (select a.job_id from alignments a, json_each(a.label_ids, '$.value') l where l.value in changed_labels)
            or (kind = 'mlflow-import' and subject_id in (select id from mlflow_imports where rowid in (select value from json_each(:remote))))
            or (kind = 'draft' and subject_id in changed_records)
          )`)
      .all({
        project: projectId,
        records: json("records"),
        labels: json("labels"),
        calls: json("paid_calls"),
        imports: json("record_imports"),
        remote: json("mlflow_imports"),
      }) as TouchedJob[];
  }

  /** Connections that the text was sent to in calls, with how many. */
  sentTo({ changes }: ErasePlan): { connectionId: string; calls: number }[] {
    const rowids = changes.filter(({ table }) => table === "paid_calls").map(({ rowid }) => rowid);
    return this.database.raw
      .prepare(
        "select connection_id as connectionId, count(*) as calls from paid_calls where replied_at is not null and rowid in (select value from json_each(?)) group by connection_id",
      )
      .all(JSON.stringify([...new Set(rowids)])) as { connectionId: string; calls: number }[];
  }

  /** Prompt versions that would lose words. */
  promptVersions({ changes }: ErasePlan): string[] {
    const rowids = changes.filter(({ table }) => table === "prompt_versions").map(({ rowid }) => rowid);
    return this.database.raw
      .prepare("select id from prompt_versions where rowid in (select value from json_each(?))")
      .pluck()
      .all(JSON.stringify([...new Set(rowids)])) as string[];
  }

  /** Of all projects, oldest first: what a restore has to do again. */
  everywhere(): KeptErasure[] {
    const { id, projectId, recordId, createdBy, createdAt } = erasures;
    return this.database.db
      .select({ id, projectId, recordId, actorId: createdBy, at: createdAt })
      .from(erasures)
      .orderBy(asc(createdAt), asc(id))
      .all();
  }

  /** Newest first. */
  list(projectId: string): Erasure[] {
    return this.database.db
      .select({
        id: erasures.id,
        kind: erasures.kind,
        recordId: erasures.recordId,
        erased: erasures.erased,
        by: actorName("erasures", "created_by"),
        at: erasures.createdAt,
        compactedAt: erasures.compactedAt,
      })
      .from(erasures)
      .where(eq(erasures.projectId, projectId))
      .orderBy(desc(erasures.createdAt), desc(erasures.id))
      .all();
  }

  /** After how many the file has not been written anew yet. */
  countUnfinished(): number {
    const open = isNull(erasures.compactedAt);
    return this.database.db.select({ n: count() }).from(erasures).where(open).all()[0]?.n ?? 0;
  }

  /** The file was written anew: what was erased before is in no page of it any more. */
  noteCompacted(at: number): void {
    this.database.db.update(erasures).set({ compactedAt: at }).where(isNull(erasures.compactedAt)).run();
  }

  private insert({ id, projectId, target, actorId, at }: ErasureAct, { counts }: ErasePlan): void {
    this.database.db
      .insert(erasures)
      .values({
        id,
        projectId,
        kind: target.kind,
        recordId: target.kind === "record" ? target.recordId : null,
        erased: counts,
        createdBy: actorId,
        createdAt: at,
      })
      .run();
  }

  private overwrite({ table, rowid, column, value }: CellChange): void {
    this.database.raw.prepare(`update "${table}" set "${column}" = ? where rowid = ?`).run(value, rowid);
  }

  /** A revision of its own: an editor that is still open has an old one and cannot save the words again. */
  private addRevisions(changes: readonly CellChange[], { actorId, at }: ErasureAct): void {
    const { raw } = this.database;
    const bump = raw.prepare(
      "update records set revision = revision + 1, updated_by = ?, updated_at = ? where rowid = ?",
    );
    const add = raw.prepare(`
      insert into record_revisions (record_id, revision, inputs, expectations, tags, critical, created_by, created_at)
      select id, revision, inputs, expectations, tags, critical, ?, ? from records where rowid = ?`);
    for (const rowid of new Set(changes.filter(({ table }) => table === "records").map((one) => one.rowid))) {
      bump.run(actorId, at, rowid);
      add.run(actorId, at, rowid);
    }
  }

  /** @returns what puts them back, word for word */
  private liftGuards(tables: ReadonlySet<string>): () => void {
    const { raw } = this.database;
    const guards = raw
      .prepare(
        "select name, tbl_name as tableName, sql from sqlite_master where type = 'trigger' and sql like '%BEFORE UPDATE%raise(ABORT%'",
      )
      .all() as { name: string; tableName: string; sql: string }[];
    const lifted = guards.filter(({ tableName }) => tables.has(tableName));
    for (const { name } of lifted) raw.exec(`drop trigger "${name}"`);
    return () => {
      for (const { sql } of lifted) raw.exec(sql);
    };
  }
}
