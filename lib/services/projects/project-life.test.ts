import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestServices, type TestServices } from "../testing/test-services";

let server: TestServices;
let projectId: string;
beforeEach(async () => {
  server = createTestServices();
  projectId = server.services.projects.openSample(server.actor).id;
  await server.idle();
});
afterEach(() => server.close());

const names = () => server.services.projects.list(server.actor).map(({ name }) => name);

describe("a project is put out of the way, copied and taken away", () => {
  it("archived it leaves Home and can be brought back with all in it", () => {
    const { projects, overview } = server.services;
    projects.update(server.actor, projectId, { archived: true });
    expect([names(), overview.home(server.actor).archived.map(({ id }) => id)]).toEqual([[], [projectId]]);
    expect(projects.get(server.actor, projectId).archived).toBe(true);
    projects.update(server.actor, projectId, { archived: false });
    expect([names().length, overview.home(server.actor).archived]).toEqual([1, []]);
  });

  it("the copy has records, models and the judge's question, in sets of its own; no label, guideline or run", async () => {
    const { projects, records, judges, prompts } = server.services;
    const before = records.counts(server.actor, projectId);
    const copy = projects.duplicate(server.actor, projectId, "Second season");
    expect(copy).toMatchObject({
      name: "Second season",
      isSample: false,
      models: projects.get(server.actor, projectId).models,
    });
    expect(records.counts(server.actor, copy.id)).toMatchObject({
      total: before.total,
      unassigned: before.total,
      sealed: 0,
    });
    const [judge] = judges.list(server.actor, copy.id);
    const [original] = judges.list(server.actor, projectId);
    expect(judge).toMatchObject({ name: original?.name, scale: original?.scale });
    expect(server.deps.repos.judges.inUse(judge?.id ?? "")?.guidelines).toEqual([]);
    expect(server.deps.repos.labels.list(copy.id)).toEqual([]);
    expect(prompts.list(server.actor, copy.id)[0]?.name).not.toBe(
      prompts.list(server.actor, projectId)[0]?.name,
    );
    expect(records.counts(server.actor, projectId)).toEqual(before);
  });

  it("tells before what would go, what would stop and who fetches its prompts", () => {
    const { projects, prompts } = server.services;
    const { repos, now } = server.deps;
    const engineer = server.person("Jonas", projectId, "engineer");
    expect(() => projects.previewRemoval(engineer, projectId)).toThrow(/admin|may/i);
    const [prompt] = prompts.list(server.actor, projectId);
    const versionId = prompt?.versions[0]?.id ?? "";
    repos.prompts.noteFetch(prompt?.id ?? "", {
      alias: "production",
      reader: "agent-a",
      versionId,
      at: now(),
    });
    repos.jobs.enqueue({
      id: "job_1",
      kind: "import",
      projectId,
      subjectId: "imp_1",
      caps: { maxMetricCalls: null, maxUsd: null, maxMinutes: null },
      total: 0,
      actorId: "usr_1",
      at: now(),
    });
    const preview = projects.previewRemoval(server.actor, projectId);
    expect(preview.counts).toMatchObject({ records: 60, answers: 36, runs: 0, keys: 0 });
    expect(preview.endingJobs).toEqual([{ kind: "import", name: "an import" }]);
    expect(preview.fetches).toMatchObject([{ prompt: prompt?.name, reader: "agent-a" }]);
  });

  it("deleted it is gone for everybody at once, when its name was typed; then every row of it goes", async () => {
    const { projects, purge, records, storage } = server.services;
    const { repos } = server.deps;
    const { name } = projects.get(server.actor, projectId);
    const engineer = server.person("Jonas", projectId, "engineer");
    await expect(projects.remove(engineer, projectId, name)).rejects.toMatchObject({ code: "forbidden" });
    await expect(projects.remove(server.actor, projectId, "footbal")).rejects.toMatchObject({
      code: "invalid-input",
    });
    expect(names()).toEqual([name]);
    const other = projects.duplicate(server.actor, projectId, "Second season");
    const before = records.counts(server.actor, other.id);
    await projects.remove(server.actor, projectId, ` ${name} `);
    expect(names()).toEqual(["Second season"]);
    expect(() => projects.get(server.actor, projectId)).toThrow(/no such project/);
    expect(repos.members.list(projectId)).toEqual([]);
    await purge.finished();
    expect(repos.purge.waiting()).toEqual([]);
    expect(purge.progress()).toEqual([]);
    expect(repos.records.counts(projectId).total).toBe(0);
    expect(repos.labels.list(projectId)).toEqual([]);
    expect(repos.audit.list(projectId, { limit: 10 })).toEqual([]);
    // what stays: that it was done, by whom and when
    const [purged, deleted] = repos.audit
      .listBySubject("project", projectId)
      .filter((act) => act.action !== "project-duplicated");
    expect(deleted).toMatchObject({
      action: "project-deleted",
      actorName: "Tester",
      projectId: null,
      details: null,
    });
    expect(purged).toMatchObject({ action: "project-purged", projectId: null });
    expect(JSON.stringify([purged, deleted])).not.toContain("Football");
    expect(records.counts(server.actor, other.id)).toEqual(before);
    expect(storage.get(server.actor).file.emptyBytes).toBe(0);
    // the sample can be opened anew
    expect(projects.openSample(server.actor).id).not.toBe(projectId);
  });
});
