import "server-only";
import { and, asc, desc, eq, getTableColumns, inArray, type SQL, sql } from "drizzle-orm";
import type { TraceView } from "@/lib/contracts/evaluations";
import type { Database } from "../client";
import type { StoredVerdict } from "../formats";
import { traces, traceVerdicts } from "../schema/evaluations";
import { decodeCursor, groupBy, inBatches, type Page, pageOf, written } from "./common";

/** A verdict of one judge version; `sample` above 0 is a fresh reading. */
export type TraceVerdict = StoredVerdict & {
  traceId: string;
  sample: number;
  rawReply: string | null;
  createdAt: number;
};

export type Trace = Omit<TraceView, "verdicts"> & {
  recordRevision: number;
  targetVersionId: string | null;
  /** Where the answer came from, as the label page says above it. */
  provenance: string;
  outputKey: string | null;
  /** The sender's own name, of answers that came from outside. */
  externalId?: string | null;
};

export type TraceWithVerdicts = Trace & { verdicts: TraceVerdict[] };

export interface TraceFilter {
  evaluationId?: string;
  recordId?: string;
  promptVersionId?: string;
  cursor?: string;
  limit: number;
}

export class TracesRepo {
  constructor(private readonly database: Database) {}

  insert(trace: Trace): Trace {
    this.database.db.insert(traces).values(trace).run();
    return written(this.byId(trace.id));
  }

  insertMany(list: readonly Trace[]): void {
    this.database.transaction(() => {
      for (const trace of list) this.database.db.insert(traces).values(trace).run();
    });
  }

  /** Of the same trace, judge version and sample a graded verdict stays; a failed one is replaced. */
  addVerdict(verdict: TraceVerdict): void {
    const graded = verdict.status === "graded" ? verdict : null;
    const { traceId, judgeVersionId, sample, status, rawReply, createdAt } = verdict;
    const facts = {
      status,
      value: graded?.value ?? null,
      rationale: graded?.rationale ?? "",
      normalised: graded?.normalised ?? null,
      cause: verdict.status === "failed" ? verdict.cause : null,
      rawReply,
      createdAt,
    };
    this.database.db
      .insert(traceVerdicts)
      .values({ traceId, judgeVersionId, sample, ...facts })
      .onConflictDoUpdate({
        target: [traceVerdicts.traceId, traceVerdicts.judgeVersionId, traceVerdicts.sample],
        set: facts,
        setWhere: eq(traceVerdicts.status, "failed"),
      })
      .run();
  }

  byId(id: string): TraceWithVerdicts | null {
    return this.byIds([id])[0] ?? null;
  }

  /** An answer from outside by the name that its sender gave it. */
  byExternalId(projectId: string, externalId: string): TraceWithVerdicts | null {
    const named = and(eq(traces.projectId, projectId), eq(traces.externalId, externalId)) as SQL;
    return this.select(named)[0] ?? null;
  }

  /** In no order; ids that do not exist are left out. */
  byIds(ids: readonly string[]): TraceWithVerdicts[] {
    return inBatches(ids).flatMap((batch) => this.select(inArray(traces.id, batch)));
  }

  /**
   * Of the newest `looked` answers of a project the newest good one of each practice record, unless somebody has
   * labelled it for this judge or it waits in an open queue of its. Ids, the newest first.
   */
  freeIds(projectId: string, judgeId: string, looked: number): string[] {
    const rows = this.database.db.all<{ id: string }>(sql`
      with newest as (
        select id, record_id, state, created_at from traces where project_id = ${projectId}
        order by created_at desc, id desc limit ${looked}
      ), of_record as (
        select id, record_id, created_at, max(printf('%020d', created_at) || id) from newest
        where state = 'OK' group by record_id
      )
      select a.id from of_record a join records r on r.id = a.record_id
      where r."set" = 'practice' and r.archived = 0
        and not exists (select 1 from labels l where l.trace_id = a.id and l.judge_id = ${judgeId}
          and l.superseded_by is null and l.withdrawn_at is null)
        and not exists (select 1 from label_items i join label_queues q on q.id = i.queue_id
          where i.trace_id = a.id and q.judge_id = ${judgeId} and q.closed_at is null)
      order by a.created_at desc, a.id desc`);
    return rows.map(({ id }) => id);
  }

  /** In the order they were answered. */
  listByEvaluation(evaluationId: string): TraceWithVerdicts[] {
    return this.select(eq(traces.evaluationId, evaluationId));
  }

