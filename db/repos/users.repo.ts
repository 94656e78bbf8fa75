import "server-only";
import { and, count, eq, gt, inArray, isNull, or } from "drizzle-orm";
import type { Database } from "../client";
import { personalLinks, setupTokens } from "../schema/access";
import { session, user } from "../schema/auth";

export interface User {
  id: string;
  name: string;
  email: string;
  isServerAdmin: boolean;
  createdAt: number;
}

export interface PersonalLink {
  id: string;
  userId: string;
  projectId: string;
  queueId: string | null;
  expiresAt: number;
  usedAt: number | null;
  revokedAt: number | null;
  createdBy: string;
  createdAt: number;
}

const columns = {
  id: user.id,
  name: user.name,
  email: user.email,
  isServerAdmin: user.isServerAdmin,
  createdAt: user.createdAt,
};

/** People, as the product sees them; passwords and sessions are written by the accounts' library. */
export class UsersRepo {
  constructor(private readonly database: Database) {}

  /** Makes an account without a way to sign in (sample people, personal links, headless). */
  insert(person: Omit<User, "createdAt"> & { at: number }): User {
    const { at, ...facts } = person;
    const now = new Date(at);
    this.database.db
      .insert(user)
      .values({ ...facts, createdAt: now, updatedAt: now })
      .run();
    return { ...facts, createdAt: at };
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

  /** Signs the person out everywhere. */
  endSessions(userId: string): void {
    this.database.db.delete(session).where(eq(session.userId, userId)).run();
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

  addPersonalLink({ hash, ...link }: Omit<PersonalLink, "usedAt" | "revokedAt"> & { hash: string }): void {
    this.database.db
      .insert(personalLinks)
      .values({ ...link, hash })
      .run();
  }

  /** The link, once: null when it is unknown, used, revoked or too old. */
  usePersonalLink(hash: string, now: number): PersonalLink | null {
    const isOpen = and(
      eq(personalLinks.hash, hash),
      isNull(personalLinks.usedAt),
      isNull(personalLinks.revokedAt),
      gt(personalLinks.expiresAt, now),
    );
    const row = this.database.db
      .update(personalLinks)
      .set({ usedAt: now })
      .where(isOpen)
      .returning()
      .all()[0];
    return row ? toLink(row) : null;
  }

  personalLinks(projectId: string): PersonalLink[] {
    const ofProject = eq(personalLinks.projectId, projectId);
    return this.database.db
      .select()
      .from(personalLinks)
      .where(ofProject)
      .orderBy(personalLinks.createdAt)
      .all()
      .map(toLink);
  }

  revokePersonalLink(id: string, at: number): void {
    this.database.db.update(personalLinks).set({ revokedAt: at }).where(eq(personalLinks.id, id)).run();
  }
}

function openToken(hash: string, now: number) {
  const inTime = or(isNull(setupTokens.expiresAt), gt(setupTokens.expiresAt, now));
  return and(eq(setupTokens.hash, hash), isNull(setupTokens.usedAt), inTime);
}

function toUser(row: Omit<User, "createdAt"> & { createdAt: Date }): User {
  return { ...row, createdAt: row.createdAt.getTime() };
}

function toLink({ hash: _, ...link }: typeof personalLinks.$inferSelect): PersonalLink {
  return link;
}
