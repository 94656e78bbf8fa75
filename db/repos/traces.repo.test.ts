import { beforeEach, describe, expect, it } from "vitest";
import { addJob, addJudge, addRecord, addTrace, seededRepos } from "../testing/seed";
import type { TraceVerdict } from "./traces.repo";

let repos: ReturnType<typeof seededRepos>;
beforeEach(() => {
  repos = seededRepos();
  addJudge(repos);
  addRecord(repos, "rec_1", "one");
  addRecord(repos, "rec_2", "two");
  addJob(repos, "job", "evaluation");
  repos.evaluations.insert({
    id: "evl",
    projectId: "prj",
    promptVersionId: null,
    targetVersionId: null,
    judgeVersionId: "jv_1",
    snapshotId: null,
    jobId: "job",
    models: {},
    total: 2,
    queueSize: 2,
    simulated: true,
    actorId: "usr_ray",
    at: 40,
  });
});

const verdict = (
  traceId: string,
  value: number,
  more: Partial<{ sample: number; at: number }> = {},
): TraceVerdict => ({
  traceId,
  judgeVersionId: "jv_1",
  sample: more.sample ?? 0,
  status: "graded",
  value,
  rationale: "because",
  normalised: (value - 1) / 4,
  rawReply: null,
  createdAt: more.at ?? 60,
});
const failed = (traceId: string): TraceVerdict => ({
  traceId,
  judgeVersionId: "jv_1",
  sample: 0,
  status: "failed",
  cause: "out of scale",
  rawReply: "7",
  createdAt: 60,
});

describe("verdicts", () => {
  it("a failed one is replaced, a graded one stays", () => {
    addTrace(repos, "t", "rec_1");
    repos.traces.addVerdict(failed("t"));
    expect(repos.traces.byId("t")?.verdicts).toEqual([failed("t")]);
    repos.traces.addVerdict(verdict("t", 4));
    repos.traces.addVerdict(verdict("t", 1, { at: 70 }));
    expect(repos.traces.byId("t")?.verdicts).toEqual([verdict("t", 4)]);
  });

  it("a fresh reading stands beside the first", () => {
    addTrace(repos, "t", "rec_1");
    repos.traces.addVerdict(verdict("t", 4));
    repos.traces.addVerdict(verdict("t", 3, { sample: 1, at: 61 }));
    expect(repos.traces.verdicts(["t"], "jv_1").map(({ sample }) => sample)).toEqual([0, 1]);
    expect(repos.traces.verdicts(["t"], "jv_2")).toEqual([]);
  });
});

it("counts a round: answers, errors, grades; a failure is never a number", () => {
  addTrace(repos, "a", "rec_1", { evaluationId: "evl" });
  addTrace(repos, "b", "rec_2", { evaluationId: "evl" });
  expect(repos.evaluations.counts("evl")).toEqual({
    answered: 2,
    errors: 0,
    graded: 0,
    failedVerdicts: 0,
    meanNormalised: null,
  });
  repos.traces.addVerdict(verdict("a", 5));
  repos.traces.addVerdict(failed("b"));
  expect(repos.evaluations.counts("evl")).toEqual({
    answered: 2,
    errors: 0,
    graded: 1,
    failedVerdicts: 1,
    meanNormalised: 1,
  });
  expect(repos.evaluations.list("prj")).toMatchObject([
    { id: "evl", createdBy: "Ray", createdById: "usr_ray" },
  ]);
  expect(repos.traces.listByEvaluation("evl").map(({ id }) => id)).toEqual(["a", "b"]);
});

it("lists newest first, page by page", () => {
  for (const n of [1, 2, 3]) addTrace(repos, `t${n}`, "rec_1", { at: 20 + (n > 1 ? 1 : 0) });
  const first = repos.traces.list("prj", { limit: 2 });
  expect(first.items.map(({ id }) => id)).toEqual(["t3", "t2"]);
  const second = repos.traces.list("prj", { limit: 2, cursor: first.nextCursor as string });
  expect(second).toMatchObject({ items: [{ id: "t1" }], nextCursor: null });
});

it("the last grade of a record is that of its newest graded answer", () => {
  addTrace(repos, "old", "rec_1", { at: 20 });
  addTrace(repos, "new", "rec_1", { at: 21 });
  addTrace(repos, "failed", "rec_1", { at: 22 });
  repos.traces.addVerdict(verdict("old", 2, { at: 90 }));
  repos.traces.addVerdict(verdict("new", 4, { at: 80 }));
  repos.traces.addVerdict(failed("failed"));
  const last = repos.traces.lastGraded(["rec_1", "rec_2"], "jv_1");
  expect([...last].map(([id, { traceId }]) => [id, traceId])).toEqual([["rec_1", "new"]]);
});
