import { beforeEach, describe, expect, it } from "vitest";
import { addJob, addPrompt, addRecord, seededRepos } from "../testing/seed";

let repos: ReturnType<typeof seededRepos>;
beforeEach(() => {
  repos = seededRepos();
  addPrompt(repos, ["one"]);
  addRecord(repos, "rec_1", "question");
  addReview("rev_1");
});

function addReview(id: string) {
  return repos.reviews.insert({
    id,
    projectId: "prj",
    promptId: "prm",
    runId: null,
    candidateId: null,
    components: { system: "new" },
    layout: ["system"],
    modelConfig: {},
    contentHash: "h",
    authorId: "usr_ray",
    simulated: true,
    createdAt: 50,
  });
}

const addLook = (id: string, reviewId = "rev_1") =>
  repos.evidence.insert({
    id,
    reviewId,
    jobId: null,
    baselineVersionId: "pv_1",
    snapshotId: null,
    judgeVersionIds: ["jv_1"],
    targetVersionId: null,
    models: {},
    contentHash: null,
    simulated: true,
    actorId: "usr_jo",
    at: 60,
  });

describe("reviews", () => {
  it("number on, and move on only from the state that the caller saw", () => {
    expect(addReview("rev_2")).toMatchObject({
      number: 2,
      state: "open",
      author: "Ray",
      authorId: "usr_ray",
      closedBy: null,
    });
    const promote = {
      state: "promoted",
      byId: "usr_jo",
      reason: "better",
      promotedVersionId: "pv_1",
      at: 70,
    } as const;
    expect(repos.reviews.moveOn("rev_1", "open", promote)).toMatchObject({
      state: "promoted",
      closedBy: "Jo",
      closeReason: "better",
      closedAt: 70,
      promotedVersionId: "pv_1",
    });
    expect(
      repos.reviews.moveOn("rev_1", "open", { state: "declined", byId: "usr_ray", reason: "late", at: 71 }),
    ).toBeNull();
    expect(repos.reviews.list("prj").map(({ id, state }) => [id, state])).toEqual([
      ["rev_2", "open"],
      ["rev_1", "promoted"],
    ]);
  });

  it("one approval a person, and ways round the gate are counted for ever", () => {
    const approval = {
      reviewId: "rev_1",
      byId: "usr_jo",
      contentHash: "h",
      self: false,
      override: true,
      reason: "urgent",
      createdAt: 61,
    };
    repos.reviews.addApproval(approval);
    repos.reviews.addApproval({ ...approval, override: false, createdAt: 62 });
    expect(repos.reviews.approvals("rev_1")).toEqual([{ ...approval, by: "Jo" }]);
    expect(repos.reviews.overrides("prj")).toBe(1);
  });

  it("keeps comments in order, with their author", () => {
    const comment = {
      id: "cmt_1",
      reviewId: "rev_1",
      kind: "question" as const,
      text: "Why?",
      line: null,
      authorId: "usr_jo",
      createdAt: 62,
    };
    repos.reviews.addComment(comment);
    expect(repos.reviews.comments("rev_1")).toEqual([{ ...comment, author: "Jo" }]);
  });

  it("blind comparisons are answered by their own expert only", () => {
    const check = {
      id: "abc_1",
      reviewId: "rev_1",
      recordId: "rec_1",
      evidenceId: "evd_1",
      userId: "usr_jo",
      firstOutput: "a",
      secondOutput: "b",
      candidateFirst: true,
      swappedDuplicate: false,
      position: 1,
      createdAt: 63,
    };
    addLook("evd_1");
    repos.reviews.addAbChecks([check]);
    const answer = { choice: "second" as const, reason: "clearer", at: 64 };
    expect(repos.reviews.answerAbCheck("abc_1", "usr_ray", answer)).toBeNull();
    expect(repos.reviews.answerAbCheck("abc_1", "usr_jo", answer)).toMatchObject({
      choice: "second",
      answeredAt: 64,
    });
    expect(repos.reviews.abChecks("evd_1", "usr_ray")).toEqual([]);
    expect(repos.reviews.abChecks("evd_1")).toHaveLength(1);
  });
});

describe("evidence", () => {
  it("each look of a review has the next number and is never taken back", () => {
    addReview("rev_2");
    expect([addLook("evd_1"), addLook("evd_2"), addLook("evd_3", "rev_2")].map(({ look }) => look)).toEqual([
      1, 2, 1,
    ]);
    expect(repos.evidence.listByReview("rev_1").map(({ look, createdBy }) => [look, createdBy])).toEqual([
      [2, "Jo"],
      [1, "Jo"],
    ]);
    expect(repos.evidence.countLooks("prj")).toBe(3);
    expect(() => repos.database.raw.exec("delete from evidence_looks")).toThrow("counted for ever");
  });

  it("holds its result when it is done, and accepted losses by name", () => {
    addLook("evd_1");
    addJob(repos, "job", "evidence");
    repos.evidence.setJob("evd_1", "job");
    const result = {
      verdict: "better" as const,
      headline: "Better.",
      sentence: "",
      counts: { better: 8, worse: 1, same: 0, notScored: 0 },
      meanBefore: 3.4,
      meanAfter: 4.1,
      gain: { low: 0.3, high: 1.1, value: 0.7 },
      pValue: 0.01,
      alpha: 0.025,
      morePairsNeeded: null,
      byTag: [],
      pairs: [],
      critical: { passed: 0, of: 0, failing: [], cases: [] },
      losses: [
        {
          recordId: "rec_1",
          question: "question",
          before: "4",
          after: "2",
          confirmed: true,
          readings: "2, 2, 2",
          accepted: null,
        },
      ],
      perAnswer: null,
      modelCalls: 36,
      costUsd: null,
    };
    expect(repos.evidence.byId("evd_1")?.result).toBeNull();
    expect(repos.evidence.setResult("evd_1", result)).toMatchObject({ jobId: "job", result });
    const acceptance = {
      reviewId: "rev_1",
      recordId: "rec_1",
      evidenceId: "evd_1",
      reason: "rare",
      byId: "usr_jo",
      createdAt: 80,
    };
    repos.reviews.acceptRegression({ ...acceptance, reason: "first thought", createdAt: 79 });
    repos.reviews.acceptRegression(acceptance);
    expect(repos.reviews.regressionAcceptances("evd_1")).toEqual([{ ...acceptance, by: "Jo" }]);
  });
});
