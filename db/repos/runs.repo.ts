import "server-only";
import { and, desc, eq, getTableColumns, inArray, max } from "drizzle-orm";
import type { RunManifest, RunState } from "@/lib/contracts/runs";
import type { Database } from "../client";
import { jobs } from "../schema/jobs";
import { prompts, promptVersions } from "../schema/prompts";
import { runs } from "../schema/runs";
import { actorName, written } from "./common";

/** A run with what its job and its prompt say. Scores are normalised, 0..1. */
export interface Run {
  id: string;
  projectId: string;
  number: number;
  promptId: string;
  promptName: string;
  promptVersionId: string;
  promptVersion: number;
  jobId: string;
  state: RunState;
  cause: string | null;
  manifest: RunManifest;
  stopReason: string | null;
  recommendedCandidateId: string | null;
  seedScore: number | null;
  recommendedScore: number | null;
  metricCalls: number;
  endedAt: number | null;
  createdBy: string;
  /** Who launched it: the author of the change in a review. */
  createdById: string;
  createdAt: number;
}

export type NewRun = Pick<Run, "id" | "projectId" | "promptId" | "promptVersionId" | "jobId" | "manifest"> & {
  actorId: string;
  at: number;
};

export type RunOutcome = Partial<
  Pick<
    Run,
    "stopReason" | "recommendedCandidateId" | "seedScore" | "recommendedScore" | "metricCalls" | "endedAt"
  >
>;

const { createdBy: createdById, ...facts } = getTableColumns(runs);
const columns = {
  ...facts,
  createdById,
  createdBy: actorName("runs", "created_by"),
  promptName: prompts.name,
  promptVersion: promptVersions.version,
  state: jobs.state,
  cause: jobs.cause,
};

export class RunsRepo {
  constructor(private readonly database: Database) {}

  /** Gives it the next number of its project. Its job comes first. */
  insert({ actorId, at, ...run }: NewRun): Run {
    const { db, transaction } = this.database;
    return transaction(() => {
      const ofProject = eq(runs.projectId, run.projectId);
      const last = db
        .select({ last: max(runs.number) })
        .from(runs)
        .where(ofProject)
        .all()[0]?.last;
      db.insert(runs)
        .values({ ...run, number: (last ?? 0) + 1, createdBy: actorId, createdAt: at })
        .run();
      return written(this.byId(run.id));
    });
  }

  byId(id: string): Run | null {
    return this.select().where(eq(runs.id, id)).all()[0] ?? null;
  }

  byJob(jobId: string): Run | null {
    return this.select().where(eq(runs.jobId, jobId)).all()[0] ?? null;
  }

  /** Newest first. */
  list(projectId: string): Run[] {
    return this.select().where(eq(runs.projectId, projectId)).orderBy(desc(runs.number)).all();
  }

  /** Those that are queued, running or paused. */
  listActive(projectId: string): Run[] {
    const live = inArray(jobs.state, ["queued", "running", "paused"]);
    return this.select()
      .where(and(eq(runs.projectId, projectId), live))
      .orderBy(desc(runs.number))
      .all();
  }

  /** What its row tells of its outcome, kept in step with its events. */
  update(id: string, outcome: RunOutcome): Run | null {
    this.database.db.update(runs).set(outcome).where(eq(runs.id, id)).run();
    return this.byId(id);
  }

  private select() {
    return this.database.db
      .select(columns)
      .from(runs)
      .innerJoin(jobs, eq(jobs.id, runs.jobId))
      .innerJoin(prompts, eq(prompts.id, runs.promptId))
      .innerJoin(promptVersions, eq(promptVersions.id, runs.promptVersionId));
  }
}
