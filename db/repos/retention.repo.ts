import "server-only";
import { NO_LONGER_KEPT, type RetentionPreview } from "@/lib/contracts/retention";
import type { Database } from "../client";
import { wipeTexts } from "../erasure/wipe-json";

/** Moments before which something goes; null = it is kept. */
export interface RetentionLimits {
  callsBefore: number | null;
  messagesBefore: number | null;
}

/** Calls of work that has ended for good before a moment, and that still have their text. */
const OLD_CALLS = `from paid_calls c join jobs j on j.id = c.job_id
  where j.project_id = :project and j.state in ('done', 'cancelled') and j.ended_at < :before
    and c.replied_at is not null and instr(coalesce(c.request, '') || c.reply, '${NO_LONGER_KEPT}') = 0`;

/** What a promotion rests on is never thinned out in silence. */
const IS_EVIDENCE = `j.id in (select job_id from evidence_looks where job_id is not null)
  or j.id in (select job_id from prompt_checks)
  or j.id in (select r.job_id from runs r join reviews v on v.run_id = r.id where v.state <> 'declined')`;

const OLD_MESSAGES = `from webhook_deliveries where state in ('delivered', 'given-up') and created_at < :before
  and webhook_id in (select id from webhooks where project_id = :project)`;

/** What is no longer kept once it is old. */
export class RetentionRepo {
  constructor(private readonly database: Database) {}

  count(projectId: string, { callsBefore, messagesBefore }: RetentionLimits): RetentionPreview {
    const count = (sql: string, before: number | null): number =>
      before === null
        ? 0
        : Number(
            this.database.raw.prepare(`select count(*) ${sql}`).pluck().get({ project: projectId, before }),
          );
    return {
      calls: count(`${OLD_CALLS} and not (${IS_EVIDENCE})`, callsBefore),
      callsKeptAsEvidence: count(`${OLD_CALLS} and (${IS_EVIDENCE})`, callsBefore),
      messages: count(OLD_MESSAGES, messagesBefore),
    };
  }

  /** Takes the text out of at most so many old calls; their numbers stay. Returns how many there were. */
  thinCalls(projectId: string, before: number, limit: number): number {
    const { raw, transaction } = this.database;
    return transaction(() => {
      const rows = raw
        .prepare(
          `select c.id as id, c.request as request, c.reply as reply ${OLD_CALLS} and not (${IS_EVIDENCE}) limit :limit`,
        )
        .all({ project: projectId, before, limit }) as {
        id: string;
        request: string | null;
        reply: string;
      }[];
      const write = raw.prepare("update paid_calls set request = ?, reply = ? where id = ?");
      for (const { id, request, reply } of rows)
        write.run(request === null ? null : thinned(request), thinned(reply), id);
      return rows.length;
    });
  }

  /** Deletes old messages that wait for nothing. Returns how many there were. */
  deleteMessages(projectId: string, before: number): number {
    return this.database.raw.prepare(`delete ${OLD_MESSAGES}`).run({ project: projectId, before }).changes;
  }
}

/** The mark stands in it even where there was no text to take, so that it is not looked at again. */
function thinned(json: string): string {
  const envelope = JSON.parse(json) as { v: number; value: unknown };
  const value = wipeTexts(envelope.value, NO_LONGER_KEPT);
  const marked = typeof value === "object" && value !== null ? { ...value, kept: NO_LONGER_KEPT } : value;
  return JSON.stringify({ ...envelope, value: marked });
}
