import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { commitLabelInput } from "@/lib/contracts/labels";
import type { Actor } from "@/lib/contracts/permissions";
import { createTestServices, type TestServices } from "../testing/test-services";
import { REASON_NEEDED } from "./check-label";
import { shortReasons } from "./reason-chips";

let server: TestServices;
let projectId: string;
let queueId: string;
let judgeId: string;
let traceId: string;
let expert: Extract<Actor, { kind: "user" }>;
beforeEach(async () => {
  server = createTestServices();
  projectId = server.services.projects.openSample(server.actor).id;
  await server.idle();
  const [queue] = server.services.queues.list(server.actor, projectId);
  queueId = queue?.id ?? "";
  judgeId = queue?.judgeId ?? "";
  traceId = server.deps.repos.queues.items(queueId)[0]?.traceId ?? "";
  expert = server.person("Eve", projectId, "expert");
});
afterEach(() => server.close());

const commit = (actor: Actor, extra: object = {}) =>
  server.services.labels.commit(
    actor,
    commitLabelInput.parse({ traceId, judgeId, queueId, value: 4, ...extra }),
  );
const mine = (actor: Actor) => server.services.labels.list(actor, projectId, { mine: true, limit: 50 }).items;

describe("committing a label", () => {
  it("keeps value, words and the judge version in use, for teaching", () => {
    const label = commit(expert, { reason: "  Too long ", betterAnswer: " Short. " });
    expect(label).toMatchObject({
      value: 4,
      reason: "Too long",
      betterAnswer: "Short.",
      purpose: "teaching",
      notice: null,
      judgeSays: null,
    });
    expect(label.author).toEqual({ id: expert.userId, name: "Eve" });
    expect(label.judgeVersionId).toBe(server.deps.repos.judges.inUse(judgeId)?.id);
  });

  it.each([6, 0, 2.5, "4", true])("refuses %j, which is no grade of this judge", (value) => {
    expect(() => commit(expert, { value })).toThrow(
      /is no grade of this judge: its grades are 1 to 5\. Nothing was saved\./,
    );
    expect(mine(expert)).toEqual([]);
  });

  it.each([{ value: 1 }, { value: 5, flagged: true }, { value: 1, reason: "  " }])(
    "ux.md, moment 4: %j asks for a reason",
    (extra) => {
      expect(() => commit(expert, extra)).toThrow(REASON_NEEDED);
      expect(() => commit(expert, { ...extra, reason: "No sample size" })).not.toThrow();
    },
  );

  it("is accepted late, and says so when a colleague was faster", () => {
    const { queues } = server.services;
    const held = queues.next(server.actor, queueId, { after: null, not: [] });
    traceId = held?.traceId ?? "";
    expect(commit(expert).notice).toBeNull();
    const late = commit(server.actor, { value: 2 });
    expect(late.notice).toBe("Saved. A colleague labelled it too while you were away; both count.");
    expect(server.deps.repos.labels.list(projectId, { traceIds: [traceId] })).toHaveLength(2);
    expect(commit(server.actor, { value: 3 }).notice).toBeNull();
  });

  it("supersedes one's own earlier label, never a colleague's", () => {
    const first = commit(expert);
    commit(server.actor, { value: 2 });
    const second = commit(expert, { value: 3 });
    expect(server.deps.repos.labels.byId(first.id)?.supersededBy).toBe(second.id);
    const counting = server.deps.repos.labels.list(projectId, { traceIds: [traceId] });
    expect(counting.map(({ value }) => value).sort()).toEqual([2, 3]);
  });

  it("on a sealed record checks, it never teaches (ux.md, rule 2)", () => {
    const { repos, now, newId } = server.deps;
    const [sealed] = repos.records.listSealed(projectId);
    const trace = repos.traces.byId(traceId)!;
    const { verdicts: _verdicts, ...facts } = trace;
    repos.traces.insert({
      ...facts,
      id: newId("trc"),
      recordId: sealed?.id ?? "",
      evaluationId: null,
      createdAt: now(),
    });
    const [other] = repos.traces.latestOfRecord(sealed?.id ?? "", 1);
    expect(commit(expert, { traceId: other?.id, queueId: null }).purpose).toBe("checking");
  });

  it("shows the judge's verdict at once only where the project chose so", () => {
    const project = server.deps.repos.projects.byId(projectId)!;
    server.services.projects.update(server.actor, projectId, {
      settings: { ...project.settings, verdictAtOnce: true },
    });
    expect(commit(expert).judgeSays).toEqual({
      grade: expect.stringMatching(/^[1-5]$/),
      rationale: expect.any(String),
    });
  });

  it("is for members who may label", () => {
    expect(() => commit(server.person("Vera", projectId, "viewer"))).toThrow(
      /Your role may not label answers/,
    );
    expect(() =>
      commit({ kind: "user", userId: "usr_x", name: "X", isServerAdmin: false, roles: {} }),
    ).toThrow(/no such project/);
  });
});

