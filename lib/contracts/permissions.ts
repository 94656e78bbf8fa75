/** Who may do what. One table for UI, REST, CLI; `lib/services/authorize.ts` reads it. */
export const roles = ["viewer", "expert", "lead", "engineer", "approver", "admin"] as const;
export type Role = (typeof roles)[number];

export const permissions = [
  "project:read",
  "project:manage",
  "records:write",
  "answers:create",
  "labels:write",
  "judges:draft",
  "judges:use",
  "runs:write",
  "reviews:write",
  "reviews:comment",
  "reviews:approve",
  "prompts:promote",
  "connections:manage",
  "members:manage",
  "links:manage",
  "keys:manage",
] as const;
export type Permission = (typeof permissions)[number];

const reader: readonly Permission[] = ["project:read"];
const expert: readonly Permission[] = [
  ...reader,
  "records:write",
  "answers:create",
  "labels:write",
  "judges:draft",
  "reviews:comment",
];
const lead: readonly Permission[] = [...expert, "judges:use", "links:manage"];
const engineer: readonly Permission[] = [
  ...lead,
  "runs:write",
  "reviews:write",
  "connections:manage",
  "keys:manage",
];
const approver: readonly Permission[] = [...reader, "reviews:comment", "reviews:approve", "prompts:promote"];

/** Project role → permissions (ux.md rule 13). An approver decides and rolls back; an engineer does not. */
export const permissionsByRole: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: reader,
  expert,
  lead,
  engineer,
  approver,
  admin: permissions,
};

export const apiScopes = [
  "prompts:read",
  "records:read",
  "records:write",
  "labels:write",
  "traces:write",
  "runs:read",
  "runs:write",
  "reviews:read",
] as const;
export type ApiScope = (typeof apiScopes)[number];

/** Who acts: a person with a session, a key of one project, or the server itself (jobs, seeding, CLI). */
export type Actor =
  | {
      kind: "user";
      userId: string;
      name: string;
      isServerAdmin: boolean;
      roles: Readonly<Record<string, Role>>;
      /** Came by a personal link: may label this one queue and do nothing else. */
      confinedTo?: { projectId: string; queueId: string };
    }
  | { kind: "key"; keyId: string; name: string; projectId: string; scopes: readonly ApiScope[] }
  | { kind: "system"; name: string };
