import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import type { Database } from "../client";
import type { StoredJson } from "../formats";
import { recordBulkActs } from "../schema/records";

/** Record id, its revision before the act, its revision after it. */
export type ActChange = readonly [recordId: string, before: number, after: number];

/** One act on many records at once. */
export interface RecordAct {
  id: string;
  projectId: string;
  /** The service's own shape. */
  act: StoredJson;
  changed: ActChange[];
  undoneAt: number | null;
  createdBy: string;
  createdAt: number;
}

export class RecordActsRepo {
  constructor(private readonly database: Database) {}

  insert(act: Omit<RecordAct, "undoneAt">): void {
    const changed = act.changed.map((change) => [...change]);
    this.database.db
      .insert(recordBulkActs)
      .values({ ...act, changed })
      .run();
  }

  byId(id: string): RecordAct | null {
    const row = this.database.db.select().from(recordBulkActs).where(eq(recordBulkActs.id, id)).all()[0];
    return row ? { ...row, changed: row.changed as unknown as ActChange[] } : null;
  }

  /** True once: for the first who takes it back. */
  markUndone(id: string, at: number): boolean {
    const open = and(eq(recordBulkActs.id, id), isNull(recordBulkActs.undoneAt));
    return this.database.db.update(recordBulkActs).set({ undoneAt: at }).where(open).run().changes > 0;
  }
}
