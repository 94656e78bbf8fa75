import {
  type ApiScope,
  apiScopes,
  type Permission,
  permissionsByRole,
  type Role,
  roles,
} from "@/lib/contracts/permissions";
import type { AnyRoute } from "./define-route";

/** What a caller meets at the door of a route in a project of its own. The service may still refuse. */
export type Entry = "yes" | "no" | "sign-in";

export interface RoleMatrixRow {
  id: string;
  method: string;
  path: string;
  permission: AnyRoute["permission"];
  scope: ApiScope | null;
  anonymous: Entry;
  byRole: Readonly<Record<Role, Entry>>;
  serverAdmin: Entry;
  /** Scopes with which a key gets in. */
  keyScopes: readonly ApiScope[];
}

/** Every route × everybody who may call, made from the registry. One test drives each cell through the handler. */
export function buildRoleMatrix(routes: readonly AnyRoute[]): RoleMatrixRow[] {
  return routes.map((route) => {
    const { id, method, path, permission, scope } = route;
    const byRole = Object.fromEntries(roles.map((role) => [role, entryOf(route, role)])) as Record<
      Role,
      Entry
    >;
    return {
      id,
      method,
      path,
      permission,
      scope,
      anonymous: permission === "public" ? "yes" : "sign-in",
      byRole,
      serverAdmin: "yes",
      keyScopes: keyScopesOf(route),
    };
  });
}

function entryOf({ permission }: AnyRoute, role: Role): Entry {
  if (permission === "public" || permission === "signed-in") return "yes";
  if (permission === "server-admin") return "no";
  return permissionsByRole[role].includes(permission) ? "yes" : "no";
}

/** A scope opens the routes that name it; routes for everybody are open to every key. */
function keyScopesOf({ permission, scope }: AnyRoute): readonly ApiScope[] {
  if (permission === "public") return apiScopes;
  return scope === null || permission === "server-admin" ? [] : [scope];
}

/** Permissions that no scope may ever grant (architecture.md): a registry that lets a key in there is a bug. */
export const personOnly: readonly Permission[] = [
  "reviews:write",
  "reviews:approve",
  "prompts:promote",
  "judges:use",
  "members:manage",
  "links:manage",
  "keys:manage",
  "connections:manage",
  "project:manage",
];
