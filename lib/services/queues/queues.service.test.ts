import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Actor } from "@/lib/contracts/permissions";
import { createTestServices, type TestServices } from "../testing/test-services";
import { minutesAtWork } from "./batch-end";
import { RESERVATION_MS } from "./queues.service";
import { byTeaching } from "./teaching-order";

let server: TestServices;
let projectId: string;
let queueId: string;
let judgeId: string;
let dana: Extract<Actor, { kind: "user" }>;
beforeEach(async () => {
  server = createTestServices();
  projectId = server.services.projects.openSample(server.actor).id;
  await server.idle();
  const [queue] = server.services.queues.list(server.actor, projectId);
  queueId = queue?.id ?? "";
  judgeId = queue?.judgeId ?? "";
  dana = server.person("Dana Two", projectId, "expert");
});
afterEach(async () => {
  vi.useRealTimers();
  await server.close();
});

const next = (actor: Actor = server.actor, not: string[] = []) =>
  server.services.queues.next(actor, queueId, { after: null, not });
const commit = (actor: Actor, traceId: string, extra: object = {}) =>
  server.services.labels.commit(actor, {
    traceId,
    judgeId,
    queueId,
    value: 3,
    reason: "",
    betterAnswer: null,
    flagged: false,
    ...extra,
  });

describe("alignment.md, Labels: the next item is the one expected to teach most", () => {
  const facts = (judged: number | null, expertsSplit = false, recordHasLabels = true) => ({
    judged,
    expertsSplit,
    recordHasLabels,
  });

  it("asks first where experts are split, then near the line, then far from it; equals keep their order", () => {
    const items = [facts(0), facts(0.5), facts(0, true), facts(0.5), facts(null)];
    expect(byTeaching(items, (item) => item, 0.625)).toEqual([
      items[2],
      items[1],
      items[3],
      items[4],
      items[0],
    ]);
  });

  it("asks first where no label has been yet, when the judge is as sure", () => {
    const [known, fresh] = [facts(0.5), facts(0.5, false, false)];
    expect(byTeaching([known, fresh], (item) => item, 0.625)).toEqual([fresh, known]);
  });
});

describe("the next item", () => {
  it("is held for 30 minutes: a colleague gets another one meanwhile, and this one after", () => {
    const mine = next();
    const seen = new Set<string>();
    for (let item = next(dana); item; item = next(dana, [...seen])) seen.add(item.itemId);
    expect(seen.size).toBe(5);
    expect(seen).not.toContain(mine?.itemId);
    const later = server.deps.now() + RESERVATION_MS + 1;
    vi.useFakeTimers({ now: later, toFake: ["Date"] });
    expect(next(dana, [...seen])?.itemId).toBe(mine?.itemId);
  });

  it("comes back to whoever holds it, and tells where it stands without what is in hand twice", () => {
    const first = next();
    expect(next()?.itemId).toBe(first?.itemId);
    expect(first).toMatchObject({ position: 1, total: 6 });
    const second = next(server.actor, [first?.itemId ?? ""]);
    expect(second).toMatchObject({ position: 2, total: 6 });
    commit(server.actor, first?.traceId ?? "");
    expect(next(server.actor, [second?.itemId ?? ""])).toMatchObject({ position: 3, total: 6 });
  });

  it("never carries the judge's verdict (ux.md, rule 12)", () => {
    expect(JSON.stringify(next())).not.toMatch(/verdict|rationale|normalised/);
  });

  it("put off comes last; what cannot be judged comes no more, and is told to the team", () => {
    const first = next();
    server.services.queues.skip(server.actor, queueId, first?.itemId ?? "", { how: "later" });
    const second = next();
    expect(second?.itemId).not.toBe(first?.itemId);
    server.services.queues.skip(server.actor, queueId, second?.itemId ?? "", { how: "record-is-wrong" });
    const rest: string[] = [];
    for (let item = next(); item; item = next(server.actor, rest)) rest.push(item.itemId);
    expect(rest).toHaveLength(5);
    expect(rest.at(-1)).toBe(first?.itemId);
    expect(rest).not.toContain(second?.itemId);
    expect(server.services.queues.unjudged(dana, projectId)).toMatchObject([
      { why: "record-is-wrong", by: "Tester", isMine: false },
    ]);
  });

  it("is for people who may label", () => {
    const viewer = server.person("Vera", projectId, "viewer");
    expect(() => next(viewer)).toThrow(/Your role may not label answers/);
    expect(() => next({ kind: "user", userId: "usr_x", name: "X", isServerAdmin: false, roles: {} })).toThrow(
      /no such project/,
    );
  });
});

