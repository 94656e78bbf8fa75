import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import type { Database } from "../client";
import type { StoredJson } from "../formats";
import { recordImports } from "../schema/records";
import { written } from "./common";

/** First phase of an import: what was read, until it is applied. */
export interface RecordImport {
  id: string;
  projectId: string;
  /** Lines and what shall happen to each; the service's own shape. */
  plan: StoredJson;
  appliedAt: number | null;
  createdBy: string;
  createdAt: number;
}

export class ImportsRepo {
  constructor(private readonly database: Database) {}

  insert(plan: Omit<RecordImport, "appliedAt">): RecordImport {
    this.database.db.insert(recordImports).values(plan).run();
    return written(this.byId(plan.id));
  }

  byId(id: string): RecordImport | null {
    return this.database.db.select().from(recordImports).where(eq(recordImports.id, id)).all()[0] ?? null;
  }

  /** True once: for the first who applies it. */
  markApplied(id: string, at: number): boolean {
    const open = and(eq(recordImports.id, id), isNull(recordImports.appliedAt));
    return this.database.db.update(recordImports).set({ appliedAt: at }).where(open).run().changes > 0;
  }
}
