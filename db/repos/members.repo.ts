import "server-only";
import { and, eq } from "drizzle-orm";
import type { Role } from "@/lib/contracts/permissions";
import type { Database } from "../client";
import { user } from "../schema/auth";
import { projectMembers } from "../schema/projects";

export interface Member {
  userId: string;
  name: string;
  email: string;
  role: Role;
  /** Since when their account is closed; null = it is open. */
  closedAt: number | null;
}

export class MembersRepo {
  constructor(private readonly database: Database) {}

  /** Adds the person, or gives another role. */
  setRole(projectId: string, userId: string, role: Role, at: number): void {
    this.database.db
      .insert(projectMembers)
      .values({ projectId, userId, role, createdAt: at })
      .onConflictDoUpdate({ target: [projectMembers.projectId, projectMembers.userId], set: { role } })
      .run();
  }

  remove(projectId: string, userId: string): void {
    const key = and(eq(projectMembers.projectId, projectId), eq(projectMembers.userId, userId));
    this.database.db.delete(projectMembers).where(key).run();
  }

  /** By name. */
  list(projectId: string): Member[] {
    return this.database.db
      .select({
        userId: user.id,
        name: user.name,
        email: user.email,
        role: projectMembers.role,
        closedAt: user.closedAt,
      })
      .from(projectMembers)
      .innerJoin(user, eq(user.id, projectMembers.userId))
      .where(eq(projectMembers.projectId, projectId))
      .orderBy(user.name)
      .all();
  }

  /** Project id → role, for the actor of a request. */
  rolesOf(userId: string): Record<string, Role> {
    const rows = this.database.db
      .select()
      .from(projectMembers)
      .where(eq(projectMembers.userId, userId))
      .all();
    return Object.fromEntries(rows.map(({ projectId, role }) => [projectId, role]));
  }

  roleOf(projectId: string, userId: string): Role | null {
    return this.rolesOf(userId)[projectId] ?? null;
  }
}