describe("the end of a batch (ux.md, moment 5)", () => {
  it("stays shut while answers are left, and then tells where expert and judge differ", () => {
    const { queues } = server.services;
    expect(() => queues.end(server.actor, queueId)).toThrow("6 answers are left for you in this batch.");
    for (let item = next(); item; item = next())
      commit(server.actor, item.traceId, { value: 1, reason: "No sample size." });
    const end = queues.end(server.actor, queueId);
    expect(end).toMatchObject({ labelled: 6, minutes: 1 });
    const verdicts = server.deps.repos.queues
      .items(queueId)
      .map(({ traceId }) => server.deps.repos.traces.byId(traceId)?.verdicts[0]);
    const apart = verdicts.filter((one) => one?.status === "graded" && Number(one.value) >= 3);
    expect(end.differ).toHaveLength(apart.length);
    expect(end.differ.length).toBeGreaterThan(0);
    expect(end.differ.every(({ mine, judgeRationale }) => mine === "1" && judgeRationale !== "")).toBe(true);
    expect(end.next).toContain("You will see here which of your words became guidelines.");
    expect(end.canTeach).toBe(true);
  });

  it("a reason given there does not change how long the batch took, nor how many it had", () => {
    for (let item = next(); item; item = next()) commit(server.actor, item.traceId);
    const before = server.services.queues.end(server.actor, queueId);
    vi.useFakeTimers({ now: server.deps.now() + 3_600_000, toFake: ["Date"] });
    const [first] = server.services.labels.list(server.actor, projectId, { mine: true, limit: 1 }).items;
    server.services.labels.addReason(server.actor, first?.id ?? "", { reason: "Too long" });
    expect(server.services.queues.end(server.actor, queueId)).toMatchObject({
      labelled: before.labelled,
      minutes: before.minutes,
    });
  });

  it("counts work, not interruptions, and says nothing of a single label", () => {
    const minute = 60_000;
    expect(minutesAtWork([0, minute, 2 * minute])).toBe(3);
    expect(minutesAtWork([0, minute, 60 * minute])).toBe(6);
    expect(minutesAtWork([5])).toBe(0);
  });
});

describe("making a queue", () => {
  it("takes practice answers that nobody has labelled and no other queue asks", () => {
    const { queues } = server.services;
    expect(queues.free(server.actor, projectId)).toEqual({ free: 0, judgeId });
    expect(() => queues.create(server.actor, projectId, { judgeId, size: 12, expertsPerItem: 1 })).toThrow(
      /Get answers first/,
    );
  });

  it("asks exactly the answers it is given, of this project only", () => {
    const [trace] = server.services.evaluations.answers(server.actor, projectId, { limit: 1 }).items;
    const made = server.services.queues.create(server.actor, projectId, {
      judgeId,
      size: 12,
      expertsPerItem: 2,
      traceIds: [trace?.id ?? ""],
    });
    expect(made).toMatchObject({ total: 1, name: "1 answer to label", expertsPerItem: 2 });
    const plan = { judgeId, size: 12, expertsPerItem: 1, traceIds: [trace?.id ?? "", "trc_other"] };
    expect(() => server.services.queues.create(server.actor, projectId, plan)).toThrow(
      "1 of the 2 answers cannot be asked",
    );
  });

  it("gives the label page the judge's own grades, meanings and line", () => {
    const sheet = server.services.queues.sheet(server.actor, queueId);
    expect(sheet.grades.map(({ text }) => text)).toEqual(["1", "2", "3", "4", "5"]);
    expect(sheet.grades.map(({ needsReason }) => needsReason)).toEqual([true, false, false, false, false]);
    expect(sheet.goodEnoughFrom).toBe(3);
    expect(sheet.grades.every(({ meaning }) => meaning !== "")).toBe(true);
    expect(sheet.chips.length).toBeGreaterThan(2);
    expect(sheet.chips.every((chip) => chip.length <= 34)).toBe(true);
  });
});
