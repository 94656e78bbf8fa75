import { beforeEach, describe, expect, it } from "vitest";
import { addJudge, addRecord, addTrace, seededRepos } from "../testing/seed";
import type { NewLabel } from "./labels.repo";

let repos: ReturnType<typeof seededRepos>;
beforeEach(() => {
  repos = seededRepos();
  addJudge(repos);
  for (const n of [1, 2, 3]) {
    addRecord(repos, `rec_${n}`, `question ${n}`);
    addTrace(repos, `trc_${n}`, `rec_${n}`);
  }
});

function label(id: string, traceId: string, authorId: string, more: Partial<NewLabel> = {}) {
  return repos.labels.commit({
    id,
    projectId: "prj",
    traceId,
    recordId: traceId.replace("trc", "rec"),
    judgeId: "jdg",
    judgeVersionId: "jv_1",
    queueId: null,
    authorId,
    value: 2,
    reason: "no sample size",
    betterAnswer: null,
    flagged: false,
    purpose: "teaching",
    createdAt: Number(id.slice(4)) + 100,
    ...more,
  });
}

describe("labels", () => {
  it("a later label of the same person supersedes; history stays, undo brings the earlier one back", () => {
    label("lab_1", "trc_1", "usr_ray");
    label("lab_2", "trc_1", "usr_ray", { value: 4 });
    expect(repos.labels.mine("trc_1", "jdg", "usr_ray")).toMatchObject({
      id: "lab_2",
      value: 4,
      author: { id: "usr_ray", name: "Ray" },
    });
    expect(repos.labels.history("trc_1").map(({ id, supersededBy }) => [id, supersededBy])).toEqual([
      ["lab_2", null],
      ["lab_1", "lab_2"],
    ]);
    expect(repos.labels.withdraw("lab_2", "usr_jo", 200)).toBeNull();
    expect(repos.labels.withdraw("lab_2", "usr_ray", 200)).toMatchObject({ id: "lab_2" });
    expect(repos.labels.mine("trc_1", "jdg", "usr_ray")?.id).toBe("lab_1");
    expect(repos.labels.withdraw("lab_2", "usr_ray", 201)).toBeNull();
  });

  it("labels of another person stand beside it", () => {
    label("lab_1", "trc_1", "usr_ray");
    label("lab_2", "trc_1", "usr_jo");
    expect(repos.labels.list("prj", { traceIds: ["trc_1"] }).map(({ id }) => id)).toEqual(["lab_1", "lab_2"]);
  });

  it("checking labels never reach alignment (ux.md rule 2)", () => {
    label("lab_1", "trc_1", "usr_ray", { purpose: "checking" });
    label("lab_2", "trc_2", "usr_ray");
    expect(repos.labels.listTeaching("prj", "jdg").map(({ id }) => id)).toEqual(["lab_2"]);
  });

  it("filters", () => {
    label("lab_1", "trc_1", "usr_ray");
    label("lab_2", "trc_2", "usr_jo");
    const ids = (filter: Parameters<typeof repos.labels.list>[1]) =>
      repos.labels.list("prj", filter).map(({ id }) => id);
    expect(ids({ authorId: "usr_jo" })).toEqual(["lab_2"]);
    expect(ids({ recordId: "rec_1" })).toEqual(["lab_1"]);
    expect(ids({ after: 101 })).toEqual(["lab_2"]);
    expect(ids({ judgeId: "other" })).toEqual([]);
  });

  it.each(["update labels set value = '1'", "delete from labels"])("a trigger refuses: %s", (statement) => {
    label("lab_1", "trc_1", "usr_ray");
    expect(() => repos.database.raw.exec(statement)).toThrow("a label never changes");
  });
});

