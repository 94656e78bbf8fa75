import "server-only";
import { and, desc, eq, lt, type SQL } from "drizzle-orm";
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
