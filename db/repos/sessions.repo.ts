import "server-only";
import { and, desc, eq, gt, inArray, ne } from "drizzle-orm";
import type { Database } from "../client";
import { account, session } from "../schema/auth";

export interface Session {
  id: string;
  userId: string;
  startedAt: number;
  expiresAt: number;
  address: string | null;
  userAgent: string | null;
  /** On a device that others use too. */
  isShared: boolean;
  lastActiveAt: number | null;
  linkId: string | null;
}

/** Who is signed in where. The accounts' library makes the rows; what is ours about them is read and written here. */
export class SessionsRepo {
  constructor(private readonly database: Database) {}

  byId(id: string): Session | null {
    const row = this.database.db.select().from(session).where(eq(session.id, id)).all()[0];
    return row ? toSession(row) : null;
  }

  /** Those that have not run out, newest first. */
  listOf(userId: string, now: number): Session[] {
    return this.database.db
      .select()
      .from(session)
      .where(and(eq(session.userId, userId), gt(session.expiresAt, new Date(now))))
      .orderBy(desc(session.createdAt))
      .all()
      .map(toSession);
  }

  note(
    id: string,
    facts: {
      isShared?: boolean;
      linkId?: string;
      lastActiveAt?: number;
      expiresAt?: Date;
      ipAddress?: string;
    },
  ): void {
    this.database.db.update(session).set(facts).where(eq(session.id, id)).run();
  }

  end(id: string): void {
    this.database.db.delete(session).where(eq(session.id, id)).run();
  }

  /** Signs the person out everywhere, or everywhere but here. @returns how many sessions ended */
  endOf(userId: string, except?: string): number {
    const theirs = eq(session.userId, userId);
    const which = except === undefined ? theirs : and(theirs, ne(session.id, except));
    return this.database.db.delete(session).where(which).run().changes;
  }

  /** Ends what a personal link began. */
  endOfLinks(linkIds: readonly string[]): void {
    this.database.db
      .delete(session)
      .where(inArray(session.linkId, [...linkIds]))
      .run();
  }

  /** The stored hash of a person's password; null = they have none. */
  passwordHashOf(userId: string): string | null {
    const theirs = and(eq(account.userId, userId), eq(account.providerId, "credential"));
    return (
      this.database.db.select({ password: account.password }).from(account).where(theirs).all()[0]
        ?.password ?? null
    );
  }
}

function toSession(row: typeof session.$inferSelect): Session {
  const { id, userId, createdAt, expiresAt, ipAddress, userAgent, isShared, lastActiveAt, linkId } = row;
  return {
    id,
    userId,
    startedAt: createdAt.getTime(),
    expiresAt: expiresAt.getTime(),
    address: ipAddress || null,
    userAgent: userAgent || null,
    isShared,
    lastActiveAt,
    linkId,
  };
}
