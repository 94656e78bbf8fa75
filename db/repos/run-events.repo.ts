import "server-only";
import { and, asc, count, eq, gt, inArray, isNull, max } from "drizzle-orm";
import type { z } from "zod";
import type { controlInputSchema, RunEvent, RunEventBody } from "@/lib/contracts/run-events";
import type { Database } from "../client";
import { runEvents, runInputs } from "../schema/runs";

export type ControlInput = z.infer<typeof controlInputSchema>;

export interface RunInput {
  id: string;
  runId: string;
  input: ControlInput;
  /** The decision after which the engine took it; null = not yet. */
  afterDecision: number | null;
  createdBy: string;
  createdAt: number;
}

export class RunEventsRepo {
  constructor(private readonly database: Database) {}

  /** Assigns the next seq of the run. Publish it only after this has returned outside a transaction. */
  append(runId: string, at: number, body: RunEventBody, decision: number | null): RunEvent {
    const { db, transaction } = this.database;
    return transaction(() => {
      const seq = this.lastSeq(runId) + 1;
      db.insert(runEvents).values({ runId, seq, type: body.type, decision, body, createdAt: at }).run();
      return { v: 1, runId, seq, at, body };
    });
  }

  /** In the order of seq; `seq` 0 = from the start. */
  listAfter(runId: string, seq: number, limit: number): RunEvent[] {
    return this.database.db
      .select()
      .from(runEvents)
      .where(and(eq(runEvents.runId, runId), gt(runEvents.seq, seq)))
      .orderBy(asc(runEvents.seq))
      .limit(limit)
      .all()
      .map(toEvent);
  }

  /** Decision events after a number, in order: what a replay is compared with. */
  listDecisions(runId: string, afterDecision = 0): RunEvent[] {
    return this.database.db
      .select()
      .from(runEvents)
      .where(and(eq(runEvents.runId, runId), gt(runEvents.decision, afterDecision)))
      .orderBy(asc(runEvents.decision))
      .all()
      .map(toEvent);
  }

  listByType(runId: string, types: readonly RunEventBody["type"][]): RunEvent[] {
    return this.database.db
      .select()
      .from(runEvents)
      .where(and(eq(runEvents.runId, runId), inArray(runEvents.type, [...types])))
      .orderBy(asc(runEvents.seq))
      .all()
      .map(toEvent);
  }

  /** 0 when the run has no event yet. */
  lastSeq(runId: string): number {
    return (
      this.database.db
        .select({ last: max(runEvents.seq) })
        .from(runEvents)
        .where(eq(runEvents.runId, runId))
        .all()[0]?.last ?? 0
    );
  }

  /** Number of the last stored decision; 0 when there is none. */
  lastDecision(runId: string): number {
    const ofRun = eq(runEvents.runId, runId);
    return (
      this.database.db
        .select({ last: max(runEvents.decision) })
        .from(runEvents)
        .where(ofRun)
        .all()[0]?.last ?? 0
    );
  }

  /** Something from outside that the engine shall meet at its next decision. */
  addInput(input: Omit<RunInput, "afterDecision" | "createdBy"> & { actorId: string }): void {
    const { actorId, ...values } = input;
    this.database.db
      .insert(runInputs)
      .values({ ...values, createdBy: actorId })
      .run();
  }

  /**
   * The inputs after a decision, in order. Live, the waiting ones are journaled at this decision first; on a
   * replay (a later decision is stored) only what was journaled is given, so that it meets the same again.
   */
  takeInputs(runId: string, decision: number): ControlInput[] {
    const { db, transaction } = this.database;
    return transaction(() => {
      if (decision >= this.lastDecision(runId)) {
        const waiting = and(eq(runInputs.runId, runId), isNull(runInputs.afterDecision));
        db.update(runInputs).set({ afterDecision: decision }).where(waiting).run();
      }
      const taken = and(eq(runInputs.runId, runId), eq(runInputs.afterDecision, decision));
      return db
        .select()
        .from(runInputs)
        .where(taken)
        .orderBy(asc(runInputs.id))
        .all()
        .map(({ input }) => input);
    });
  }

  /** Waiting and taken, oldest first. */
  listInputs(runId: string): RunInput[] {
    return this.database.db
      .select()
      .from(runInputs)
      .where(eq(runInputs.runId, runId))
      .orderBy(asc(runInputs.id))
      .all();
  }

  countInputs(runId: string): number {
    return (
      this.database.db.select({ n: count() }).from(runInputs).where(eq(runInputs.runId, runId)).all()[0]?.n ??
      0
    );
  }
}

function toEvent({ runId, seq, createdAt, body }: typeof runEvents.$inferSelect): RunEvent {
  return { v: 1, runId, seq, at: createdAt, body };
}
