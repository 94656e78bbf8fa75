import "server-only";
import { and, asc, eq, getTableColumns, inArray, isNull } from "drizzle-orm";
import type { LabelView } from "@/lib/contracts/labels";
import type { Database } from "../client";
import { disagreementNotes, settlements } from "../schema/labels";
import { actorName } from "./common";

/** The lead expert's decision on an answer. */
export interface Settlement {
  id: string;
  projectId: string;
  traceId: string;
  judgeId: string;
  value: LabelView["value"];
  reason: string;
  createdBy: string;
  createdByName: string;
  createdAt: number;
}

/** What somebody said about an answer on which experts differ. */
export interface DisagreementNote {
  id: string;
  projectId: string;
  traceId: string;
  judgeId: string;
  text: string;
  createdBy: string;
  createdByName: string;
  createdAt: number;
}

/** How disagreements are talked over and settled. Nothing is overwritten: a later decision takes the place of one. */
export class SettlementsRepo {
  constructor(private readonly database: Database) {}

  addNote(note: Omit<DisagreementNote, "createdByName">): void {
    this.database.db.insert(disagreementNotes).values(note).run();
  }

  /** Of these answers, oldest first. */
  notes(judgeId: string, traceIds: readonly string[]): DisagreementNote[] {
    return this.database.db
      .select({
        ...getTableColumns(disagreementNotes),
        createdByName: actorName("disagreement_notes", "created_by"),
      })
      .from(disagreementNotes)
      .where(and(eq(disagreementNotes.judgeId, judgeId), inArray(disagreementNotes.traceId, [...traceIds])))
      .orderBy(asc(disagreementNotes.createdAt), asc(disagreementNotes.id))
      .all();
  }

  /** An earlier decision on the same answer counts no more. */
  settle(decision: Omit<Settlement, "createdByName">): void {
    const { db, transaction } = this.database;
    transaction(() => {
      this.withdraw(decision.judgeId, decision.traceId, decision.createdAt);
      db.insert(settlements).values(decision).run();
    });
  }

  /** Opens the question again; false when no decision counted. */
  withdraw(judgeId: string, traceId: string, at: number): boolean {
    const counting = and(
      eq(settlements.judgeId, judgeId),
      eq(settlements.traceId, traceId),
      isNull(settlements.withdrawnAt),
    );
    return this.database.db.update(settlements).set({ withdrawnAt: at }).where(counting).run().changes > 0;
  }

  /** Trace id → the decision that counts. */
  ofJudge(judgeId: string): Map<string, Settlement> {
    const { withdrawnAt: _, ...columns } = getTableColumns(settlements);
    const rows = this.database.db
      .select({ ...columns, createdByName: actorName("settlements", "created_by") })
      .from(settlements)
      .where(and(eq(settlements.judgeId, judgeId), isNull(settlements.withdrawnAt)))
      .orderBy(asc(settlements.createdAt))
      .all();
    return new Map(rows.map((row) => [row.traceId, row]));
  }
}
