import { beforeEach, describe, expect, it } from "vitest";
import { models, seededRepos } from "../testing/seed";

let repos: ReturnType<typeof seededRepos>;
beforeEach(() => {
  repos = seededRepos();
});

describe("projects and members", () => {
  it("are changed, archived and found by slug", () => {
    expect(repos.projects.bySlug("football")).toMatchObject({ id: "prj", archived: false, models });
    expect(repos.projects.update("prj", { name: "Rugby", archived: true }, 5)).toMatchObject({
      name: "Rugby",
      archived: true,
    });
    expect(repos.projects.list()).toEqual([]);
    expect(repos.projects.update("none", { name: "x" }, 5)).toBeNull();
    repos.projects.update("prj", { archived: false }, 6);
    expect(repos.projects.list(["prj"]).map(({ id }) => id)).toEqual(["prj"]);
  });

  it("a person has one role a project", () => {
    repos.members.setRole("prj", "usr_ray", "expert", 2);
    repos.members.setRole("prj", "usr_ray", "lead", 3);
    repos.members.setRole("prj", "usr_jo", "approver", 3);
    expect(repos.members.list("prj").map(({ name, role }) => [name, role])).toEqual([
      ["Jo", "approver"],
      ["Ray", "lead"],
    ]);
    expect(repos.members.rolesOf("usr_ray")).toEqual({ prj: "lead" });
    repos.members.remove("prj", "usr_ray");
    expect(repos.members.roleOf("prj", "usr_ray")).toBeNull();
  });

  it("refuses a member that does not exist: references are checked", () => {
    expect(() => repos.members.setRole("prj", "nobody", "expert", 2)).toThrow("FOREIGN KEY");
  });
});

describe("users", () => {
  it("are found without regard to case, and may be made server admins", () => {
    repos.users.change("usr_ray", { isServerAdmin: true }, 5);
    expect(repos.users.byEmail("RAY@example.org")).toEqual({
      id: "usr_ray",
      name: "Ray",
      email: "ray@example.org",
      isServerAdmin: true,
      isEmailConfirmed: false,
      closedAt: null,
      createdAt: 1,
    });
    expect(repos.users.count()).toBe(2);
    expect(repos.users.list().map(({ name }) => name)).toEqual(["Jo", "Ray"]);
  });

  it("a setup token works once and in time", () => {
    repos.users.addSetupToken("h", 10, 100);
    expect([
      repos.users.isSetupTokenOpen("h", 50),
      repos.users.isSetupTokenOpen("h", 100),
      repos.users.isSetupTokenOpen("x", 50),
    ]).toEqual([true, false, false]);
    expect([repos.users.useSetupToken("h", 50), repos.users.useSetupToken("h", 51)]).toEqual([true, false]);
  });

  it("a personal link signs in once, in time, and can be revoked", () => {
    const link = {
      userId: "usr_jo",
      projectId: "prj",
      queueId: null,
      expiresAt: 100,
      createdBy: "usr_ray",
      createdAt: 10,
    };
    for (const n of [1, 2, 3]) repos.personalLinks.insert({ ...link, id: `lnk_${n}`, hash: `h${n}` });
    expect(repos.personalLinks.use("h1", 50)).toMatchObject({
      id: "lnk_1",
      userId: "usr_jo",
      usedAt: 50,
    });
    expect(repos.personalLinks.use("h1", 51)).toBeNull();
    repos.personalLinks.revoke("lnk_2", 40);
    expect(repos.personalLinks.use("h2", 50)).toBeNull();
    expect(repos.personalLinks.use("h3", 100)).toBeNull();
    expect(repos.personalLinks.list("prj")).toHaveLength(3);
    expect(JSON.stringify(repos.personalLinks.list("prj"))).not.toContain("h3");
  });
});

