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

  it("deleted it is gone for everybody once its name was typed; its rows and the act stay", async () => {
    const { projects } = server.services;
    const { name } = projects.get(server.actor, projectId);
    const engineer = server.person("Jonas", projectId, "engineer");
    await expect(projects.remove(engineer, projectId, name)).rejects.toMatchObject({ code: "forbidden" });
    await expect(projects.remove(server.actor, projectId, "footbal")).rejects.toMatchObject({
      code: "invalid-input",
    });
    expect(names()).toEqual([name]);
    await projects.remove(server.actor, projectId, ` ${name} `);
    expect(names()).toEqual([]);
    expect(() => projects.get(server.actor, projectId)).toThrow(/no such project/);
    expect(server.deps.repos.members.list(projectId)).toEqual([]);
    expect(server.deps.repos.records.counts(projectId).total).toBeGreaterThan(0);
    // the sample can be opened anew
    expect(projects.openSample(server.actor).id).not.toBe(projectId);
  });
});
