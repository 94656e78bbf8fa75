import { afterEach, describe, expect, it } from "vitest";
import { recordListQuery } from "@/lib/contracts/records";
import { createTestServices, type TestServices } from "../testing/test-services";

let server: TestServices;
afterEach(() => server.close());

describe("ux.md section 6: the football sample", () => {
  it("has 60 records of which 18 are sealed, 36 recorded answers, 30 of them labelled, and six that wait", async () => {
    server = createTestServices();
    const { actor, services, deps } = server;
    const project = services.projects.openSample(actor);
    await server.idle();
    const { repos } = deps;
    expect(repos.records.counts(project.id)).toMatchObject({
      total: 60,
      practice: 42,
      sealed: 18,
      unassigned: 0,
    });
    const [judge] = repos.judges.list(project.id);
    const labels = repos.labels.listTeaching(project.id, judge?.id ?? "");
    expect(labels).toHaveLength(42);
    expect(new Set(labels.map(({ traceId }) => traceId)).size).toBe(30);
    expect(labels.every(({ reason }) => reason !== "")).toBe(true);
    expect(services.overview.get(actor, project.id)).toMatchObject({
      status: "Two experts have labelled 30 answers. Six are left for you: 3 minutes.",
      next: { code: "label", title: "Label 6 answers" },
    });
    expect(services.projects.openSample(actor).id).toBe(project.id);
  });

  it("has its recorded answers graded by the simulated judge, each once", async () => {
    server = createTestServices();
    const { actor, services, deps } = server;
    const project = services.projects.openSample(actor);
    await server.idle();
    const traces = deps.repos.traces.list(project.id, { limit: 200 }).items;
    expect(traces).toHaveLength(36);
    expect(traces.every(({ verdicts }) => verdicts.length === 1 && verdicts[0]?.status === "graded")).toBe(
      true,
    );
  });

  it("keeps labelled and critical-answered records out of the sealed set", () => {
    server = createTestServices();
    const { actor, services, deps } = server;
    const project = services.projects.openSample(actor);
    const answered = new Set(
      deps.repos.traces.list(project.id, { limit: 200 }).items.map(({ recordId }) => recordId),
    );
    expect(deps.repos.records.listSealed(project.id).filter(({ id }) => answered.has(id))).toEqual([]);
  });

  it("rule 12: the records table shows no grade of an answer that waits for one's own label", async () => {
    server = createTestServices();
    const { actor, services, deps } = server;
    const project = services.projects.openSample(actor);
    await server.idle();
    const [queue] = deps.repos.queues.list(project.id);
    const waiting = deps.repos.traces
      .byIds(deps.repos.queues.items(queue?.id ?? "").map(({ traceId }) => traceId))
      .map(({ recordId }) => recordId);
    const rows = services.records.list(actor, project.id, recordListQuery.parse({}));
    const graded = new Set(rows.items.filter(({ lastGrade }) => lastGrade !== null).map(({ id }) => id));
    expect(graded.size).toBe(30);
    expect(waiting.filter((id) => graded.has(id))).toEqual([]);
  });
});
