import "server-only";
import { and, asc, count, desc, eq, getTableColumns, inArray, lte, type SQL, sql } from "drizzle-orm";
import type { RunState } from "@/lib/contracts/runs";
import type { Database } from "../client";
import type { JobCaps } from "../formats";
import { type jobKinds, jobs } from "../schema/jobs";
import { actorName, written } from "./common";

export type JobKind = (typeof jobKinds)[number];
export type JobState = RunState;

export interface Job {
  id: string;
  kind: JobKind;
  projectId: string | null;
  subjectId: string;
  state: JobState;
  leaseUntil: number | null;
  stage: string;
  done: number;
  total: number;
  caps: JobCaps;
  cause: string | null;
  /** How often it was taken up. */
  attempts: number;
  pauseRequested: boolean;
  cancelRequested: boolean;
  /** When text that it rests on was erased; null = never. */
  erasedAt: number | null;
  startedAt: number | null;
  endedAt: number | null;
  createdBy: string;
  createdById: string;
  createdAt: number;
}

export type NewJob = Pick<Job, "id" | "kind" | "projectId" | "subjectId" | "caps" | "total"> & {
  actorId: string;
  at: number;
};

const { updatedAt: _updatedAt, createdBy: createdById, ...facts } = getTableColumns(jobs);
const columns = { ...facts, createdById, createdBy: actorName("jobs", "created_by") };
const ended: readonly JobState[] = ["done", "failed", "cancelled"];

export class JobsRepo {
  constructor(private readonly database: Database) {}

  enqueue({ actorId, at, ...job }: NewJob): Job {
    this.database.db
      .insert(jobs)
      .values({ ...job, createdBy: actorId, createdAt: at, updatedAt: at })
      .run();
    return written(this.byId(job.id));
  }

  byId(id: string): Job | null {
    return this.database.db.select(columns).from(jobs).where(eq(jobs.id, id)).all()[0] ?? null;
  }

  /** The newest of what it does. */
  ofSubject(subjectId: string): Job | null {
    const ofIt = eq(jobs.subjectId, subjectId);
    return (
      this.database.db
        .select(columns)
        .from(jobs)
        .where(ofIt)
        .orderBy(desc(jobs.createdAt), desc(jobs.id))
        .limit(1)
        .all()[0] ?? null
    );
  }

  byIds(ids: readonly string[]): Job[] {
    return this.database.db
      .select(columns)
      .from(jobs)
      .where(inArray(jobs.id, [...ids]))
      .all();
  }

  /** Of a project, in these states, newest first. */
  list(projectId: string, states?: readonly JobState[]): Job[] {
    const inStates = states === undefined ? undefined : inArray(jobs.state, [...states]);
    const filter = and(eq(jobs.projectId, projectId), inStates);
    return this.database.db
      .select(columns)
      .from(jobs)
      .where(filter)
      .orderBy(desc(jobs.createdAt), desc(jobs.id))
      .all();
  }

  /** How many jobs are in each state, for the operator; states without a job are left out. */
  countByState(): { kind: JobKind; state: JobState; count: number }[] {
    return this.database.db
      .select({ kind: jobs.kind, state: jobs.state, count: count() })
      .from(jobs)
      .groupBy(jobs.kind, jobs.state)
      .all();
  }

  /** Takes the oldest queued job and leases it; null when there is none. */
  claimNext(now: number, leaseMs: number, kinds?: readonly JobKind[]): Job | null {
    return this.database.transaction(() => {
      const ofKinds = kinds === undefined ? undefined : inArray(jobs.kind, [...kinds]);
      const waiting = and(eq(jobs.state, "queued"), ofKinds);
      const [next] = this.database.db
        .select({ id: jobs.id })
        .from(jobs)
        .where(waiting)
        .orderBy(asc(jobs.createdAt), asc(jobs.id))
        .limit(1)
        .all();
      return next ? this.claim(next.id, now, leaseMs) : null;
    });
  }

  /** Takes this one when it is queued. */
  claim(id: string, now: number, leaseMs: number): Job | null {
    return this.change(and(eq(jobs.id, id), eq(jobs.state, "queued")), now, {
      state: "running",
      leaseUntil: now + leaseMs,
      attempts: sql`${jobs.attempts} + 1`,
      startedAt: sql`coalesce(${jobs.startedAt}, ${now})`,
      cause: null,
    });
  }

