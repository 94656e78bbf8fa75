import "server-only";
import { and, desc, eq, getTableColumns, inArray, isNull, lt, ne } from "drizzle-orm";
import type { Database } from "../client";
import type { StoredJson } from "../formats";
import { jobs } from "../schema/jobs";
import { recordImportProgress, recordImports } from "../schema/records";

/** Lines that are written so far, and what became of them. */
export type ImportProgress = Omit<typeof recordImportProgress.$inferSelect, "importId" | "createdAt">;

/** An import without its text. */
export interface ImportEntry {
  id: string;
  projectId: string;
  /** Format and columns; the service's own shape. */
  plan: StoredJson;
  /** Null before the first batch. */
  progress: ImportProgress | null;
  /** What it did, once it is over; the service's own shape. */
  result: StoredJson | null;
  jobId: string | null;
  appliedAt: number | null;
  createdBy: string;
  createdAt: number;
}

export interface RecordImport extends ImportEntry {
  /** The file's text, until it is applied; once it is over, the file of rejected lines. */
  source: string;
}

const { importId: _importId, createdAt: _createdAt, ...progress } = getTableColumns(recordImportProgress);
const { source, ...kept } = getTableColumns(recordImports);
const entry = { ...kept, progress };

export class ImportsRepo {
  constructor(private readonly database: Database) {}

  insert(plan: Omit<RecordImport, "appliedAt" | "progress" | "result" | "jobId">): void {
    this.database.db.insert(recordImports).values(plan).run();
  }

  byId(id: string): RecordImport | null {
    return (
      this.database.db
        .select({ ...entry, source })
        .from(recordImports)
        .leftJoin(recordImportProgress, eq(recordImportProgress.importId, recordImports.id))
        .where(eq(recordImports.id, id))
        .all()[0] ?? null
    );
  }

  /** Without the text, which may be long: for those who ask every moment how far it is. */
  entryById(id: string): ImportEntry | null {
    return (
      this.database.db
        .select(entry)
        .from(recordImports)
        .leftJoin(recordImportProgress, eq(recordImportProgress.importId, recordImports.id))
        .where(eq(recordImports.id, id))
        .all()[0] ?? null
    );
  }

  /** Confirmed imports that are not over, the newest first; one that failed can be taken up again. */
  listOpen(projectId: string): ImportEntry[] {
    return this.database.db
      .select(entry)
      .from(recordImports)
      .leftJoin(recordImportProgress, eq(recordImportProgress.importId, recordImports.id))
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

  update(id: string, changes: Partial<Pick<RecordImport, "plan" | "result" | "jobId" | "source">>): void {
    this.database.db.update(recordImports).set(changes).where(eq(recordImports.id, id)).run();
  }

  noteProgress(importId: string, progress: ImportProgress, at: number): void {
    this.database.db
      .insert(recordImportProgress)
      .values({ importId, ...progress, createdAt: at })
      .onConflictDoUpdate({ target: recordImportProgress.importId, set: progress })
      .run();
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
