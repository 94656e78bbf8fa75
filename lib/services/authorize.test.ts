import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/contracts/errors";
import { type Actor, apiScopes, permissions, permissionsByRole, roles } from "@/lib/contracts/permissions";
import { actorId, authorize, authorizeServerAdmin, can, canSomewhere } from "./authorize";

const user = (memberships: Record<string, (typeof roles)[number]>, isServerAdmin = false): Actor => ({
  kind: "user",
  userId: "usr_1",
  name: "Ray",
  isServerAdmin,
  roles: memberships,
});
const key = (scopes: readonly (typeof apiScopes)[number][]): Actor => ({
  kind: "key",
  keyId: "key_1",
  name: "agent-a",
  projectId: "prj_1",
  scopes,
});

function refusal(run: () => void): AppError {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("it was allowed");
}

describe("can", () => {
  it.each(roles)("gives a %s the permissions of the role table, in that project only", (role) => {
    for (const permission of permissions) {
      expect(can(user({ prj_1: role }), permission, "prj_1")).toBe(
        permissionsByRole[role].includes(permission),
      );
      expect(can(user({ prj_1: role }), permission, "prj_2")).toBe(false);
    }
  });

  it("lets the server itself and a server admin do everything", () => {
    for (const permission of permissions) {
      expect(can({ kind: "system", name: "jobs" }, permission, "prj_9")).toBe(true);
      expect(can(user({}, true), permission, "prj_9")).toBe(true);
    }
  });

  it("no key opens evidence, accepts losses, approves, promotes, rolls back or manages, whatever its scopes", () => {
    const all = key(apiScopes);
    for (const permission of [
      "reviews:write",
      "reviews:approve",
      "prompts:promote",
      "judges:use",
      "members:manage",
      "keys:manage",
      "project:manage",
    ] as const) {
      expect(can(all, permission, "prj_1")).toBe(false);
    }
    expect(can(all, "runs:write", "prj_1")).toBe(true);
    expect(can(all, "runs:write", "prj_2")).toBe(false);
  });

  it("a scope to read does not let a key write", () => {
    expect(can(key(["runs:read"]), "runs:write", "prj_1")).toBe(false);
    expect(canSomewhere(key(["runs:write"]), "runs:write")).toBe(true);
  });
});

describe("authorize", () => {
  it("hides a foreign project, and names who may in one's own", () => {
    expect(refusal(() => authorize(user({ prj_1: "admin" }), "project:read", "prj_2")).code).toBe(
      "not-found",
    );
    expect(refusal(() => authorize(key(["runs:read"]), "project:read", "prj_2")).code).toBe("not-found");
    const own = refusal(() => authorize(user({ prj_1: "expert" }), "runs:write", "prj_1"));
    expect(own.code).toBe("forbidden");
    expect(own.detail).toBe(
      "Your role may not start or steer runs. It takes an engineer or an admin; ask one of them.",
    );
    expect(own.extra).toEqual({ permission: "runs:write", rolesThatMay: ["engineer", "admin"] });
  });

  it("without a project asks for the permission anywhere", () => {
    expect(() => authorize(user({ prj_1: "viewer", prj_2: "engineer" }), "runs:write", null)).not.toThrow();
    expect(refusal(() => authorize(user({ prj_1: "viewer" }), "runs:write", null)).code).toBe("forbidden");
  });

  it("server admin is a matter of the person, never of a key", () => {
    expect(() => authorizeServerAdmin(user({}, true))).not.toThrow();
    expect(refusal(() => authorizeServerAdmin(user({ prj_1: "admin" }))).code).toBe("forbidden");
    expect(refusal(() => authorizeServerAdmin(key(apiScopes))).code).toBe("forbidden");
  });

  it("names the actor of an action", () => {
    expect([actorId(user({})), actorId(key([])), actorId({ kind: "system", name: "jobs" })]).toEqual([
      "usr_1",
      "key:key_1",
      "system:jobs",
    ]);
  });
});