describe("API keys", () => {
  const key = {
    id: "key_1",
    projectId: "prj",
    name: "agent",
    prefix: "tsk_ab",
    scopes: ["prompts:read" as const],
    expiresAt: 100,
    createdBy: "usr_ray",
    createdAt: 1,
  };
  beforeEach(() => repos.apiKeys.insert({ ...key, hash: "h" }));

  it("are good until they expire or are revoked, and never show their hash", () => {
    expect(repos.apiKeys.findActive("h", 99)).toEqual({ ...key, lastUsedAt: null, revokedAt: null });
    expect([repos.apiKeys.findActive("h", 100), repos.apiKeys.findActive("x", 1)]).toEqual([null, null]);
    repos.apiKeys.touch("key_1", 20);
    repos.apiKeys.revoke("key_1", 30);
    repos.apiKeys.revoke("key_1", 40);
    expect(repos.apiKeys.findActive("h", 50)).toBeNull();
    expect(repos.apiKeys.list("prj")).toMatchObject([{ lastUsedAt: 20, revokedAt: 30 }]);
  });

  it("name what they wrote", () => {
    repos.prompts.insert({ id: "prm", projectId: "prj", name: "p", createdAt: 1 });
    const version = repos.prompts.addVersion({
      id: "pv",
      promptId: "prm",
      components: {},
      layout: [],
      variables: [],
      modelConfig: {},
      contentHash: "h",
      commitMessage: "",
      tags: {},
      source: "api",
      actorId: "key_1",
      at: 2,
    });
    expect(version).toMatchObject({ createdBy: "agent", createdById: "key_1" });
  });
});

describe("connections and targets", () => {
  const connection = {
    id: "con_1",
    name: "Example",
    kind: "real" as const,
    baseUrl: "https://api.example.com/v1",
    sealedKey: "sealed",
    sealedHeaders: null,
    prices: { m: { inputPerMillion: 1, outputPerMillion: 2 } },
    maxConcurrency: 16,
    timeoutMs: 60_000,
    fromEnvironment: false,
    createdBy: "usr_ray",
    createdAt: 1,
  };

  it("a project uses only what it was granted; an archived connection forgets its key", () => {
    repos.connections.insert(connection);
    expect(repos.connections.listForProject("prj")).toEqual([]);
    repos.connections.grant("con_1", "prj", 2);
    repos.connections.grant("con_1", "prj", 3);
    expect(repos.connections.listForProject("prj")).toEqual([connection]);
    expect(repos.connections.update("con_1", { name: "Other" }, 4)).toMatchObject({
      name: "Other",
      sealedKey: "sealed",
    });
    repos.connections.revoke("con_1", "prj");
    expect(repos.connections.isGranted("con_1", "prj")).toBe(false);
    repos.connections.archive("con_1", 5);
    expect(repos.connections.list()).toEqual([]);
    expect(repos.connections.byId("con_1")?.sealedKey).toBeNull();
  });

  it("target versions number on, never change, and are not stored twice", () => {
    repos.targets.insert({ id: "tgt", projectId: "prj", name: "Chat", kind: "chat", createdAt: 1 });
    const version = {
      targetId: "tgt",
      config: { kind: "chat" as const },
      sealedHeaders: null,
      createdBy: "usr_ray",
      createdAt: 2,
    };
    expect(repos.targets.addVersion({ ...version, id: "tgv_1", contentHash: "a" }).version).toBe(1);
    expect(repos.targets.addVersion({ ...version, id: "tgv_2", contentHash: "a" }).id).toBe("tgv_1");
    expect(repos.targets.addVersion({ ...version, id: "tgv_3", contentHash: "b" }).version).toBe(2);
    expect(repos.targets.latestVersion("tgt")?.id).toBe("tgv_3");
    expect(() => repos.database.raw.exec("update target_versions set version = 7")).toThrow("never changes");
  });
});

describe("places", () => {
  it("news are told since the visit before this one", () => {
    const minute = 60_000;
    repos.places.touch("usr_ray", "prj", "/a", 0);
    repos.places.touch("usr_ray", "prj", "/b", 10 * minute);
    expect(repos.places.get("usr_ray", "prj")).toEqual({
      projectId: "prj",
      path: "/b",
      seenAt: 10 * minute,
      previousSeenAt: null,
    });
    repos.places.touch("usr_ray", "prj", "/c", 60 * minute);
    repos.places.touch("usr_ray", "prj", "/d", 70 * minute);
    expect(repos.places.last("usr_ray")).toEqual({
      projectId: "prj",
      path: "/d",
      seenAt: 70 * minute,
      previousSeenAt: 10 * minute,
    });
    expect(repos.places.last("usr_jo")).toBeNull();
  });
});
