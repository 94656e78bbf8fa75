import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AppError } from "@/lib/contracts/errors";
import type { Actor } from "@/lib/contracts/permissions";
import { clinicFixture } from "../sample/clinic-fixture";
import type { SeededProject } from "../sample/seed-project";
import { createTestServices, type TestServices } from "../testing/test-services";
import { createFetchNotes } from "./fetch-notes";

let server: TestServices;
let seeded: SeededProject;
let key: Actor;
const NAME = "triage-nurse-line";

beforeEach(() => {
  server = createTestServices();
  seeded = server.seed(clinicFixture);
  key = {
    kind: "key",
    keyId: "key_1",
    name: "agent-a",
    projectId: seeded.project.id,
    scopes: ["prompts:read"],
  };
});
afterEach(() => server.close());

function refusal(work: () => unknown): AppError {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("it was not refused");
}

const write = (text: string) =>
  server.services.prompts.addVersion(server.actor, NAME, {
    components: { system: text },
    commitMessage: "By hand.",
  });
/** Moves production without the gate, as a promotion would. */
function point(version: number): void {
  const { repos, now, newId } = server.deps;
  const current = repos.aliases.get(seeded.promptId, "production");
  const to = repos.prompts.versionByNumber(seeded.promptId, version);
  repos.aliases.move({
    promptId: seeded.promptId,
    alias: "production",
    expectedCurrent: current?.versionId ?? null,
    toVersionId: to?.id ?? "",
    event: {
      id: newId("ale"),
      kind: "promotion",
      reason: "x",
      reviewId: null,
      evidenceSentence: null,
      selfApproved: false,
      overridden: false,
      actorId: server.actor.userId,
      at: now(),
    },
  });
}

describe("what an agent reads", () => {
  it("by alias: the text, a strong ETag of content and target, and the caching that architecture.md states", () => {
    const { read, etag, cacheControl } = server.services.prompts.read(key, `${NAME}@production`);
    expect(read).toMatchObject({
      name: NAME,
      alias: "production",
      version: 1,
      text: clinicFixture.startingPrompt,
      variables: [],
    });
    expect(cacheControl).toBe("private, max-age=30, stale-while-revalidate=30, stale-if-error=86400");
    expect(server.services.prompts.read(key, `${NAME}@production`).etag).toBe(etag);
    write("Other.");
    point(2);
    expect(server.services.prompts.read(key, `${NAME}@production`).etag).not.toBe(etag);
  });

  it("by name: the newest version; by number: one that never changes", () => {
    write("Other.");
    expect(server.services.prompts.read(key, NAME).read).toMatchObject({
      version: 2,
      alias: null,
      text: "Other.",
    });
    const first = server.services.prompts.readVersion(key, NAME, "1");
    expect(first).toMatchObject({
      read: { version: 1 },
      cacheControl: "private, max-age=31536000, immutable",
    });
    expect(refusal(() => server.services.prompts.readVersion(key, NAME, "9")).code).toBe("not-found");
    expect(refusal(() => server.services.prompts.readVersion(key, NAME, "1x")).code).toBe("not-found");
  });

  it("an unknown alias is refused with those that exist", () => {
    expect(refusal(() => server.services.prompts.read(key, `${NAME}@staging`))).toMatchObject({
      code: "unknown-alias",
      extra: { aliases: ["production"] },
    });
  });

  it("a key of another project does not learn that the prompt exists", () => {
    const other = { ...key, projectId: "prj_other" } as Actor;
    expect(refusal(() => server.services.prompts.read(other, NAME)).code).toBe("not-found");
    expect(refusal(() => server.services.prompts.read(key, "no-such-prompt")).code).toBe("not-found");
  });

  it("notes which key got which version when, not who looked at a page, and not every time", () => {
    const { services, actor } = server;
    services.prompts.read(actor, `${NAME}@production`);
    expect(services.prompts.list(actor, seeded.project.id)[0]?.readers).toEqual([]);
    services.prompts.read(key, `${NAME}@production`);
    write("Other.");
    point(2);
    services.prompts.read(key, `${NAME}@production`);
    expect(services.prompts.list(actor, seeded.project.id)[0]?.readers).toMatchObject([
      { alias: "production", reader: "agent-a", version: 2 },
    ]);
    let [writes, clock] = [0, 0];
    const note = createFetchNotes({
      repos: { prompts: { noteFetch: () => (writes += 1) } } as never,
      now: () => clock,
    });
    const fetch = { alias: "production", reader: "a", versionId: "v1" };
    for (const at of [0, 10_000, 59_999, 60_000]) {
      clock = at;
      note("prm", fetch);
    }
    note("prm", { ...fetch, versionId: "v2" });
    note("prm", fetch);
    expect(writes).toBe(4);
  });
});

