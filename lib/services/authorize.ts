import "server-only";
import { AppError } from "@/lib/contracts/errors";
import {
  type Actor,
  type ApiScope,
  type Permission,
  permissionsByRole,
  type Role,
  roles,
} from "@/lib/contracts/permissions";

/** What each scope lets a key do. None opens evidence, accepts losses, approves, promotes or rolls back. */
const permissionsByScope: Readonly<Record<ApiScope, readonly Permission[]>> = {
  "prompts:read": ["project:read"],
  "records:read": ["project:read"],
  "records:write": ["project:read", "records:write"],
  "labels:write": ["project:read", "labels:write"],
  "traces:write": ["project:read", "answers:create"],
  "runs:read": ["project:read"],
  "runs:write": ["project:read", "runs:write"],
  "reviews:read": ["project:read"],
};

/** Names of roles as a sentence shows them, for "who may do this". */
const roleWords: Readonly<Record<Role, string>> = {
  viewer: "a viewer",
  expert: "an expert",
  lead: "a lead expert",
  engineer: "an engineer",
  approver: "an approver",
  admin: "an admin",
};

/** What a permission is for, after "may not". */
const permissionWords: Readonly<Record<Permission, string>> = {
  "project:read": "read this project",
  "project:manage": "change this project's settings",
  "records:write": "write records",
  "answers:create": "get answers",
  "labels:write": "label answers",
  "judges:draft": "draft changes of the judge",
  "judges:use": "put a judge to use",
  "runs:write": "start or steer runs",
  "reviews:write": "open reviews or score sealed records",
  "reviews:comment": "comment on reviews",
  "reviews:approve": "approve",
  "prompts:promote": "promote or roll back",
  "connections:manage": "manage connections",
  "members:manage": "manage members",
  "links:manage": "make personal links",
  "keys:manage": "manage API keys",
};

/** Whether the actor may do this in the project. A server admin counts as admin of every project. */
export function can(actor: Actor, permission: Permission, projectId: string): boolean {
  switch (actor.kind) {
    case "system":
      return true;
    case "key":
      return actor.projectId === projectId && grantsOf(actor.scopes).includes(permission);
    case "user": {
      if (actor.confinedTo) return isWithinLink(actor.confinedTo.projectId, permission, projectId);
      if (actor.isServerAdmin) return true;
      const role = actor.roles[projectId];
      return role !== undefined && permissionsByRole[role].includes(permission);
    }
  }
}

/** Whether the actor may do this in some project: the coarse check of routes whose path names none. */
export function canSomewhere(actor: Actor, permission: Permission): boolean {
  switch (actor.kind) {
    case "system":
      return true;
    case "key":
      return grantsOf(actor.scopes).includes(permission);
    case "user":
      if (actor.confinedTo) return confinedMay.includes(permission);
      return (
        actor.isServerAdmin ||
        Object.values(actor.roles).some((role) => permissionsByRole[role].includes(permission))
      );
  }
}

/** Whether the actor sees the project at all. */
export function isMember(actor: Actor, projectId: string): boolean {
  return can(actor, "project:read", projectId);
}

/**
 * Throws `not-found` when the project is not the actor's (it must not learn that it exists), and `forbidden` with
 * who may when it is. `projectId` null asks for the permission in any project.
 */
export function authorize(actor: Actor, permission: Permission, projectId: string | null): void {
  if (projectId === null) {
    if (!canSomewhere(actor, permission)) throw forbidden(actor, permission);
    return;
  }
  if (can(actor, permission, projectId)) return;
  if (!belongsTo(actor, projectId))
    throw new AppError("not-found", "There is no such project, or you are not a member of it.");
  throw forbidden(actor, permission);
}

/** Throws `not-found` when the actor came by a personal link, which opens one queue, and this is another one. */
export function assertWithinLink(actor: Actor, queueId: string | null): void {
  if (actor.kind !== "user" || !actor.confinedTo || actor.confinedTo.queueId === queueId) return;
  throw new AppError("not-found", "Your link opens one queue, and this is not in it. Nothing was changed.");
}

/** Throws `forbidden` unless the actor administers the server. */
export function authorizeServerAdmin(actor: Actor): void {
  if (actor.kind === "system") return;
  if (actor.kind === "user" && actor.isServerAdmin && !actor.confinedTo) return;
  throw new AppError("forbidden", "Only an admin of this server may do this. Ask whoever set it up.");
}

/** Roles that may, in the order of `roles`. */
export function rolesThatMay(permission: Permission): readonly Role[] {
  return roles.filter((role) => permissionsByRole[role].includes(permission));
}

/** The user behind an action, for authorship and the audit log: a user's id, or `key:…`, `system:…`. */
export function actorId(actor: Actor): string {
  if (actor.kind === "user") return actor.userId;
  return actor.kind === "key" ? `key:${actor.keyId}` : `system:${actor.name}`;
}

/** What a personal link is for: to read one's queue and to label. */
const confinedMay: readonly Permission[] = ["project:read", "labels:write"];

function isWithinLink(ownProjectId: string, permission: Permission, projectId: string): boolean {
  return ownProjectId === projectId && confinedMay.includes(permission);
}

function belongsTo(actor: Actor, projectId: string): boolean {
  return actor.kind === "key"
    ? actor.projectId === projectId
    : actor.kind === "user" && actor.roles[projectId] !== undefined;
}

function grantsOf(scopes: readonly ApiScope[]): Permission[] {
  return scopes.flatMap((scope) => permissionsByScope[scope]);
}

function forbidden(actor: Actor, permission: Permission): AppError {
  const may = rolesThatMay(permission);
  const who = may
    .map((role) => roleWords[role])
    .join(", ")
    .replace(/, ([^,]*)$/, " or $1");
  const what = permissionWords[permission];
  const detail =
    actor.kind === "key"
      ? `The key "${actor.name}" may not ${what}.`
      : `Your role may not ${what}. It takes ${who}; ask one of them.`;
  return new AppError("forbidden", detail, { extra: { permission, rolesThatMay: [...may] } });
}
