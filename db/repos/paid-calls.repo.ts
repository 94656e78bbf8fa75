import "server-only";
import { and, asc, count, eq, getTableColumns, gte, isNotNull, isNull, lt, sql } from "drizzle-orm";
import type { Database } from "../client";
import type { StoredJson } from "../formats";
import { paidCalls } from "../schema/jobs";
import { written } from "./common";

/** What requests and replies are stored as. */
export type Json = StoredJson;

/** A model reply that was committed. */
export interface PaidCall {
  id: string;
  jobId: string;
  callKey: string;
  /** 1, or more when a kill lost earlier flights of the same call. */
  attempt: number;
  requestHash: string;
  role: string;
  model: string;
  connectionId: string;
  /** The exact request, for the call inspector; null when it was not kept. */
  request: Json | null;
  reply: Json;
  inputTokens: number | null;
  outputTokens: number | null;
  costUsd: number | null;
  latencyMs: number | null;
  simulated: boolean;
  repliedAt: number;
  createdAt: number;
}

export type CallStart = Pick<
  PaidCall,
  "id" | "jobId" | "callKey" | "requestHash" | "role" | "model" | "connectionId" | "request" | "simulated"
> & {
  at: number;
  /** The most this flight can cost, in USD; null or left out where no price is known. */
  heldUsd?: number | null;
};

export type CallReply = Pick<
  PaidCall,
  "reply" | "inputTokens" | "outputTokens" | "costUsd" | "latencyMs" | "simulated"
> & {
  at: number;
};

export interface CallTotals {
  role: string;
  calls: number;
  inputTokens: number;
  outputTokens: number;
  /** Null when no call of the role had a price. */
  costUsd: number | null;
  /** Flights that a kill lost and that were flown again. */
  repeated: number;
}

/** How long a model's calls take and what they use, on average; null where no call told. */
export interface CallPace {
  role: string;
  connectionId: string;
  model: string;
  calls: number;
  latencyMs: number | null;
  inputTokens: number | null;
  outputTokens: number | null;
  /** USD; null where a price or the agent's word is missing. */
  costUsd: number | null;
}

export class PaidCallsRepo {
  constructor(private readonly database: Database) {}

  /** The committed reply of a call; null when it is not known or still in flight. */
  find(jobId: string, callKey: string): PaidCall | null {
    const filter = and(keyOf(jobId, callKey), isNotNull(paidCalls.repliedAt));
    return this.database.db.select().from(paidCalls).where(filter).all().map(toCall)[0] ?? null;
  }

  /**
   * Notes a call before it flies, so that a kill can be told apart. Finding one in flight means that a kill lost
   * it: the attempt counts up. Throws when the reply is there already: look with `find` first.
   */
  begin({ at, ...call }: CallStart): { attempt: number } {
    const row = this.database.db
      .insert(paidCalls)
      .values({ ...call, createdAt: at })
      .onConflictDoUpdate({
        target: [paidCalls.jobId, paidCalls.callKey],
        set: {
          attempt: sql`${paidCalls.attempt} + 1`,
          requestHash: call.requestHash,
          request: call.request,
          // the flight before is lost: nobody will tell any more what it cost
          assumedUsd: sql`${paidCalls.assumedUsd} + coalesce(${paidCalls.heldUsd}, 0)`,
          heldUsd: call.heldUsd ?? null,
        },
        setWhere: isNull(paidCalls.repliedAt),
      })
      .returning({ attempt: paidCalls.attempt })
      .all()[0];
    if (!row) throw new Error(`the reply of ${call.callKey} is committed; it is never bought again`);
    return row;
  }

  /** Commits the reply of a call in flight, before anything uses it. The first reply stands. */
  complete(jobId: string, callKey: string, { at, ...reply }: CallReply): PaidCall {
    this.database.db
      .update(paidCalls)
      .set({
        ...reply,
        repliedAt: at,
        heldUsd: null,
        // An agent that does not say what it cost is counted as the most it can have been.
        ...(reply.costUsd === null
          ? { assumedUsd: sql`${paidCalls.assumedUsd} + coalesce(${paidCalls.heldUsd}, 0)` }
          : {}),
      })
      .where(and(keyOf(jobId, callKey), isNull(paidCalls.repliedAt)))
      .run();
    return written(this.find(jobId, callKey));
  }

  /** Counts so much on top, for a flight whose price nobody told. */
  assume(jobId: string, callKey: string, usd: number): void {
    this.database.db
      .update(paidCalls)
      .set({ assumedUsd: sql`${paidCalls.assumedUsd} + ${usd}` })
      .where(keyOf(jobId, callKey))
      .run();
  }