describe("queues", () => {
  const open = (userId: string, now: number) =>
    repos.queues.openItems("que", userId, now).map(({ id }) => id);
  beforeEach(() => {
    const items = [1, 2, 3].map((n) => ({ id: `itm_${n}`, traceId: `trc_${n}` }));
    const queue = {
      id: "que",
      projectId: "prj",
      judgeId: "jdg",
      evaluationId: null,
      name: "Round 1",
      purpose: "teaching" as const,
      expertsPerItem: 1,
      actorId: "usr_ray",
      createdAt: 50,
    };
    repos.queues.insert(queue, items);
  });

  it("holds an item for one person, until the reservation runs out", () => {
    expect(repos.queues.reserve("itm_1", "usr_ray", 1_000, 500)).toBe(true);
    expect(repos.queues.reserve("itm_1", "usr_jo", 1_000, 500)).toBe(false);
    expect(open("usr_jo", 500)).toEqual(["itm_2", "itm_3"]);
    expect(open("usr_jo", 1_001)).toEqual(["itm_1", "itm_2", "itm_3"]);
    expect(repos.queues.reserve("itm_1", "usr_ray", 2_000, 900)).toBe(true);
    expect(open("usr_jo", 1_001)).toEqual(["itm_2", "itm_3"]);
    repos.queues.release("itm_1", "usr_ray");
    expect(open("usr_jo", 1_001)).toEqual(["itm_1", "itm_2", "itm_3"]);
  });

  it("gives back what the person holds first, what they put off last, and what they cannot judge never", () => {
    repos.queues.skip("itm_1", "usr_ray", "later", 600);
    repos.queues.reserve("itm_3", "usr_ray", 1_000, 700);
    expect(open("usr_ray", 700)).toEqual(["itm_3", "itm_2", "itm_1"]);
    repos.queues.skip("itm_2", "usr_ray", "not-my-field", 800);
    expect(open("usr_ray", 800)).toEqual(["itm_3", "itm_1"]);
    expect(open("usr_jo", 800)).toEqual(["itm_1", "itm_2"]);
    expect(repos.queues.skips("que").map(({ itemId, how }) => [itemId, how])).toEqual([
      ["itm_1", "later"],
      ["itm_2", "not-my-field"],
    ]);
  });

  it("counts own and team progress; a late label of a second person counts no item twice", () => {
    label("lab_1", "trc_1", "usr_ray", { queueId: "que" });
    expect(open("usr_jo", 700)).toEqual(["itm_2", "itm_3"]);
    label("lab_2", "trc_1", "usr_jo", { queueId: "que" });
    label("lab_3", "trc_2", "usr_jo", { queueId: "que" });
    expect(repos.queues.progress("que", "usr_ray", 700)).toEqual({
      total: 3,
      doneByMe: 1,
      leftForMe: 1,
      doneByTeam: 2,
    });
    expect(repos.queues.progress("que", "usr_jo", 700)).toEqual({
      total: 3,
      doneByMe: 2,
      leftForMe: 1,
      doneByTeam: 2,
    });
  });

  it("a withdrawn label opens its item again", () => {
    label("lab_1", "trc_1", "usr_ray", { queueId: "que" });
    repos.labels.withdraw("lab_1", "usr_ray", 800);
    expect(open("usr_ray", 801)).toEqual(["itm_1", "itm_2", "itm_3"]);
  });

  it("more experts an item leave it open for the next one", () => {
    const queue = {
      id: "que_2",
      projectId: "prj",
      judgeId: "jdg",
      evaluationId: null,
      name: "Pairs",
      purpose: "teaching" as const,
      expertsPerItem: 2,
      actorId: "usr_ray",
      createdAt: 51,
    };
    repos.queues.insert(queue, [{ id: "itm_9", traceId: "trc_1" }]);
    label("lab_1", "trc_1", "usr_ray");
    expect(repos.queues.openItems("que_2", "usr_jo", 700)).toMatchObject([
      { id: "itm_9", taken: 1, heldByMe: false, putOff: false },
    ]);
    expect(repos.queues.progress("que_2", "usr_jo", 700)).toEqual({
      total: 1,
      doneByMe: 0,
      leftForMe: 1,
      doneByTeam: 1,
    });
  });

  it("takes further answers once, and nothing is open after it is closed", () => {
    repos.queues.addItems("que", [{ id: "itm_x", traceId: "trc_1" }], 60);
    expect(repos.queues.items("que")).toHaveLength(3);
    repos.queues.update("que", { closedAt: 900 });
    expect(open("usr_ray", 901)).toEqual([]);
    expect(repos.queues.list("prj")).toMatchObject([{ id: "que", createdBy: "Ray", closedAt: 900 }]);
  });
});
