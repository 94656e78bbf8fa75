import "server-only";
import type { User } from "@/db/repos/users.repo";
import { AppError } from "@/lib/contracts/errors";
import type { AccountView, ChangeAccountInput } from "@/lib/contracts/people";
import type { Actor } from "@/lib/contracts/permissions";
import { audit } from "../audit";
import { makeResetToken } from "../auth/reset-token";
import { authorizeServerAdmin } from "../authorize";
import { baseUrlOf } from "../env";
import type { ServiceDeps } from "../service-deps";
import { signsInBy } from "./signs-in-by";

type Deps = Pick<ServiceDeps, "env" | "repos" | "secrets" | "now" | "newId">;

/** Everybody with an account on this server, for those who administer it. One of them always stays. */
export function createServerAccountsService(deps: Deps) {
  const { repos, now } = deps;
  return {
    /** By name. */
    list(actor: Actor): AccountView[] {
      authorizeServerAdmin(actor);
      return repos.users.list().map((user) => viewOf(deps, user));
    },

    /** Closing an account ends its sessions at once; what the person did stays, under their name. */
    change(actor: Actor, userId: string, changes: ChangeAccountInput): AccountView {
      authorizeServerAdmin(actor);
      return repos.transaction(() => {
        const user = found(deps, userId);
        assertAdminStays(deps, user, changes);
        const { isServerAdmin, isClosed, isEmailConfirmed } = changes;
        const closedAt = isClosed === true ? (user.closedAt ?? now()) : null;
        repos.users.change(
          userId,
          {
            ...(isServerAdmin === undefined ? {} : { isServerAdmin }),
            ...(isEmailConfirmed === undefined ? {} : { emailVerified: isEmailConfirmed }),
            ...(isClosed === undefined ? {} : { closedAt }),
          },
          now(),
        );
        if (isClosed) repos.sessions.endOf(userId);
        const details = { name: user.name, ...changes };
        audit(deps, actor, {
          projectId: null,
          action: "account-changed",
          subjectType: "user",
          subjectId: userId,
          details,
        });
        return viewOf(deps, found(deps, userId));
      });
    },

    /** A link with which the person chooses a new password; good for an hour and once. */
    resetLink(actor: Actor, userId: string): { link: string; expiresAt: number } {
      authorizeServerAdmin(actor);
      const user = found(deps, userId);
      if (user.closedAt !== null || signsInBy(user.email) !== "account")
        throw new AppError("conflict", "This account is not one that signs in with a password.");
      const { token, expiresAt } = makeResetToken(userId, deps);
      const act = { projectId: null, subjectType: "user", subjectId: userId };
      audit(deps, actor, { ...act, action: "reset-link-made", details: { name: user.name } });
      return { link: `${baseUrlOf(deps.env)}/reset?token=${token}`, expiresAt };
    },
  };
}

function found({ repos }: Deps, userId: string): User {
  const user = repos.users.byId(userId);
  if (!user) throw new AppError("not-found", "There is no such account.");
  return user;
}

function assertAdminStays({ repos }: Deps, user: User, changes: ChangeAccountInput): void {
  if (!user.isServerAdmin || (changes.isServerAdmin !== false && changes.isClosed !== true)) return;
  const others = repos.users
    .list()
    .filter(({ id, isServerAdmin, closedAt }) => id !== user.id && isServerAdmin && closedAt === null);
  if (others.length > 0) return;
  throw new AppError(
    "conflict",
    "This is the only admin of the server. Make somebody else one first; nothing was changed.",
  );
}

function viewOf({ repos }: Deps, user: User): AccountView {
  const { id, name, email, isServerAdmin, isEmailConfirmed, closedAt, createdAt } = user;
  return {
    id,
    name,
    email,
    isServerAdmin,
    signsInBy: signsInBy(email),
    hasPassword: repos.sessions.passwordHashOf(id) !== null,
    isEmailConfirmed,
    isClosed: closedAt !== null,
    projects: Object.keys(repos.members.rolesOf(id)).length,
    createdAt,
  };
}
