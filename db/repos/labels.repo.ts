import "server-only";
import { and, asc, desc, eq, getTableColumns, gt, inArray, isNull, ne, type SQL } from "drizzle-orm";
import type { LabelView } from "@/lib/contracts/labels";
import type { Database } from "../client";
import { labels } from "../schema/labels";
import { actorName, inBatches, written } from "./common";

/** The wire form, with the queue it was given in. */
export type Label = LabelView & { queueId: string | null };

export type NewLabel = Omit<Label, "author" | "supersededBy"> & { authorId: string };

/** Which labels count: those neither superseded nor withdrawn. */
export interface LabelFilter {
  judgeId?: string;
  traceIds?: readonly string[];
  recordId?: string;
  queueId?: string;
  authorId?: string;
  purpose?: Label["purpose"];
  /** Given after this moment (ms). */
  after?: number;
}

const { authorId, withdrawnAt, setAsideBy, ...facts } = getTableColumns(labels);
const columns = { ...facts, author: { id: authorId, name: actorName("labels", "author_id") } };

export class LabelsRepo {
  constructor(private readonly database: Database) {}

  /** Stores a label; the earlier one of the same person on the same trace and judge is superseded by it. */
  commit(label: NewLabel): Label {
    const { db, transaction } = this.database;
    return transaction(() => {
      db.insert(labels).values(label).run();
      const earlier = and(
        eq(labels.traceId, label.traceId),
        eq(labels.judgeId, label.judgeId),
        eq(labels.authorId, label.authorId),
        ne(labels.id, label.id),
        counts(),
      );
      db.update(labels).set({ supersededBy: label.id }).where(earlier).run();
      return written(this.byId(label.id));
    });
  }

  /** Undo: the label counts no more, and the one that it superseded counts again. Null when it is not this person's or counts no more. */
  withdraw(id: string, byUserId: string, at: number): Label | null {
    const { db, transaction } = this.database;
    return transaction(() => {
      const mine = and(eq(labels.id, id), eq(labels.authorId, byUserId), counts());
      const done = db.update(labels).set({ withdrawnAt: at }).where(mine).run();
      if (done.changes === 0) return null;
      db.update(labels).set({ supersededBy: null }).where(eq(labels.supersededBy, id)).run();
      return this.byId(id);
    });
  }

  byId(id: string): Label | null {
    return this.select(eq(labels.id, id))[0] ?? null;
  }

  /** Also superseded and withdrawn ones: guidelines cite labels for ever. */
  byIds(ids: readonly string[]): Label[] {
    return inBatches(ids).flatMap((batch) => this.select(inArray(labels.id, batch)));
  }

  /** Labels of a project that count, oldest first. */
  list(projectId: string, filter: LabelFilter = {}): Label[] {
    return this.select(
      and(
        eq(labels.projectId, projectId),
        counts(),
        filter.judgeId === undefined ? undefined : eq(labels.judgeId, filter.judgeId),
        filter.traceIds === undefined ? undefined : inArray(labels.traceId, [...filter.traceIds]),
        filter.recordId === undefined ? undefined : eq(labels.recordId, filter.recordId),
        filter.queueId === undefined ? undefined : eq(labels.queueId, filter.queueId),
        filter.authorId === undefined ? undefined : eq(labels.authorId, filter.authorId),
        filter.purpose === undefined ? undefined : eq(labels.purpose, filter.purpose),
        filter.after === undefined ? undefined : gt(labels.createdAt, filter.after),
      ),
    );
  }

  /**
   * Labels that alignment may learn from: teaching, they count, and no change of the standard has set them aside.
   * Checking labels are never among them.
   */
  listTeaching(projectId: string, judgeId: string): Label[] {
    return this.select(
      and(
        eq(labels.projectId, projectId),
        eq(labels.judgeId, judgeId),
        eq(labels.purpose, "teaching"),
        isNull(setAsideBy),
        counts(),
      ),
    );
  }

  /** Labels that a change of the standard takes out of teaching. */
  setAside(ids: readonly string[], changeId: string): void {
    for (const batch of inBatches(ids))
      this.database.db.update(labels).set({ setAsideBy: changeId }).where(inArray(labels.id, batch)).run();
  }

  /** Brings back what this change had set aside. @returns how many */
  bringBack(changeId: string): number {
    return this.database.db.update(labels).set({ setAsideBy: null }).where(eq(setAsideBy, changeId)).run()
      .changes;
  }

  /** This person's label of this answer; null when there is none that counts. */
  mine(traceId: string, judgeId: string, userId: string): Label | null {
    const filter = and(
      eq(labels.traceId, traceId),
      eq(labels.judgeId, judgeId),
      eq(labels.authorId, userId),
      counts(),
    );
    return this.select(filter)[0] ?? null;
  }

  /** Every label of a trace, also those that count no more, newest first: the history of one answer. */
  history(traceId: string): Label[] {
    return this.select(eq(labels.traceId, traceId), desc);
  }

  private select(filter: SQL | undefined, direction = asc): Label[] {
    return this.database.db
      .select(columns)
      .from(labels)
      .where(filter)
      .orderBy(direction(labels.createdAt), direction(labels.id))
      .all();
  }
}

function counts(): SQL | undefined {
  return and(isNull(labels.supersededBy), isNull(withdrawnAt));
}