  /** A call that failed was not paid for: its note goes, unless an earlier flight of it is counted. */
  abandon(jobId: string, callKey: string): void {
    const open = and(keyOf(jobId, callKey), isNull(paidCalls.repliedAt));
    this.database.transaction(() => {
      this.database.db.update(paidCalls).set({ heldUsd: null }).where(open).run();
      this.database.db
        .delete(paidCalls)
        .where(and(open, eq(paidCalls.assumedUsd, 0)))
        .run();
    });
  }

  /** `begin` and `complete` in one; the reply that was committed first is given back. */
  insert(start: CallStart, reply: CallReply): PaidCall {
    return this.database.transaction(() => {
      const known = this.find(start.jobId, start.callKey);
      if (known) return known;
      this.begin(start);
      return this.complete(start.jobId, start.callKey, reply);
    });
  }

  byId(id: string): PaidCall | null {
    const filter = and(eq(paidCalls.id, id), isNotNull(paidCalls.repliedAt));
    return this.database.db.select().from(paidCalls).where(filter).all().map(toCall)[0] ?? null;
  }

  /** For the inspector: oldest first. */
  list(jobId: string, page: { limit: number; offset: number } = { limit: 200, offset: 0 }): PaidCall[] {
    return this.database.db
      .select(getTableColumns(paidCalls))
      .from(paidCalls)
      .where(and(eq(paidCalls.jobId, jobId), isNotNull(paidCalls.repliedAt)))
      .orderBy(asc(paidCalls.createdAt), asc(paidCalls.id))
      .limit(page.limit)
      .offset(page.offset)
      .all()
      .map(toCall);
  }

  /** Committed calls whose key begins so, oldest first. */
  listByKey(jobId: string, prefix: string): PaidCall[] {
    const begins = and(gte(paidCalls.callKey, prefix), lt(paidCalls.callKey, `${prefix}\uffff`));
    return this.database.db
      .select()
      .from(paidCalls)
      .where(and(eq(paidCalls.jobId, jobId), isNotNull(paidCalls.repliedAt), begins))
      .orderBy(asc(paidCalls.createdAt), asc(paidCalls.id))
      .all()
      .map(toCall);
  }

  /** Calls that were begun and have no reply: in flight now, or, when the job is not at work, lost by a kill. */
  countInFlight(jobId: string): number {
    const open = and(eq(paidCalls.jobId, jobId), isNull(paidCalls.repliedAt));
    return this.database.db.select({ n: count() }).from(paidCalls).where(open).all()[0]?.n ?? 0;
  }

  /** This call was noted and has no reply yet. */
  isInFlight(jobId: string, callKey: string): boolean {
    const open = and(keyOf(jobId, callKey), isNull(paidCalls.repliedAt));
    return (this.database.db.select({ n: count() }).from(paidCalls).where(open).all()[0]?.n ?? 0) > 0;
  }

  /** Means of a project's committed calls by role and model; for forecasts. Means of what the provider told. */
  paceOf(projectId: string): CallPace[] {
    return this.database.db.all<CallPace>(sql`
      select c.role as role, c.connection_id as connectionId, c.model as model, count(*) as calls, avg(c.latency_ms) as latencyMs,
        avg(c.input_tokens) as inputTokens, avg(c.output_tokens) as outputTokens, avg(c.cost_usd) as costUsd
      from paid_calls c join jobs j on j.id = c.job_id
      where j.project_id = ${projectId} and c.replied_at is not null
      group by c.role, c.connection_id, c.model`);
  }

  /** By role, committed replies only. */
  totals(jobId: string): CallTotals[] {
    return this.database.db.all<CallTotals>(sql`
      select role, count(*) as calls, coalesce(sum(input_tokens), 0) as inputTokens,
        coalesce(sum(output_tokens), 0) as outputTokens, sum(cost_usd) as costUsd, sum(attempt - 1) as repeated
      from paid_calls where job_id = ${jobId} and replied_at is not null group by role order by role`);
  }

  /** Committed replies that were asked for because the one before could not be used, by role. */
  repairs(jobId: string): { role: string; calls: number }[] {
    return this.database.db.all<{ role: string; calls: number }>(sql`
      select role, count(*) as calls from paid_calls
      where job_id = ${jobId} and replied_at is not null and (call_key like '%:repair' or call_key like '%-repair')
      group by role order by role`);
  }
}

const keyOf = (jobId: string, callKey: string) =>
  and(eq(paidCalls.jobId, jobId), eq(paidCalls.callKey, callKey));

function toCall(row: typeof paidCalls.$inferSelect): PaidCall {
  return { ...row, reply: written(row.reply), repliedAt: written(row.repliedAt) };
}
