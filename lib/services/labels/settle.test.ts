import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { commitLabelInput } from "@/lib/contracts/labels";
import type { Actor } from "@/lib/contracts/permissions";
import { teachingSetOf } from "../alignments/teaching-labels";
import { createTestServices, type TestServices } from "../testing/test-services";

let server: TestServices;
let projectId: string;
let queueId: string;
let judgeId: string;
let traceId: string;
let eve: Extract<Actor, { kind: "user" }>;
let dana: Extract<Actor, { kind: "user" }>;
let lead: Extract<Actor, { kind: "user" }>;
beforeEach(async () => {
  server = createTestServices();
  projectId = server.services.projects.openSample(server.actor).id;
  await server.idle();
  const [queue] = server.services.queues.list(server.actor, projectId);
  queueId = queue?.id ?? "";
  judgeId = queue?.judgeId ?? "";
  traceId = server.deps.repos.queues.items(queueId)[0]?.traceId ?? "";
  eve = server.person("Eve", projectId, "expert");
  dana = server.person("Dana Two", projectId, "expert");
  lead = server.person("Lea", projectId, "lead");
});
afterEach(() => server.close());

const label = (actor: Actor, value: number, reason: string) =>
  server.services.labels.commit(actor, commitLabelInput.parse({ traceId, judgeId, queueId, value, reason }));
const split = (viewer: Actor) =>
  server.services.labels.disagreements(viewer, projectId).find((item) => item.traceId === traceId);
const taught = () => {
  const judge = server.deps.repos.judges.byId(judgeId);
  if (!judge) throw new Error("no judge");
  const set = teachingSetOf(server.deps, judge);
  const ofTrace = set.labels.filter((one) => one.traceId === traceId);
  return { values: ofTrace.map(({ value }) => value), skipped: set.skipped.map(({ why }) => why) };
};

describe("a disagreement is talked over and settled", () => {
  it("the lead's decision becomes a label; the judge is taught with those that say the same; opened again all count", () => {
    label(eve, 5, "Names the guard.");
    label(dana, 2, "No sample size.");
    expect(split(eve)).toMatchObject({ settled: null, notes: [] });
    server.services.labels.addNote(eve, projectId, traceId, { judgeId, text: "Film shows the guard." });
    expect(() =>
      server.services.labels.settle(eve, projectId, traceId, { judgeId, value: 5, reason: "x" }),
    ).toThrow(/It takes a lead expert/);
    server.services.labels.settle(lead, projectId, traceId, { judgeId, value: 2, reason: "Counts decide." });
    expect(split(dana)).toMatchObject({
      settled: { by: "Lea", shown: "2", reason: "Counts decide." },
      notes: [{ author: "Eve", isMine: false, text: "Film shows the guard." }],
    });
    expect(split(eve)?.notes[0]?.isMine).toBe(true);
    expect(taught().values).toEqual([2, 2]);
    expect(taught().skipped).toContain("The lead expert settled this answer as 2.");
    server.services.labels.unsettle(lead, projectId, traceId, judgeId);
    expect(split(dana)?.settled).toBeNull();
    expect(taught().values).toEqual([5, 2, 2]);
    expect(() => server.services.labels.unsettle(lead, projectId, traceId, judgeId)).toThrow(/opened again/);
  });

  it("whoever still has to label an answer neither sees what was said of it nor adds to it", () => {
    const { queues } = server.services;
    queues.change(server.actor, queueId, { expertsPerItem: 5 });
    label(eve, 5, "Names the guard.");
    label(dana, 2, "No sample size.");
    expect(split(lead)).toBeUndefined();
    expect(() =>
      server.services.labels.addNote(lead, projectId, traceId, { judgeId, text: "I think…" }),
    ).toThrow(/Label this answer first/);
  });

  it("a decision is on the judge's scale, and of this project", () => {
    const decide =
      (value: number, trace = traceId) =>
      () =>
        server.services.labels.settle(lead, projectId, trace, { judgeId, value, reason: "Because." });
    expect(decide(9)).toThrow(/is no grade of this judge/);
    expect(decide(3, "trc_elsewhere")).toThrow(/no such answer/);
  });
});

describe("agreement between experts", () => {
  it("a person sees their own counts, the lead those of all, and nobody whose they are", () => {
    label(eve, 5, "Names the guard.");
    label(dana, 2, "No sample size.");
    const { labels } = server.services;
    expect(labels.agreement(eve, projectId)).toEqual({
      mine: { pairs: 1, sameSide: 0, sameGrade: 0 },
      all: null,
    });
    const seen = labels.agreement(lead, projectId);
    expect(seen.mine).toBeNull();
    // the sample's two experts have both labelled twelve answers
    expect(seen.all?.pairs).toBe(13);
    expect(JSON.stringify(seen)).not.toContain("Eve");
  });
});

describe("your labels", () => {
  it("are found by words of the question, the reason or the better answer, in any case", () => {
    label(eve, 4, "Größe fehlt");
    const found = (q: string) =>
      server.services.labels.list(eve, projectId, { mine: true, q, limit: 10 }).items.length;
    expect([found("grÖSSE".replace("SS", "ß")), found("fehlt größe"), found("nothing like it")]).toEqual([
      1, 1, 0,
    ]);
  });
});

describe("queues and their assignees", () => {
  it("asks only those who were chosen, with their progress; a late label of another is still accepted", () => {
    const { queues } = server.services;
    const view = queues.change(server.actor, queueId, {
      assignees: [eve.userId],
      askOrder: "listed",
      name: "For Eve",
    });
    expect(view).toMatchObject({
      name: "For Eve",
      askOrder: "listed",
      assignees: [{ name: "Eve", done: 0 }],
      leftForMe: 0,
    });
    expect(queues.next(dana, queueId, { after: null, not: [] })).toBeNull();
    const first = server.deps.repos.queues.items(queueId)[0];
    expect(queues.next(eve, queueId, { after: null, not: [] })?.itemId).toBe(first?.id);
    expect(label(dana, 4, "Late.").author.name).toBe("Dana Two");
    label(eve, 4, "Fine.");
    expect(queues.get(eve, queueId).assignees).toEqual([{ id: eve.userId, name: "Eve", done: 1 }]);
  });

  it("people who may not label cannot be asked; closed, a queue asks nobody, and can be opened again", () => {
    const { queues } = server.services;
    const viewer = server.person("Vic", projectId, "viewer");
    expect(() => queues.change(server.actor, queueId, { assignees: [viewer.userId] })).toThrow(
      /may not label/,
    );
    expect(queues.change(server.actor, queueId, { closed: true })).toMatchObject({
      isClosed: true,
      leftForMe: 0,
    });
    expect(queues.change(server.actor, queueId, { closed: false }).leftForMe).toBeGreaterThan(0);
    expect(() => queues.change(viewer, queueId, { closed: true })).toThrow(/Your role may not/);
  });
});
