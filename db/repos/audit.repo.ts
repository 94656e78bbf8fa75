import "server-only";
import { and, asc, count, desc, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import type { Database } from "../client";
import type { StoredJson } from "../formats";
import { auditLog } from "../schema/operations";

export interface AuditEntry {
  id: string;
  /** Null = the server as a whole. */
  projectId: string | null;
  actorId: string;
  /** As it was then. */
  actorName: string;
  /** Verb of the act, such as `alias-moved`. */
  action: string;
  subjectType: string;
  subjectId: string;
  details: StoredJson | null;
  createdAt: number;
}

/** Which entries; what is left out does not matter. */
export interface AuditWhere {
  projectId?: string | undefined;
  /** Part of the name of whoever did it, in any case. */
  who?: string | undefined;
  action?: string | undefined;
  /** Part of the id of what it was done to. */
  subject?: string | undefined;
  /** Milliseconds since 1970; from the one on, before the other. */
  from?: number | undefined;
  until?: number | undefined;
}

/** Append-only. Ids are sortable, so they are the cursor too. */
export class AuditRepo {
  constructor(private readonly database: Database) {}

  append(entry: AuditEntry): void {
    this.database.db.insert(auditLog).values(entry).run();
  }

  /** Newest first; of a project, or with null of the server; `before` = id of the last entry of the page before. */
  list(projectId: string | null, page: { limit: number; before?: string }): AuditEntry[] {
    const ofProject = projectId === null ? undefined : eq(auditLog.projectId, projectId);
    return this.select(
      and(ofProject, page.before === undefined ? undefined : lt(auditLog.id, page.before)),
      page.limit,
    );
  }

  /** Newest first; `before` = id of the last entry of the page before. */
  search(where: AuditWhere, page: { limit: number; before?: string | undefined }): AuditEntry[] {
    const after = page.before === undefined ? undefined : lt(auditLog.id, page.before);
    return this.select(and(filterOf(where), after), page.limit);
  }

  count(where: AuditWhere): number {
    const rows = this.database.db.select({ n: count() }).from(auditLog).where(filterOf(where)).all();
    return rows[0]?.n ?? 0;
  }

  /** Codes of the acts that there are, of a project or with null of the server. */
  actions(projectId: string | null): string[] {
    return this.database.db
      .selectDistinct({ action: auditLog.action })
      .from(auditLog)
      .where(projectId === null ? undefined : eq(auditLog.projectId, projectId))
      .orderBy(asc(auditLog.action))
      .all()
      .map(({ action }) => action);
  }

  /** Newest first. */
  listBySubject(subjectType: string, subjectId: string): AuditEntry[] {
    return this.select(and(eq(auditLog.subjectType, subjectType), eq(auditLog.subjectId, subjectId)), -1);
  }

  private select(filter: SQL | undefined, limit: number): AuditEntry[] {
    return this.database.db
      .select()
      .from(auditLog)
      .where(filter)
      .orderBy(desc(auditLog.id))
      .limit(limit)
      .all();
  }
}

function filterOf({ projectId, who, action, subject, from, until }: AuditWhere): SQL | undefined {
  return and(
    projectId ? eq(auditLog.projectId, projectId) : undefined,
    who ? sql`instr(lower(${auditLog.actorName}), ${who.toLowerCase()}) > 0` : undefined,
    action ? eq(auditLog.action, action) : undefined,
    subject ? sql`instr(${auditLog.subjectId}, ${subject}) > 0` : undefined,
    from === undefined ? undefined : gte(auditLog.createdAt, from),
    until === undefined ? undefined : lt(auditLog.createdAt, until),
  );
}
