import "server-only";
import { desc, eq, getTableColumns } from "drizzle-orm";
import type { Database } from "../client";
import { standardChanges } from "../schema/judges";
import { actorName, written } from "./common";

const { createdBy: createdById, ...facts } = getTableColumns(standardChanges);
const columns = { ...facts, createdById, createdBy: actorName("standard_changes", "created_by") };

/** One change of what the experts call good. */
export type StandardChange = Omit<typeof standardChanges.$inferSelect, "createdBy"> & {
  createdBy: string;
  createdById: string;
};

export type NewStandardChange = Omit<
  StandardChange,
  "createdBy" | "createdById" | "createdAt" | "undoneAt"
> & { actorId: string; at: number };

export class StandardChangesRepo {
  constructor(private readonly database: Database) {}

  insert({ actorId, at, ...change }: NewStandardChange): StandardChange {
    this.database.db
      .insert(standardChanges)
      .values({ ...change, createdBy: actorId, createdAt: at })
      .run();
    return written(this.byId(change.id));
  }

  byId(id: string): StandardChange | null {
    return (
      this.database.db.select(columns).from(standardChanges).where(eq(standardChanges.id, id)).all()[0] ??
      null
    );
  }

  /** Newest first. */
  list(judgeId: string): StandardChange[] {
    return this.database.db
      .select(columns)
      .from(standardChanges)
      .where(eq(standardChanges.judgeId, judgeId))
      .orderBy(desc(standardChanges.createdAt), desc(standardChanges.id))
      .all();
  }

  setUndone(id: string, at: number): void {
    this.database.db.update(standardChanges).set({ undoneAt: at }).where(eq(standardChanges.id, id)).run();
  }
}
