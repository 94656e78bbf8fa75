import { beforeEach, describe, expect, it } from "vitest";
import { addJob, seededRepos } from "../testing/seed";

let repos: ReturnType<typeof seededRepos>;
beforeEach(() => {
  repos = seededRepos();
});

describe("jobs", () => {
  it("are claimed once, oldest first, of the kinds that the runner does", () => {
    addJob(repos, "b", "run", 2);
    addJob(repos, "a", "evaluation", 1);
    expect(repos.jobs.claimNext(100, 50, ["run"])).toMatchObject({
      id: "b",
      state: "running",
      leaseUntil: 150,
      attempts: 1,
      startedAt: 100,
    });
    expect(repos.jobs.claimNext(100, 50)?.id).toBe("a");
    expect(repos.jobs.claimNext(100, 50)).toBeNull();
    expect(repos.jobs.claim("a", 100, 50)).toBeNull();
  });

  it("a heartbeat prolongs the lease and tells what was asked meanwhile", () => {
    addJob(repos, "a");
    expect(repos.jobs.heartbeat("a", 100, 50)).toBeNull();
    repos.jobs.claim("a", 100, 50);
    repos.jobs.requestPause("a", "by Ray", 110);
    expect(repos.jobs.heartbeat("a", 120, 50)).toMatchObject({
      leaseUntil: 170,
      pauseRequested: true,
      state: "running",
    });
    expect(repos.jobs.pause("a", "by Ray", 130)).toMatchObject({
      state: "paused",
      pauseRequested: false,
      cause: "by Ray",
      leaseUntil: null,
    });
    expect(repos.jobs.requeue("a", 140)).toMatchObject({ state: "queued", cause: null });
    expect(repos.jobs.claimNext(150, 50)).toMatchObject({ attempts: 2, startedAt: 100 });
  });

  it("a waiting job is paused or cancelled at once, a running one is asked", () => {
    addJob(repos, "a");
    expect(repos.jobs.requestPause("a", null, 100)?.state).toBe("paused");
    expect(repos.jobs.requestCancel("a", 110)).toMatchObject({ state: "cancelled", endedAt: 110 });
    addJob(repos, "b");
    repos.jobs.claim("b", 100, 50);
    expect(repos.jobs.requestCancel("b", 110)).toMatchObject({ state: "running", cancelRequested: true });
    expect(repos.jobs.cancel("b", null, 120)).toMatchObject({ state: "cancelled", cancelRequested: false });
  });

  it("an ended job stays as it ended; only a failed one can be tried again", () => {
    addJob(repos, "a");
    repos.jobs.finish("a", 100);
    expect([
      repos.jobs.fail("a", "x", 110),
      repos.jobs.requeue("a", 110),
      repos.jobs.requestCancel("a", 110),
    ]).toEqual([null, null, null]);
    expect(repos.jobs.byId("a")).toMatchObject({ state: "done", endedAt: 100, cause: null });
    addJob(repos, "b");
    repos.jobs.fail("b", "no key", 100);
    expect(repos.jobs.requeue("b", 120)).toMatchObject({ state: "queued", endedAt: null, cause: null });
  });

  it("finds what a dead process left: leases that ran out, or all running ones at start", () => {
    for (const id of ["a", "b", "c"]) addJob(repos, id);
    repos.jobs.claim("a", 100, 50);
    repos.jobs.claim("b", 100, 500);
    expect(repos.jobs.listInterrupted(200).map(({ id }) => id)).toEqual(["a"]);
    expect(repos.jobs.listInterrupted(200, true).map(({ id }) => id)).toEqual(["a", "b"]);
  });

  it("tells progress and stage, and parks everything after a restore", () => {
    addJob(repos, "a");
    repos.jobs.setProgress("a", { done: 3, stage: "judging" }, 100);
    expect(repos.jobs.byId("a")).toMatchObject({ done: 3, total: 75, stage: "judging", createdBy: "Ray" });
    expect(repos.jobs.parkAll("restored from a backup", 110)).toBe(1);
    expect(repos.jobs.list("prj", ["paused"])).toMatchObject([{ id: "a", cause: "restored from a backup" }]);
  });
});

describe("paid calls (architecture.md: a committed reply is never bought again)", () => {
  const start = (callKey: string, role = "task") => ({
    id: `call_${callKey}`,
    jobId: "a",
    callKey,
    requestHash: "h",
    role,
    model: "m",
    connectionId: "con_1",
    request: { messages: [] },
    simulated: true,
    at: 1,
  });
  const reply = (text: string, costUsd: number | null = null) => ({
    reply: { text },
    inputTokens: 10,
    outputTokens: 2,
    costUsd,
    latencyMs: 5,
    simulated: true,
    at: 2,
  });
  beforeEach(() => {
    addJob(repos, "a");
  });

  it("the first reply stands", () => {
    repos.paidCalls.insert(start("k"), reply("first"));
    expect(repos.paidCalls.insert(start("k"), reply("second"))).toMatchObject({
      reply: { text: "first" },
      attempt: 1,
    });
    expect(repos.paidCalls.find("a", "k")).toMatchObject({ request: { messages: [] }, repliedAt: 2 });
    expect(repos.paidCalls.find("b", "k")).toBeNull();
    expect(() => repos.paidCalls.begin(start("k"))).toThrow("never bought again");
    expect(repos.paidCalls.complete("a", "k", reply("third"))).toMatchObject({ reply: { text: "first" } });
  });

  it("a flight that a kill lost is counted when it is flown again", () => {
    expect(repos.paidCalls.begin(start("k"))).toEqual({ attempt: 1 });
    expect(repos.paidCalls.find("a", "k")).toBeNull();
    expect(repos.paidCalls.begin({ ...start("k"), id: "call_again" })).toEqual({ attempt: 2 });
    repos.paidCalls.complete("a", "k", reply("late"));
    expect(repos.paidCalls.totals("a")).toEqual([
      { role: "task", calls: 1, inputTokens: 10, outputTokens: 2, costUsd: null, repeated: 1 },
    ]);
  });

  it("a failed call leaves nothing", () => {
    repos.paidCalls.begin(start("k"));
    repos.paidCalls.abandon("a", "k");
    expect(repos.paidCalls.begin(start("k"))).toEqual({ attempt: 1 });
    expect(repos.paidCalls.totals("a")).toEqual([]);
  });

  it("totals by role; a cost that nobody knows is null, not zero", () => {
    repos.paidCalls.insert(start("1"), reply("a", 0.25));
    repos.paidCalls.insert(start("2"), reply("b", 0.5));
    repos.paidCalls.insert(start("3", "judge"), reply("c"));
    expect(repos.paidCalls.totals("a").map(({ role, calls, costUsd }) => [role, calls, costUsd])).toEqual([
      ["judge", 1, null],
      ["task", 2, 0.75],
    ]);
    expect(repos.paidCalls.list("a", { limit: 2, offset: 1 }).map(({ callKey }) => callKey)).toEqual([
      "2",
      "3",
    ]);
  });
});
