import "server-only";
import { eq, sql } from "drizzle-orm";
import type { Database } from "../client";
import { joblessCalls, type joblessPurposes } from "../schema/jobs";
import type { JobKind } from "./jobs.repo";

export type JoblessPurpose = (typeof joblessPurposes)[number];

/** A call outside of a job, as it is noted before it flies. */
export type JoblessCall = Pick<
  typeof joblessCalls.$inferSelect,
  "id" | "projectId" | "purpose" | "role" | "model" | "connectionId" | "simulated" | "assumedUsd"
> & { at: number };

/** Calls of one purpose to one model, summed. */
export interface SpendRow {
  kind: JobKind | JoblessPurpose;
  role: string;
  connectionId: string;
  model: string;
  simulated: number;
  calls: number;
  /** Of those with a price, `assumedUsd` included. */
  usd: number;
  /** The part of it that nobody told: calls cut off in the air and the like, at the most they can have cost. */
  assumedUsd: number;
  /** Real ones without. */
  unpriced: number;
  inputTokens: number;
  outputTokens: number;
}

/**
 * What a project's calls count as, those of jobs and those of none. A call that got its reply counts what it cost; one
 * that was sent and cut off counts the most it can have cost. Simulated ones cost nothing.
 */
const COUNTED = sql`(
  select j.project_id as project_id, j.kind as kind, c.role as role, c.connection_id as connection_id,
    c.model as model, c.simulated as simulated, c.input_tokens as input_tokens, c.output_tokens as output_tokens,
    coalesce(c.cost_usd, 0) as told, c.assumed_usd + iif(c.replied_at is null, coalesce(c.held_usd, 0), 0) as assumed,
    c.replied_at is not null and c.cost_usd is null and c.assumed_usd = 0 as unpriced,
    coalesce(c.replied_at, c.created_at) as at
  from paid_calls c join jobs j on j.id = c.job_id
  where c.replied_at is not null or c.assumed_usd > 0 or c.held_usd > 0
  union all
  select project_id, purpose, role, connection_id, model, simulated, input_tokens, output_tokens,
    coalesce(cost_usd, 0), assumed_usd, cost_usd is null and assumed_usd = 0, created_at
  from jobless_calls)`;

export class SpendRepo {
  constructor(private readonly database: Database) {}

  /** Notes a call before it flies: from here on it counts what it costs at most. */
  beginJobless({ at, ...call }: JoblessCall): void {
    this.database.db
      .insert(joblessCalls)
      .values({ ...call, createdAt: at })
      .run();
  }

  /** What it cost in the end. */
  settleJobless(
    id: string,
    told: Pick<typeof joblessCalls.$inferSelect, "inputTokens" | "outputTokens" | "costUsd" | "assumedUsd">,
  ): void {
    this.database.db.update(joblessCalls).set(told).where(eq(joblessCalls.id, id)).run();
  }

  /** It was never sent, or refused: nothing was paid. */
  forgetJobless(id: string): void {
    this.database.db.delete(joblessCalls).where(eq(joblessCalls.id, id)).run();
  }

  /** USD of the project's real calls since then. */
  since(projectId: string, from: number): number {
    const rows = this.database.db.all<{ usd: number }>(sql`
      select coalesce(sum(told + assumed), 0) as usd from ${COUNTED}
      where project_id = ${projectId} and at >= ${from} and simulated = 0`);
    return rows[0]?.usd ?? 0;
  }

  /** A project's calls of this time, by purpose and model. */
  rows(projectId: string, from: number, until: number): SpendRow[] {
    return this.database.db.all<SpendRow>(sql`
      select kind, role, connection_id as connectionId, model, simulated, count(*) as calls,
        sum(iif(simulated, 0, told + assumed)) as usd, sum(iif(simulated, 0, assumed)) as assumedUsd,
        sum(simulated = 0 and unpriced) as unpriced,
        coalesce(sum(input_tokens), 0) as inputTokens, coalesce(sum(output_tokens), 0) as outputTokens
      from ${COUNTED} where project_id = ${projectId} and at >= ${from} and at < ${until}
      group by kind, role, connection_id, model, simulated`);
  }

  /** USD a day (UTC), days without spend left out. */
  byDay(projectId: string, from: number, until: number): { day: string; usd: number }[] {
    return this.database.db.all(sql`
      select strftime('%Y-%m-%d', at / 1000, 'unixepoch') as day, sum(told + assumed) as usd from ${COUNTED}
      where project_id = ${projectId} and simulated = 0 and told + assumed > 0 and at >= ${from} and at < ${until}
      group by day order by day`);
  }

  /** Months (UTC, `2026-11`) that have calls. */
  months(projectId: string): string[] {
    return this.database.db
      .all<{ month: string }>(sql`
        select distinct strftime('%Y-%m', at / 1000, 'unixepoch') as month from ${COUNTED}
        where project_id = ${projectId}`)
      .map(({ month }) => month);
  }
}
