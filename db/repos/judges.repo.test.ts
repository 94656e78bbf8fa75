import { beforeEach, describe, expect, it } from "vitest";
import { addJob, addJudge, addJudgeVersion, fiveGrades, seededRepos } from "../testing/seed";
import { written } from "./common";

let repos: ReturnType<typeof seededRepos>;
beforeEach(() => {
  repos = seededRepos();
  addJudge(repos);
});

describe("judge versions", () => {
  it("one is in use: putting another to use retires it", () => {
    addJudgeVersion(repos, "jv_2", "draft");
    expect(repos.judges.draft("jdg")).toMatchObject({ id: "jv_2", version: 2 });
    repos.judges.putToUse("jdg", "jv_2");
    expect(repos.judges.versions("jdg").map(({ id, status }) => [id, status])).toEqual([
      ["jv_2", "in-use"],
      ["jv_1", "retired"],
    ]);
    expect(repos.judges.inUse("jdg")?.id).toBe("jv_2");
    expect(repos.judges.draft("jdg")).toBeNull();
  });

  it("a draft older than the version in use is no longer offered", () => {
    addJudgeVersion(repos, "jv_2", "draft");
    addJudgeVersion(repos, "jv_3", "in-use");
    expect(repos.judges.draft("jdg")).toBeNull();
    expect(repos.judges.versionCount("jdg")).toBe(3);
  });

  it("a snapshot has everything that a verdict depends on, memory included", () => {
    const episode = {
      labelId: "lab",
      traceId: "t",
      recordId: "r",
      inputs: "q",
      outputs: "a",
      value: 2,
      reason: "why",
      vector: [0.5, 1],
    };
    repos.judges.addVersion({
      ...written(repos.judges.versionById("jv_1")),
      id: "jv_2",
      status: "draft",
      origin: "aligned",
      parentVersionId: "jv_1",
      episodes: [episode],
      guidelines: [
        {
          id: "g",
          text: "Give the sample size.",
          sourceLabelIds: ["lab"],
          active: true,
          conflictsWith: [],
          editedByPerson: false,
        },
      ],
      actorId: "usr_jo",
      at: 9,
    });
    expect(repos.judges.snapshot("jv_2")).toEqual({
      judgeId: "jdg",
      versionId: "jv_2",
      name: "Quality",
      scale: fiveGrades,
      anchors: [],
      goodEnough: 4,
      instructions: "Grade it.",
      guidelines: [expect.objectContaining({ id: "g" })],
      episodes: [episode],
      retrieval: { kind: "lexical" },
      rule: null,
    });
    const [summary] = repos.judges.versions("jdg");
    expect(summary).toMatchObject({ version: 2, episodeCount: 1, createdBy: "Jo", createdById: "usr_jo" });
    expect(summary).not.toHaveProperty("episodes");
  });

  it.each([
    "update judge_versions set instructions = 'x'",
    "update judge_versions set guidelines = '{}'",
    "update judge_versions set good_enough = null",
    "delete from judge_versions",
    "update judges set scale = '{}'",
  ])("a trigger refuses: %s", (statement) => {
    expect(() => repos.database.raw.exec(statement)).toThrow("never change");
  });

  it("two versions in use at once are refused below the repo too", () => {
    addJudgeVersion(repos, "jv_2", "draft");
    expect(() => repos.judges.setStatus("jv_2", "in-use")).toThrow("UNIQUE");
  });
});

it("an alignment begins open, and keeps what was found", () => {
  addJob(repos, "job", "alignment");
  const started = repos.alignments.insert({
    id: "aln",
    projectId: "prj",
    judgeId: "jdg",
    baseVersionId: "jv_1",
    jobId: "job",
    labelIds: ["lab"],
    models: {},
    simulated: true,
    actorId: "usr_ray",
    at: 3,
  });
  expect(started).toMatchObject({ decision: "open", before: null, report: null, createdBy: "Ray" });
  const report = {
    usedLabels: 1,
    withReason: 1,
    skipped: [],
    droppedGuidelines: [],
    failedBatches: [],
    partial: false,
    contradictions: [],
    conflicts: [],
    switchedOff: [],
    checkingLabels: 0,
    effects: [],
    settled: [],
  };
  repos.alignments.update("aln", { report, decision: "kept-old", modelCalls: 4 });
  expect(repos.alignments.list("jdg")).toMatchObject([{ report, decision: "kept-old", modelCalls: 4 }]);
});
