import "server-only";
import { AppError } from "@/lib/contracts/errors";
import type { Member } from "@/lib/contracts/people";
import type { Actor, Role } from "@/lib/contracts/permissions";
import { audit } from "../audit";
import { authorize } from "../authorize";
import type { ServiceDeps } from "../service-deps";
import { signsInBy } from "./signs-in-by";

/** Who is in a project, and as what. A project always keeps an admin. */
export function createMembersService(deps: Pick<ServiceDeps, "repos" | "now" | "newId">) {
  const { repos, now } = deps;

  return {
    /** By name. */
    list(actor: Actor, projectId: string): Member[] {
      authorize(actor, "project:read", projectId);
      return repos.members.list(projectId).map(({ closedAt, ...member }) => ({
        ...member,
        signsInBy: signsInBy(member.email),
        isClosed: closedAt !== null,
      }));
    },

    setRole(actor: Actor, projectId: string, userId: string, role: Role): Member {
      authorize(actor, "members:manage", projectId);
      return repos.transaction(() => {
        const before = memberOf(deps, projectId, userId);
        if (before.role !== role) {
          assertAdminStays(deps, projectId, userId, role);
          repos.members.setRole(projectId, userId, role, now());
          const details = { name: before.name, from: before.role, to: role };
          audit(deps, actor, {
            projectId,
            action: "role-changed",
            subjectType: "user",
            subjectId: userId,
            details,
          });
        }
        const { closedAt, ...member } = memberOf(deps, projectId, userId);
        return { ...member, signsInBy: signsInBy(member.email), isClosed: closedAt !== null };
      });
    },

    /** Out of the project, with their personal links into it; what they wrote stays. */
    remove(actor: Actor, projectId: string, userId: string): void {
      authorize(actor, "members:manage", projectId);
      repos.transaction(() => {
        const { name, role } = memberOf(deps, projectId, userId);
        assertAdminStays(deps, projectId, userId, null);
        repos.members.remove(projectId, userId);
        const theirs = repos.personalLinks.list(projectId).filter((link) => link.userId === userId);
        repos.personalLinks.revokeOf(projectId, userId, now());
        repos.sessions.endOfLinks(theirs.map(({ id }) => id));
        const details = { name, role };
        audit(deps, actor, {
          projectId,
          action: "member-removed",
          subjectType: "user",
          subjectId: userId,
          details,
        });
      });
    },
  };
}

function memberOf({ repos }: Pick<ServiceDeps, "repos">, projectId: string, userId: string) {
  const member = repos.members.list(projectId).find((one) => one.userId === userId);
  if (!member)
    throw new AppError("not-found", "This person is not in the project (any more). Nothing was changed.");
  return member;
}

/** Without an admin who can sign in nobody could ever be let in again. */
function assertAdminStays(
  { repos }: Pick<ServiceDeps, "repos">,
  projectId: string,
  userId: string,
  next: Role | null,
): void {
  if (next === "admin") return;
  const canAdmin = repos.members
    .list(projectId)
    .filter(
      ({ role, email, closedAt }) => role === "admin" && closedAt === null && signsInBy(email) === "account",
    );
  if (canAdmin.length !== 1 || canAdmin[0]?.userId !== userId) return;
  throw new AppError(
    "conflict",
    "This is the only admin of the project. Make somebody else an admin first; nothing was changed.",
  );
}