  /** Newest first. */
  list(projectId: string, filter: TraceFilter): Page<TraceWithVerdicts> {
    const { evaluationId, recordId, promptVersionId, cursor, limit } = filter;
    const after = cursor === undefined ? null : decodeCursor(cursor);
    const rows = this.database.db
      .select()
      .from(traces)
      .where(
        and(
          eq(traces.projectId, projectId),
          evaluationId === undefined ? undefined : eq(traces.evaluationId, evaluationId),
          recordId === undefined ? undefined : eq(traces.recordId, recordId),
          promptVersionId === undefined ? undefined : eq(traces.promptVersionId, promptVersionId),
          after === null ? undefined : sql`(${traces.createdAt}, ${traces.id}) < (${after[0]}, ${after[1]})`,
        ),
      )
      .orderBy(desc(traces.createdAt), desc(traces.id))
      .limit(limit + 1)
      .all();
    const page = pageOf(
      rows,
      limit,
      (row) => row,
      (row) => [row.createdAt, row.id],
    );
    return { ...page, items: this.withVerdicts(page.items) };
  }

  /** Record id → its newest answer with a grade of this judge version. For the last grade in a table. */
  lastGraded(recordIds: readonly string[], judgeVersionId: string): Map<string, TraceVerdict> {
    const rows = inBatches(recordIds).flatMap((batch) =>
      this.database.db
        .select({ recordId: traces.recordId, verdict: getTableColumns(traceVerdicts) })
        .from(traces)
        .innerJoin(traceVerdicts, eq(traceVerdicts.traceId, traces.id))
        .where(
          and(
            inArray(traces.recordId, batch),
            eq(traceVerdicts.judgeVersionId, judgeVersionId),
            eq(traceVerdicts.status, "graded"),
            eq(traceVerdicts.sample, 0),
          ),
        )
        .orderBy(asc(traces.createdAt), asc(traces.id))
        .all(),
    );
    return new Map(rows.map(({ recordId, verdict }) => [recordId, toVerdict(verdict)]));
  }

  /** Records of a project that have been answered at least once. */
  answeredRecordIds(projectId: string): Set<string> {
    const rows = this.database.db
      .selectDistinct({ recordId: traces.recordId })
      .from(traces)
      .where(eq(traces.projectId, projectId))
      .all();
    return new Set(rows.map(({ recordId }) => recordId));
  }

  /** The newest answers of a record, by any round. */
  latestOfRecord(recordId: string, limit: number): TraceWithVerdicts[] {
    const newest = this.database.db
      .select()
      .from(traces)
      .where(eq(traces.recordId, recordId))
      .orderBy(desc(traces.createdAt), desc(traces.id))
      .limit(limit)
      .all();
    return this.withVerdicts(newest);
  }

  /** Verdicts of one judge version over traces, fresh readings too. */
  verdicts(traceIds: readonly string[], judgeVersionId: string): TraceVerdict[] {
    return this.verdictsOf(traceIds).filter((verdict) => verdict.judgeVersionId === judgeVersionId);
  }

  private select(filter: SQL): TraceWithVerdicts[] {
    const rows = this.database.db
      .select()
      .from(traces)
      .where(filter)
      .orderBy(asc(traces.createdAt), asc(traces.id))
      .all();
    return this.withVerdicts(rows);
  }

  private withVerdicts(rows: readonly Trace[]): TraceWithVerdicts[] {
    const byTrace = groupBy(this.verdictsOf(rows.map(({ id }) => id)), ({ traceId }) => traceId);
    return rows.map((row) => ({ ...row, verdicts: byTrace.get(row.id) ?? [] }));
  }

  private verdictsOf(traceIds: readonly string[]): TraceVerdict[] {
    return inBatches(traceIds).flatMap((batch) =>
      this.database.db
        .select()
        .from(traceVerdicts)
        .where(inArray(traceVerdicts.traceId, batch))
        .orderBy(traceVerdicts.createdAt, traceVerdicts.sample)
        .all()
        .map(toVerdict),
    );
  }
}

function toVerdict(row: typeof traceVerdicts.$inferSelect): TraceVerdict {
  const { traceId, judgeVersionId, sample, rawReply, createdAt, rationale } = row;
  const shared = { traceId, judgeVersionId, sample, rawReply, createdAt };
  if (row.status === "failed")
    return { ...shared, status: "failed", cause: row.cause ?? "no cause was stored" };
  return {
    ...shared,
    status: "graded",
    value: written(row.value),
    rationale,
    normalised: written(row.normalised),
  };
}
