import "server-only";
import { and, count, eq, gt, inArray, isNull, or } from "drizzle-orm";
import type { Database } from "../client";
import { setupTokens } from "../schema/access";
import { user } from "../schema/auth";

export interface User {
  id: string;
  name: string;
  email: string;
  isServerAdmin: boolean;
  /** Whether the address is known to be theirs, so that single sign-on with it may open this account. */
  isEmailConfirmed: boolean;
  /** Since when they may not come in any more; null = they may. */
  closedAt: number | null;
  createdAt: number;
}

const columns = {
  id: user.id,
  name: user.name,
  email: user.email,
  isServerAdmin: user.isServerAdmin,
  isEmailConfirmed: user.emailVerified,
  closedAt: user.closedAt,
  createdAt: user.createdAt,
};

/** People, as the product sees them; passwords and sessions are written by the accounts' library. */
export class UsersRepo {
  constructor(private readonly database: Database) {}

  /** Makes an account without a way to sign in (sample people, personal links, headless). */
  insert(person: Pick<User, "id" | "name" | "email" | "isServerAdmin"> & { at: number }): User {
    const { at, ...facts } = person;
    const now = new Date(at);
    this.database.db
      .insert(user)
      .values({ ...facts, createdAt: now, updatedAt: now })
      .run();
    return { ...facts, isEmailConfirmed: false, closedAt: null, createdAt: at };
  }

  count(): number {
    return this.database.db.select({ n: count() }).from(user).all()[0]?.n ?? 0;
  }

  byId(id: string): User | null {
    return this.byIds([id])[0] ?? null;
  }

  byIds(ids: readonly string[]): User[] {
    return this.database.db
      .select(columns)
      .from(user)
      .where(inArray(user.id, [...ids]))
      .all()
      .map(toUser);
  }

  /** Addresses are compared without case. */
  byEmail(email: string): User | null {
    return (
      this.database.db
        .select(columns)
        .from(user)
        .where(eq(user.email, email.toLowerCase()))
        .all()
        .map(toUser)[0] ?? null
    );
  }

  /** By name. */
  list(): User[] {
    return this.database.db.select(columns).from(user).orderBy(user.name).all().map(toUser);
  }

  setServerAdmin(userId: string, isServerAdmin: boolean): void {
    this.database.db.update(user).set({ isServerAdmin }).where(eq(user.id, userId)).run();
  }

  /** Changes what is given. `closedAt` shuts the account, or opens it again with null. */
  change(
    userId: string,
    changes: { name?: string; isServerAdmin?: boolean; emailVerified?: boolean; closedAt?: number | null },
    at: number,
  ): void {
    this.database.db
      .update(user)
      .set({ ...changes, updatedAt: new Date(at) })
      .where(eq(user.id, userId))
      .run();
  }

  addSetupToken(hash: string, at: number, expiresAt: number | null): void {
    this.database.db.insert(setupTokens).values({ hash, expiresAt, createdAt: at }).run();
  }

  isSetupTokenOpen(hash: string, now: number): boolean {
    return this.database.db.select().from(setupTokens).where(openToken(hash, now)).all().length > 0;
  }

  /** True once: for the first caller with an open token. */
  useSetupToken(hash: string, now: number): boolean {
    return (
      this.database.db.update(setupTokens).set({ usedAt: now }).where(openToken(hash, now)).run().changes > 0
    );
  }
}

function openToken(hash: string, now: number) {
  const inTime = or(isNull(setupTokens.expiresAt), gt(setupTokens.expiresAt, now));
  return and(eq(setupTokens.hash, hash), isNull(setupTokens.usedAt), inTime);
}

function toUser(row: Omit<User, "createdAt"> & { createdAt: Date }): User {
  return { ...row, createdAt: row.createdAt.getTime() };
}