describe("versions", () => {
  it("the same words are one version, whoever writes them, and no alias moves", () => {
    expect([
      write("Other.").version,
      write("Other.").version,
      write(clinicFixture.startingPrompt).version,
    ]).toEqual([2, 2, 1]);
    expect(server.deps.repos.aliases.get(seeded.promptId, "production")?.version).toBe(1);
  });

  it("an empty text is refused, and a reader may not write", () => {
    expect(refusal(() => write("  ")).errors).toMatchObject([{ path: "components.system" }]);
    const expert = server.person("Jo", seeded.project.id, "expert");
    expect(
      refusal(() =>
        server.services.prompts.addVersion(expert, NAME, { components: { system: "x" }, commitMessage: "" }),
      ).code,
    ).toBe("forbidden");
  });

  it("a new prompt has a name of its own on the server", () => {
    const create = (name: string) =>
      server.services.prompts.create(server.actor, seeded.project.id, {
        name,
        components: { system: "Hi {{team}}." },
        layout: ["system"],
      });
    expect(create("second")).toMatchObject({
      name: "second",
      aliases: [],
      versions: [{ version: 1, variables: ["team"] }],
    });
    expect(refusal(() => create("second")).code).toBe("conflict");
    expect(refusal(() => create("no blanks please")).errors).toMatchObject([{ path: "name" }]);
  });
});

describe("an alias's history", () => {
  it("is append-only and answers what was live at a moment", () => {
    const { services, actor, deps } = server;
    const before = deps.now();
    write("Other.");
    point(2);
    const { items, liveAt } = services.prompts.aliasHistory(actor, NAME, "production");
    expect(items.map(({ kind, toVersion }) => [kind, toVersion])).toEqual([
      ["promotion", 2],
      ["initial", 1],
    ]);
    expect(liveAt?.toVersion).toBe(2);
    expect(
      services.prompts.aliasHistory(actor, NAME, "production", items[1]?.createdAt).liveAt?.toVersion,
    ).toBeGreaterThan(0);
    expect(services.prompts.aliasHistory(actor, NAME, "production", before - 1e9).liveAt).toBeNull();
    expect(refusal(() => services.prompts.aliasHistory(actor, NAME, "staging")).code).toBe("unknown-alias");
  });

  it("rolls back alone and at once, only to where it was, and only from what was seen", () => {
    const { services, deps } = server;
    const approver = server.person("Dr Meier", seeded.project.id, "approver");
    write("Other.");
    write("Never live.");
    point(2);
    const back = (input: { toVersion: number; expectedCurrent: number }, by: Actor = approver) =>
      services.prompts.rollBack(by, NAME, "production", { ...input, reason: "It missed chest pain." });
    expect(refusal(() => back({ toVersion: 3, expectedCurrent: 2 })).code).toBe("not-found");
    expect(refusal(() => back({ toVersion: 1, expectedCurrent: 1 }))).toMatchObject({
      code: "alias-moved",
      extra: { current: { version: 2 } },
    });
    expect(
      refusal(() =>
        back({ toVersion: 1, expectedCurrent: 2 }, server.person("Jonas", seeded.project.id, "engineer")),
      ).code,
    ).toBe("forbidden");
    expect(refusal(() => back({ toVersion: 1, expectedCurrent: 2 }, key)).code).toBe("forbidden");
    expect(back({ toVersion: 1, expectedCurrent: 2 }).aliases).toMatchObject([
      { alias: "production", version: 1 },
    ]);
    expect(deps.repos.aliases.history(seeded.promptId)[0]).toMatchObject({
      kind: "rollback",
      actor: "Dr Meier",
      fromVersion: 2,
      toVersion: 1,
    });
  });
});
