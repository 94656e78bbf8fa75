import "server-only";
import { and, eq, isNull, lte } from "drizzle-orm";
import type { Database } from "../client";
import type { StoredJson } from "../formats";
import { idempotencyKeys } from "../schema/operations";

export type IdempotencyStart =
  /** Do the work, then `finish` (or `forget` when it failed). */
  | { status: "new" }
  /** The first request with this key is still at work. */
  | { status: "at-work" }
  /** The key was used for another request. */
  | { status: "mismatch" }
  | { status: "answered"; response: StoredJson };

export class IdempotencyRepo {
  constructor(private readonly database: Database) {}

  start(request: {
    actorId: string;
    key: string;
    requestHash: string;
    now: number;
    expiresAt: number;
  }): IdempotencyStart {
    const { actorId, key, requestHash, now, expiresAt } = request;
    const { db, transaction } = this.database;
    return transaction(() => {
      db.delete(idempotencyKeys).where(lte(idempotencyKeys.expiresAt, now)).run();
      const known = db.select().from(idempotencyKeys).where(keyOf(actorId, key)).all()[0];
      if (known === undefined) {
        db.insert(idempotencyKeys).values({ actorId, key, requestHash, expiresAt, createdAt: now }).run();
        return { status: "new" };
      }
      if (known.requestHash !== requestHash) return { status: "mismatch" };
      return known.response === null
        ? { status: "at-work" }
        : { status: "answered", response: known.response };
    });
  }

  /** @param response what the same request gets again */
  finish(actorId: string, key: string, response: StoredJson): void {
    this.database.db.update(idempotencyKeys).set({ response }).where(keyOf(actorId, key)).run();
  }

  /** The work failed: the key may be used again. */
  forget(actorId: string, key: string): void {
    this.database.db.delete(idempotencyKeys).where(keyOf(actorId, key)).run();
  }

  /** At start: what was at work when the process died can be tried again. */
  forgetUnfinished(): void {
    this.database.db.delete(idempotencyKeys).where(isNull(idempotencyKeys.response)).run();
  }
}

const keyOf = (actorId: string, key: string) =>
  and(eq(idempotencyKeys.actorId, actorId), eq(idempotencyKeys.key, key));
