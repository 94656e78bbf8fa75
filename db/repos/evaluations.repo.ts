import "server-only";
import { desc, eq, getTableColumns, sql } from "drizzle-orm";
import type { Database } from "../client";
import type { ModelPins } from "../formats";
import { evaluations } from "../schema/evaluations";
import { actorName, written } from "./common";

/** A round of answers. Its state and cause are its job's. */
export interface Evaluation {
  id: string;
  projectId: string;
  promptVersionId: string | null;
  targetVersionId: string | null;
  judgeVersionId: string | null;
  snapshotId: string | null;
  jobId: string | null;
  models: ModelPins;
  total: number;
  queueSize: number;
  simulated: boolean;
  createdBy: string;
  createdById: string;
  createdAt: number;
}

export type NewEvaluation = Omit<Evaluation, "createdBy" | "createdById" | "createdAt"> & {
  actorId: string;
  at: number;
};

/** What its traces say so far, by the verdicts of its own judge version. */
export interface EvaluationCounts {
  /** Traces with state OK. */
  answered: number;
  /** Traces with state ERROR. */
  errors: number;
  graded: number;
  /** Answers whose verdict failed. */
  failedVerdicts: number;
  /** 0..1, over the graded; null when there are none. */
  meanNormalised: number | null;
}

const { createdBy: createdById, ...facts } = getTableColumns(evaluations);
const columns = { ...facts, createdById, createdBy: actorName("evaluations", "created_by") };

export class EvaluationsRepo {
  constructor(private readonly database: Database) {}

  insert({ actorId, at, ...evaluation }: NewEvaluation): Evaluation {
    this.database.db
      .insert(evaluations)
      .values({ ...evaluation, createdBy: actorId, createdAt: at })
      .run();
    return written(this.byId(evaluation.id));
  }

  byId(id: string): Evaluation | null {
    return this.database.db.select(columns).from(evaluations).where(eq(evaluations.id, id)).all()[0] ?? null;
  }

  /** Newest first. */
  list(projectId: string): Evaluation[] {
    const ofProject = eq(evaluations.projectId, projectId);
    return this.database.db
      .select(columns)
      .from(evaluations)
      .where(ofProject)
      .orderBy(desc(evaluations.createdAt))
      .all();
  }

  setJob(id: string, jobId: string): void {
    this.database.db.update(evaluations).set({ jobId }).where(eq(evaluations.id, id)).run();
  }

  counts(id: string): EvaluationCounts {
    const [row] = this.database.db.all<EvaluationCounts>(sql`
      select coalesce(sum(t.state = 'OK'), 0) as answered, coalesce(sum(t.state = 'ERROR'), 0) as errors,
        coalesce(sum(v.status = 'graded'), 0) as graded, coalesce(sum(v.status = 'failed'), 0) as failedVerdicts,
        avg(v.normalised) as meanNormalised
      from traces t
      join evaluations e on e.id = t.evaluation_id
      left join trace_verdicts v on v.trace_id = t.id and v.judge_version_id = e.judge_version_id and v.sample = 0
      where t.evaluation_id = ${id}`);
    return written(row);
  }

  /** Why the first of its answers that failed did, at the assistant or at its own judge version; null when none did. */
  firstFailure(id: string): string | null {
    const [row] = this.database.db.all<{ cause: string | null }>(sql`
      select coalesce(t.cause, v.cause) as cause
      from traces t
      join evaluations e on e.id = t.evaluation_id
      left join trace_verdicts v on v.trace_id = t.id and v.judge_version_id = e.judge_version_id and v.sample = 0
      where t.evaluation_id = ${id} and (t.state = 'ERROR' or v.status = 'failed')
      order by t.created_at, t.id limit 1`);
    return row?.cause ?? null;
  }

  /** How many of its answers its own judge version graded at `normalised` or above. */
  countGradedAtLeast(id: string, normalised: number): number {
    const [row] = this.database.db.all<{ count: number }>(sql`
      select count(*) as count
      from traces t
      join evaluations e on e.id = t.evaluation_id
      join trace_verdicts v on v.trace_id = t.id and v.judge_version_id = e.judge_version_id and v.sample = 0
      where t.evaluation_id = ${id} and v.normalised >= ${normalised} - 1e-9`);
    return written(row).count;
  }
}
