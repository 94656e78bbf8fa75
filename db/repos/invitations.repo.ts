import "server-only";
import { and, desc, eq, gt, isNull } from "drizzle-orm";
import type { Role } from "@/lib/contracts/permissions";
import type { Database } from "../client";
import { invitations } from "../schema/access";

export interface Invitation {
  id: string;
  projectId: string;
  role: Role;
  /** For this address only; null = for whoever has the link. */
  email: string | null;
  expiresAt: number;
  mailedAt: number | null;
  usedAt: number | null;
  usedBy: string | null;
  revokedAt: number | null;
  createdBy: string;
  createdAt: number;
}

/** Links by which people join a project. Only the hash of a token is stored. */
export class InvitationsRepo {
  constructor(private readonly database: Database) {}

  insert(
    invitation: Pick<
      Invitation,
      "id" | "projectId" | "role" | "email" | "expiresAt" | "createdBy" | "createdAt"
    > & { hash: string },
  ): void {
    this.database.db.insert(invitations).values(invitation).run();
  }

  /** Newest first. */
  list(projectId: string): Invitation[] {
    return this.database.db
      .select()
      .from(invitations)
      .where(eq(invitations.projectId, projectId))
      .orderBy(desc(invitations.createdAt), desc(invitations.id))
      .all()
      .map(toInvitation);
  }

  byId(id: string): Invitation | null {
    return this.first(eq(invitations.id, id));
  }

  /** The one that this token opens: not used, not revoked, not too old. */
  findOpen(hash: string, now: number): Invitation | null {
    return this.first(isOpen(hash, now));
  }

  /** True once: for the first who comes in with it. */
  use(hash: string, userId: string, now: number): boolean {
    const used = { usedAt: now, usedBy: userId };
    return this.database.db.update(invitations).set(used).where(isOpen(hash, now)).run().changes > 0;
  }

  revoke(id: string, at: number): void {
    const still = and(eq(invitations.id, id), isNull(invitations.revokedAt));
    this.database.db.update(invitations).set({ revokedAt: at }).where(still).run();
  }

  noteMailed(id: string, at: number): void {
    this.database.db.update(invitations).set({ mailedAt: at }).where(eq(invitations.id, id)).run();
  }

  private first(filter: ReturnType<typeof and>): Invitation | null {
    const row = this.database.db.select().from(invitations).where(filter).limit(1).all()[0];
    return row ? toInvitation(row) : null;
  }
}

function isOpen(hash: string, now: number) {
  return and(
    eq(invitations.hash, hash),
    isNull(invitations.usedAt),
    isNull(invitations.revokedAt),
    gt(invitations.expiresAt, now),
  );
}

function toInvitation({ hash: _, ...invitation }: typeof invitations.$inferSelect): Invitation {
  return invitation;
}
