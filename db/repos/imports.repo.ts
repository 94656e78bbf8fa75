import "server-only";
import { and, desc, eq, getTableColumns, inArray, isNull, lt, ne } from "drizzle-orm";
import type { Database } from "../client";
import type { StoredJson } from "../formats";
import { jobs } from "../schema/jobs";
import { recordImports } from "../schema/records";
import { written } from "./common";

/** What was read of an import, until it is applied; then what became of it. */
export interface RecordImport {
  id: string;
  projectId: string;
  /** Format and columns; the service's own shape. */
  plan: StoredJson;
  /** The file's text; once it is over, the file of rejected lines. */
  source: string;
  /** Good lines that are written. */
  cursor: number;
  /** What it has done so far; the service's own shape. */
  result: StoredJson | null;
  jobId: string | null;
  appliedAt: number | null;
  createdBy: string;
  createdAt: number;
}

export class ImportsRepo {
  constructor(private readonly database: Database) {}

  insert(plan: Omit<RecordImport, "appliedAt" | "cursor" | "result" | "jobId">): RecordImport {
    this.database.db.insert(recordImports).values(plan).run();
    return written(this.byId(plan.id));
  }

  byId(id: string): RecordImport | null {
    return this.database.db.select().from(recordImports).where(eq(recordImports.id, id)).all()[0] ?? null;
  }

  /** Confirmed imports that are not over, the newest first; one that failed can be taken up again. */
  listOpen(projectId: string): RecordImport[] {
    return this.database.db
      .select(getTableColumns(recordImports))
      .from(recordImports)
      .innerJoin(jobs, eq(jobs.id, recordImports.jobId))
      .where(
        and(
          eq(recordImports.projectId, projectId),
          isNull(recordImports.appliedAt),
          inArray(jobs.state, ["queued", "running", "paused", "failed"]),
        ),
      )
      .orderBy(desc(recordImports.createdAt))
      .all();
  }

  update(
    id: string,
    changes: Partial<Pick<RecordImport, "plan" | "cursor" | "result" | "jobId" | "source">>,
  ): void {
    this.database.db.update(recordImports).set(changes).where(eq(recordImports.id, id)).run();
  }

  /** True once: for the first who applies it. */
  markApplied(id: string, at: number): boolean {
    const open = and(eq(recordImports.id, id), isNull(recordImports.appliedAt));
    return this.database.db.update(recordImports).set({ appliedAt: at }).where(open).run().changes > 0;
  }

  /** Forgets the texts of previews that nobody confirmed before `before`. */
  forgetOld(before: number): void {
    this.database.db
      .update(recordImports)
      .set({ source: "" })
      .where(
        and(isNull(recordImports.jobId), lt(recordImports.createdAt, before), ne(recordImports.source, "")),
      )
      .run();
  }
}
