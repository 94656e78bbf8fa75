import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { createRepos, type Repos } from "@/db/repos/create-repos";
import { openTestDb } from "@/db/test-db";
import { AppError } from "@/lib/contracts/errors";
import type { Actor } from "@/lib/contracts/permissions";
import { aboutSchema, projectSettingsSchema } from "@/lib/contracts/projects";
import { newId } from "@/lib/util/new-id";
import { readEnv } from "../env";
import { createSecretBox } from "../secrets";
import { createApiKeysService } from "./api-keys.service";
import { createAuthService } from "./auth.service";
import { createTryLimit } from "./sign-in-limit";

let database: Database;
let repos: Repos;
let clock: number;
let projectId: string;
let engineer: Actor;

const task = { connectionId: "con_1", model: "m", settings: {} };

function addProject(): string {
  const id = newId("prj");
  repos.projects.insert({
    id,
    name: "Football",
    slug: id,
    about: aboutSchema.parse({}),
    models: { v: 1, task, judge: task, reflection: task, embedding: null },
    settings: projectSettingsSchema.parse({}),
    isSample: false,
    createdAt: clock,
  });
  return id;
}

beforeEach(() => {
  database = openTestDb();
  repos = createRepos(database);
  clock = 1_000_000;
  projectId = addProject();
  repos.users.insert({
    id: "usr_1",
    name: "Jonas",
    email: "jonas@example.com",
    isServerAdmin: false,
    at: clock,
  });
  engineer = {
    kind: "user",
    userId: "usr_1",
    name: "Jonas",
    isServerAdmin: false,
    roles: { [projectId]: "engineer" },
  };
});
afterEach(() => database.close());

const services = () => ({
  keys: createApiKeysService({ repos, now: () => clock, newId }),
  auth: createAuthService({
    env: readEnv({}),
    repos,
    database,
    secrets: createSecretBox("a secret of the tests"),
    now: () => clock,
    newId,
  }),
});
const bearer = (secret: string) => new Headers({ authorization: `Bearer ${secret}` });
const codeOf = async (work: () => unknown): Promise<string> => {
  try {
    await work();
    return "no error";
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
};

describe("API keys", () => {
  it("a key is shown once, stored as a hash, and acts within its project and scopes", async () => {
    const { keys, auth } = services();
    const { key, secret } = keys.create(engineer, projectId, {
      name: "agent-a",
      scopes: ["prompts:read", "prompts:read"],
      expiresAt: null,
    });
    expect(secret).toMatch(/^tsk_[A-Za-z0-9]{40}$/);
    expect(key).toMatchObject({
      name: "agent-a",
      prefix: secret.slice(0, 12),
      scopes: ["prompts:read"],
      createdBy: "Jonas",
    });
    expect(JSON.stringify(database.raw.prepare("select * from api_keys").all())).not.toContain(secret);
    expect(JSON.stringify(keys.list(engineer, projectId))).not.toContain(secret.slice(13));
    expect(await auth.actorOf(bearer(secret))).toEqual({
      kind: "key",
      keyId: key.id,
      name: "agent-a",
      projectId,
      scopes: ["prompts:read"],
    });
  });

  it("its last use is noted, at most once a minute", async () => {
    const { keys, auth } = services();
    const { secret } = keys.create(engineer, projectId, {
      name: "agent-a",
      scopes: ["prompts:read"],
      expiresAt: null,
    });
    const lastUsed = () => keys.list(engineer, projectId)[0]?.lastUsedAt;
    await auth.actorOf(bearer(secret));
    const first = lastUsed();
    clock += 59_000;
    await auth.actorOf(bearer(secret));
    expect([first, lastUsed()]).toEqual([1_000_000, 1_000_000]);
    clock += 2_000;
    await auth.actorOf(bearer(secret));
    expect(lastUsed()).toBe(1_061_000);
  });

  it("a wrong, expired or revoked key is refused, also beside a good cookie", async () => {
    const { keys, auth } = services();
    const { key, secret } = keys.create(engineer, projectId, {
      name: "a",
      scopes: ["runs:read"],
      expiresAt: clock + 10,
    });
    expect(await codeOf(() => auth.actorOf(bearer(`${secret}x`)))).toBe("not-signed-in");
    expect(await codeOf(() => auth.actorOf(new Headers({ authorization: "Basic abc", cookie: "a=b" })))).toBe(
      "not-signed-in",
    );
    clock += 11;
    expect(await codeOf(() => auth.actorOf(bearer(secret)))).toBe("not-signed-in");
    const second = keys.create(engineer, projectId, { name: "b", scopes: ["runs:read"], expiresAt: null });
    const revoked = keys.revoke(engineer, projectId, second.key.id);
    expect(revoked.revokedAt).toBe(clock);
    expect(keys.revoke(engineer, projectId, second.key.id)).toEqual(revoked);
    expect(await codeOf(() => auth.actorOf(bearer(second.secret)))).toBe("not-signed-in");
    expect(keys.list(engineer, projectId).map(({ id }) => id)).toContain(key.id);
  });

  it("only who manages keys may, in the key's own project; each act is in the audit log", async () => {
    const { keys } = services();
    const { key } = keys.create(engineer, projectId, { name: "a", scopes: ["runs:read"], expiresAt: null });
    const expert: Actor = { ...engineer, roles: { [projectId]: "expert" } } as Actor;
    const agent: Actor = {
      kind: "key",
      keyId: key.id,
      name: "a",
      projectId,
      scopes: ["runs:read", "runs:write"],
    };
    expect(await codeOf(() => keys.list(expert, projectId))).toBe("forbidden");
    expect(
      await codeOf(() =>
        keys.create(agent, projectId, { name: "b", scopes: ["runs:read"], expiresAt: null }),
      ),
    ).toBe("forbidden");
    const other = addProject();
    const both: Actor = { ...engineer, roles: { [projectId]: "admin", [other]: "admin" } } as Actor;
    expect(await codeOf(() => keys.revoke(both, other, key.id))).toBe("not-found");
    expect(
      await codeOf(() =>
        keys.create(engineer, projectId, { name: "b", scopes: ["runs:read"], expiresAt: clock - 1 }),
      ),
    ).toBe("invalid-input");
    keys.revoke(engineer, projectId, key.id);
    expect(
      repos.audit.listBySubject("api-key", key.id).map(({ action, actorName }) => [action, actorName]),
    ).toEqual([
      ["api-key-revoked", "Jonas"],
      ["api-key-created", "Jonas"],
    ]);
  });
});

describe("sign-in limit", () => {
  it("says how long to wait, and forgets the oldest when many names are tried", () => {
    const limit = createTryLimit(5);
    for (let index = 0; index < 5; index++) expect(limit.take("Jo@x", index)).toBeNull();
    expect(limit.take(" jo@X ", 10)).toBe(59_990);
    for (let index = 0; index < 10_001; index++) limit.take(`user${index}@x`, 20);
    expect(limit.take("jo@x", 30)).toBeNull();
  });
});