describe("undo and amend", () => {
  it("undo takes back the last word, and the earlier one counts again", () => {
    const first = commit(expert, { value: 2 });
    const second = commit(expert, { value: 3 });
    server.services.labels.undo(expert, second.id);
    expect(mine(expert)).toMatchObject([{ id: first.id, value: 2 }]);
    server.services.labels.undo(expert, first.id);
    expect(mine(expert)).toEqual([]);
    expect(() => server.services.labels.undo(expert, first.id)).toThrow(/counts no more/);
    expect(server.services.queues.next(expert, queueId, { after: null, not: [] })).not.toBeNull();
  });

  it("nobody undoes or amends a colleague's label", () => {
    const label = commit(expert);
    expect(() => server.services.labels.undo(server.actor, label.id)).toThrow(/not yours/);
    expect(() => server.services.labels.addReason(server.actor, label.id, { reason: "No" })).toThrow(
      /not yours/,
    );
  });

  it("a reason given later supersedes the label and keeps its grade", () => {
    const label = commit(expert, { value: 2 });
    const amended = server.services.labels.addReason(expert, label.id, { reason: "Names no player" });
    expect(amended).toMatchObject({ value: 2, reason: "Names no player", purpose: "teaching" });
    expect(mine(expert).map(({ id }) => id)).toEqual([amended.id]);
    expect(() => server.services.labels.addReason(expert, amended.id, { value: 1, reason: "" })).toThrow(
      REASON_NEEDED,
    );
    expect(() => server.services.labels.addReason(expert, label.id, { reason: "again" })).toThrow(
      /newer one/,
    );
  });
});

describe("lists", () => {
  it("experts are blind to each other until they commit (alignment.md, Labels)", () => {
    commit(expert, { reason: "Mine" });
    const wanted = server.services.queues.create(server.actor, projectId, {
      judgeId,
      size: 1,
      expertsPerItem: 2,
      traceIds: [traceId],
    });
    expect(wanted.leftForMe).toBe(1);
    const all = () => server.services.labels.list(server.actor, projectId, { mine: false, limit: 200 }).items;
    expect(all().some((label) => label.traceId === traceId)).toBe(false);
    commit(server.actor, { value: 2 });
    expect(all().filter((label) => label.traceId === traceId)).toHaveLength(2);
  });

  it("pages newest first without losing or repeating one", () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = server.services.labels.list(server.actor, projectId, {
        mine: false,
        limit: 10,
        ...(cursor ? { cursor } : {}),
      });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(
      server.deps.repos.labels
        .list(projectId)
        .map(({ id }) => id)
        .reverse(),
    );
  });

  it("says which guidelines a label's words became, also after its reason was changed", () => {
    const label = commit(expert, { value: 2, reason: "No sample size" });
    const amended = server.services.labels.addReason(expert, label.id, {
      reason: "No sample size on the shares",
    });
    const { repos, now, newId } = server.deps;
    const inUse = repos.judges.versionById(repos.judges.inUse(judgeId)?.id ?? "")!;
    const guideline = {
      id: "g1",
      text: "State the sample size.",
      sourceLabelIds: [label.id],
      active: true,
      conflictsWith: [],
      editedByPerson: false,
    };
    const {
      version: _v,
      episodeCount: _e,
      createdAt: _at,
      createdBy: _by,
      createdById: _id,
      ...facts
    } = inUse;
    repos.judges.addVersion({
      ...facts,
      id: newId("jdv"),
      status: "draft",
      guidelines: [guideline],
      actorId: expert.userId,
      at: now(),
    });
    expect(mine(expert)).toMatchObject([
      { id: amended.id, shown: "2", becameGuidelines: ["State the sample size."] },
    ]);
  });

  it("tells where experts are apart: the reader as you, colleagues as A and B, words with their author", () => {
    const before = server.services.labels.disagreements(server.actor, projectId);
    commit(server.actor, { value: 2, reason: "No count" });
    commit(expert, { value: 4 });
    const [mineToo] = server.services.labels
      .disagreements(server.actor, projectId)
      .filter((one) => one.traceId === traceId);
    expect(mineToo?.grades).toEqual([
      { who: "you", isMine: true, shown: "2" },
      { who: "A", isMine: false, shown: "4" },
    ]);
    expect(mineToo?.reasons).toEqual([{ author: "Tester", text: "No count" }]);
    expect(server.services.labels.disagreements(server.actor, projectId)).toHaveLength(before.length + 1);
  });
});

describe("reason chips", () => {
  it("come from short sentences of reasons for answers that were not good enough, most used first", () => {
    commit(expert, { value: 2, reason: "too long; no sample size" });
    commit(server.actor, { value: 3, reason: "Too long." });
    expect(server.services.labels.reasonChips(expert, projectId, judgeId)[0]?.toLowerCase()).toBe("too long");
  });

  it("are whole parts, not pieces of words", () => {
    expect(
      shortReasons("Wrong player. It makes 33 the power back, and the share has no snaps behind it."),
    ).toEqual(["Wrong player"]);
    expect(shortReasons("too long; wrong tone")).toEqual(["too long", "wrong tone"]);
    expect(shortReasons("ok")).toEqual([]);
    expect(shortReasons("But 64 percent of how many?")).toEqual([]);
  });
});
