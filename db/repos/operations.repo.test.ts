import { beforeEach, describe, expect, it } from "vitest";
import { seededRepos } from "../testing/seed";

let repos: ReturnType<typeof seededRepos>;
beforeEach(() => {
  repos = seededRepos();
});

describe("idempotency keys", () => {
  const start = (requestHash: string, now: number) =>
    repos.idempotency.start({ actorId: "usr_ray", key: "k", requestHash, now, expiresAt: now + 100 });

  it("the same request gets the same answer, another one is refused, until the key expires", () => {
    expect(start("h", 1)).toEqual({ status: "new" });
    expect(start("h", 2)).toEqual({ status: "at-work" });
    repos.idempotency.finish("usr_ray", "k", { status: 201 });
    expect(start("h", 3)).toEqual({ status: "answered", response: { status: 201 } });
    expect(start("other", 3)).toEqual({ status: "mismatch" });
    expect(start("other", 200)).toEqual({ status: "new" });
  });

  it("what failed or died at work can be tried again", () => {
    start("h", 1);
    repos.idempotency.forget("usr_ray", "k");
    expect(start("h", 2)).toEqual({ status: "new" });
    repos.idempotency.forgetUnfinished();
    expect(start("h", 3)).toEqual({ status: "new" });
  });
});

describe("audit log", () => {
  const entry = (id: string, projectId: string | null) => ({
    id,
    projectId,
    actorId: "usr_ray",
    actorName: "Ray",
    action: "alias-moved",
    subjectType: "prompt",
    subjectId: "prm",
    details: { from: 1, to: 2 },
    createdAt: 1,
  });
  beforeEach(() => {
    for (const id of ["aud_1", "aud_2", "aud_3"])
      repos.audit.append(entry(id, id === "aud_2" ? null : "prj"));
  });

  it("is read newest first, page by page", () => {
    expect(repos.audit.list("prj", { limit: 1 }).map(({ id }) => id)).toEqual(["aud_3"]);
    expect(repos.audit.list("prj", { limit: 5, before: "aud_3" })).toEqual([entry("aud_1", "prj")]);
    expect(repos.audit.list(null, { limit: 5 })).toHaveLength(3);
    expect(repos.audit.listBySubject("prompt", "prm")).toHaveLength(3);
  });

  it.each(["update audit_log set action = 'x'", "delete from audit_log"])(
    "a trigger refuses: %s",
    (statement) => {
      expect(() => repos.database.raw.exec(statement)).toThrow("append-only");
    },
  );
});

describe("webhooks", () => {
  beforeEach(() => {
    repos.webhooks.insert({
      id: "whk",
      projectId: "prj",
      url: "https://example.com/hook",
      sealedSecret: "sealed",
      events: ["alias-moved"],
      createdBy: "usr_ray",
      createdAt: 1,
    });
    repos.webhooks.addDelivery({
      id: "dlv",
      webhookId: "whk",
      event: "alias-moved",
      payload: { version: 2 },
      nextAt: 10,
      createdAt: 5,
    });
  });
  const attempt = { status: 500, error: "HTTP 500", delivered: false, nextAt: 40, at: 11 };

  it("deliveries are due until they arrive or are given up", () => {
    expect([repos.webhooks.due(9, 5), repos.webhooks.due(10, 5).map(({ id }) => id)]).toEqual([[], ["dlv"]]);
    repos.webhooks.noteAttempt("dlv", attempt);
    expect(repos.webhooks.due(39, 5)).toEqual([]);
    expect(repos.webhooks.due(40, 5)).toMatchObject([
      { attempts: 1, lastStatus: 500, lastError: "HTTP 500" },
    ]);
    repos.webhooks.noteAttempt("dlv", { status: 200, error: null, delivered: true, nextAt: null, at: 41 });
    expect(repos.webhooks.deliveries("whk", 5)).toMatchObject([
      { state: "delivered", attempts: 2, deliveredAt: 41 },
    ]);
    expect(repos.webhooks.due(100, 5)).toEqual([]);
  });

  it("the last attempt gives up, and a removed webhook gets nothing more", () => {
    repos.webhooks.noteAttempt("dlv", { ...attempt, nextAt: null });
    expect(repos.webhooks.deliveries("whk", 5)).toMatchObject([{ state: "given-up", deliveredAt: null }]);
    repos.webhooks.addDelivery({
      id: "dlv_2",
      webhookId: "whk",
      event: "alias-moved",
      payload: { version: 3 },
      nextAt: 10,
      createdAt: 6,
    });
    repos.webhooks.remove("whk", 50);
    expect([repos.webhooks.due(100, 5), repos.webhooks.list("prj")]).toEqual([[], []]);
  });
});

it("an import is applied once", () => {
  repos.imports.insert({
    id: "imp",
    projectId: "prj",
    plan: [{ line: 1, outcome: "new" }],
    source: "text",
    createdBy: "usr_ray",
    createdAt: 1,
  });
  expect([repos.imports.markApplied("imp", 5), repos.imports.markApplied("imp", 6)]).toEqual([true, false]);
  expect(repos.imports.byId("imp")).toMatchObject({ plan: [{ line: 1, outcome: "new" }], appliedAt: 5 });
});