  /** Prolongs the lease of a running job and says what was asked of it meanwhile; null when it runs no more. */
  heartbeat(id: string, now: number, leaseMs: number): Job | null {
    return this.change(running(id), now, { leaseUntil: now + leaseMs });
  }

  setProgress(id: string, progress: { done?: number; total?: number; stage?: string }, now: number): void {
    this.change(eq(jobs.id, id), now, progress);
  }

  setCaps(id: string, caps: JobCaps, now: number): void {
    this.change(eq(jobs.id, id), now, { caps });
  }

  finish(id: string, now: number): Job | null {
    return this.end(id, "done", null, now);
  }

  fail(id: string, cause: string, now: number): Job | null {
    return this.end(id, "failed", cause, now);
  }

  cancel(id: string, cause: string | null, now: number): Job | null {
    return this.end(id, "cancelled", cause, now);
  }

  /** It has stopped and can be resumed. */
  pause(id: string, cause: string | null, now: number): Job | null {
    const live = and(eq(jobs.id, id), inArray(jobs.state, ["queued", "running"]));
    return this.change(live, now, { state: "paused", cause, leaseUntil: null, pauseRequested: false });
  }

  /** Back into the queue: a paused job by a person, a running one after a crash, an ended one never. */
  requeue(id: string, now: number): Job | null {
    const stopped = and(eq(jobs.id, id), inArray(jobs.state, ["paused", "running", "failed"]));
    return this.change(stopped, now, {
      state: "queued",
      cause: null,
      leaseUntil: null,
      endedAt: null,
      pauseRequested: false,
      cancelRequested: false,
    });
  }

  /** A queued job is paused at once, a running one when it has landed its flights. */
  requestPause(id: string, cause: string | null, now: number): Job | null {
    const waiting = this.change(queued(id), now, { state: "paused", cause });
    return waiting ?? this.change(running(id), now, { pauseRequested: true, cause });
  }

  /** A queued or paused job is cancelled at once, a running one when it notices. */
  requestCancel(id: string, now: number): Job | null {
    const idle = and(eq(jobs.id, id), inArray(jobs.state, ["queued", "paused"]));
    const cancelled = this.change(idle, now, { state: "cancelled", endedAt: now, cause: null });
    return cancelled ?? this.change(running(id), now, { cancelRequested: true });
  }

  /** Running ones whose lease is over; at start, with `all`, every running one: this process runs none yet. */
  listInterrupted(now: number, all = false): Job[] {
    const filter = and(eq(jobs.state, "running"), all ? undefined : lte(jobs.leaseUntil, now));
    return this.database.db.select(columns).from(jobs).where(filter).orderBy(asc(jobs.createdAt)).all();
  }

  /** Pauses everything that is not over (after a restore); gives their number. */
  parkAll(cause: string, now: number): number {
    const live = inArray(jobs.state, ["queued", "running"]);
    return this.database.db
      .update(jobs)
      .set({ state: "paused", cause, leaseUntil: null, updatedAt: now })
      .where(live)
      .run().changes;
  }

  private end(id: string, state: JobState, cause: string | null, now: number): Job | null {
    const open = and(eq(jobs.id, id), sql`${jobs.state} not in ${[...ended]}`);
    return this.change(open, now, {
      state,
      cause,
      leaseUntil: null,
      endedAt: now,
      pauseRequested: false,
      cancelRequested: false,
    });
  }

  private change(filter: SQL | undefined, now: number, changes: JobChanges): Job | null {
    const done = this.database.db
      .update(jobs)
      .set({ ...changes, updatedAt: now })
      .where(filter)
      .returning({ id: jobs.id })
      .all()[0];
    return done ? this.byId(done.id) : null;
  }
}

type JobChanges = { [Key in keyof typeof jobs.$inferInsert]?: (typeof jobs.$inferInsert)[Key] | SQL };

const running = (id: string) => and(eq(jobs.id, id), eq(jobs.state, "running"));
const queued = (id: string) => and(eq(jobs.id, id), eq(jobs.state, "queued"));
