import { beforeEach, describe, expect, it } from "vitest";
import { addPrompt, addVersion, seededRepos } from "../testing/seed";
import type { AliasMove } from "./aliases.repo";

let repos: ReturnType<typeof seededRepos>;
beforeEach(() => {
  repos = seededRepos();
  addPrompt(repos, ["one", "two"]);
});

describe("prompt versions", () => {
  it("number on, and the same content is never stored twice", () => {
    expect(repos.prompts.versions("prm").map(({ version, text }) => [version, text])).toEqual([
      [2, "two"],
      [1, "one"],
    ]);
    expect(addVersion(repos, "pv_3", "one")).toMatchObject({ id: "pv_1", version: 1 });
    expect(addVersion(repos, "pv_3", "three")).toMatchObject({
      id: "pv_3",
      version: 3,
      createdBy: "Ray",
      createdById: "usr_ray",
    });
    expect(repos.prompts.latestVersion("prm")?.id).toBe("pv_3");
    expect(repos.prompts.versionByNumber("prm", 2)?.id).toBe("pv_2");
  });

  it("the text is the components in layout order, joined by a blank line", () => {
    const version = repos.prompts.addVersion({
      id: "pv_9",
      promptId: "prm",
      components: { style: "Be brief.", role: "You coach." },
      layout: ["role", "style"],
      variables: [],
      modelConfig: { model: "m", temperature: 0 },
      contentHash: "h9",
      commitMessage: "why",
      tags: { run: "7" },
      source: "run",
      actorId: "system",
      at: 6,
    });
    expect(version).toMatchObject({
      text: "You coach.\n\nBe brief.",
      createdBy: "system",
      modelConfig: { model: "m", temperature: 0 },
    });
  });

  it("names are unique on the server", () => {
    expect(() =>
      repos.prompts.insert({ id: "prm_2", projectId: "prj", name: "football", createdAt: 2 }),
    ).toThrow("UNIQUE");
    expect(repos.prompts.byName("football")?.id).toBe("prm");
  });

  it.each(["update prompt_versions set commit_message = 'x'", "delete from prompt_versions"])(
    "a trigger refuses: %s",
    (statement) => {
      expect(() => repos.database.raw.exec(statement)).toThrow("never changes");
    },
  );

  it("notes when a reader first got the version it has", () => {
    const fetch = { alias: "production", reader: "agent-a" };
    repos.prompts.noteFetch("prm", { ...fetch, versionId: "pv_1", at: 10 });
    repos.prompts.noteFetch("prm", { ...fetch, versionId: "pv_1", at: 20 });
    expect(repos.prompts.fetches("prm")).toEqual([{ ...fetch, versionId: "pv_1", firstAt: 10, lastAt: 20 }]);
    repos.prompts.noteFetch("prm", { ...fetch, versionId: "pv_2", at: 30 });
    expect(repos.prompts.fetches("prm")).toEqual([{ ...fetch, versionId: "pv_2", firstAt: 30, lastAt: 30 }]);
  });
});

describe("aliases", () => {
  const move = (
    expectedCurrent: string | null,
    toVersionId: string,
    at: number,
    kind: AliasMove["event"]["kind"] = "promotion",
  ) =>
    repos.aliases.move({
      promptId: "prm",
      alias: "production",
      expectedCurrent,
      toVersionId,
      event: {
        id: `ale_${at}`,
        kind,
        reason: "better",
        reviewId: null,
        evidenceSentence: null,
        selfApproved: true,
        overridden: false,
        actorId: "usr_jo",
        at,
      },
    });

  it("move only from what the caller saw; else tell what is there, and write nothing", () => {
    expect(move(null, "pv_1", 100, "initial")).toMatchObject({
      status: "moved",
      event: { fromVersion: null, toVersion: 1, actor: "Jo", createdById: "usr_jo" },
    });
    expect(move(null, "pv_2", 200)).toEqual({
      status: "conflict",
      current: { promptId: "prm", alias: "production", versionId: "pv_1", version: 1, since: 100 },
    });
    expect(repos.aliases.history("prm")).toHaveLength(1);
    expect(move("pv_1", "pv_2", 300)).toMatchObject({
      status: "moved",
      event: { fromVersion: 1, toVersion: 2 },
    });
    expect(repos.aliases.get("prm", "production")).toMatchObject({ version: 2, since: 300 });
    expect(repos.aliases.get("prm", "other")).toBeNull();
  });

  it("tells what was in production at a moment", () => {
    move(null, "pv_1", 100, "initial");
    move("pv_1", "pv_2", 300);
    move("pv_2", "pv_1", 400, "rollback");
    expect(
      [99, 100, 299, 300, 500].map((at) => repos.aliases.at("prm", "production", at)?.toVersion ?? null),
    ).toEqual([null, 1, 1, 2, 1]);
    expect(repos.aliases.history("prm", "production").map(({ kind }) => kind)).toEqual([
      "rollback",
      "promotion",
      "initial",
    ]);
  });

  it.each(["update alias_events set reason = 'x'", "delete from alias_events"])(
    "a trigger refuses: %s",
    (statement) => {
      move(null, "pv_1", 100, "initial");
      expect(() => repos.database.raw.exec(statement)).toThrow("append-only");
    },
  );
});
