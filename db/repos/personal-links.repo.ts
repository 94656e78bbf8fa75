import "server-only";
import { and, desc, eq, gt, isNull } from "drizzle-orm";
import type { Database } from "../client";
import { personalLinks } from "../schema/access";

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

/** Links that sign one person in, once, for one queue. Only the hash of a token is stored. */
export class PersonalLinksRepo {
  constructor(private readonly database: Database) {}

  insert(link: Omit<PersonalLink, "usedAt" | "revokedAt"> & { hash: string }): void {
    this.database.db.insert(personalLinks).values(link).run();
  }

  byId(id: string): PersonalLink | null {
    return this.first(eq(personalLinks.id, id));
  }

  findOpen(hash: string, now: number): PersonalLink | null {
    return this.first(isOpen(hash, now));
  }

  /** The link, once: null when it is unknown, used, revoked or too old. */
  use(hash: string, now: number): PersonalLink | null {
    const rows = this.database.db
      .update(personalLinks)
      .set({ usedAt: now })
      .where(isOpen(hash, now))
      .returning()
      .all();
    return rows[0] ? toLink(rows[0]) : null;
  }

  /** Newest first. */
  list(projectId: string): PersonalLink[] {
    return this.database.db
      .select()
      .from(personalLinks)
      .where(eq(personalLinks.projectId, projectId))
      .orderBy(desc(personalLinks.createdAt), desc(personalLinks.id))
      .all()
      .map(toLink);
  }

  revoke(id: string, at: number): void {
    const still = and(eq(personalLinks.id, id), isNull(personalLinks.revokedAt));
    this.database.db.update(personalLinks).set({ revokedAt: at }).where(still).run();
  }

  /** All of one person in a project. */
  revokeOf(projectId: string, userId: string, at: number): void {
    const theirs = and(
      eq(personalLinks.projectId, projectId),
      eq(personalLinks.userId, userId),
      isNull(personalLinks.revokedAt),
    );
    this.database.db.update(personalLinks).set({ revokedAt: at }).where(theirs).run();
  }

  private first(filter: ReturnType<typeof and>): PersonalLink | null {
    const row = this.database.db.select().from(personalLinks).where(filter).limit(1).all()[0];
    return row ? toLink(row) : null;
  }
}

function isOpen(hash: string, now: number) {
  return and(
    eq(personalLinks.hash, hash),
    isNull(personalLinks.usedAt),
    isNull(personalLinks.revokedAt),
    gt(personalLinks.expiresAt, now),
  );
}

function toLink({ hash: _, ...link }: typeof personalLinks.$inferSelect): PersonalLink {
  return link;
}
