import { beforeEach, describe, expect, it } from "vitest";
import { ERASED_TEXT } from "@/lib/contracts/erasure";
import type { RunEventBody } from "@/lib/contracts/run-events";
import { addPrompt, addRecord, addRun, seededRepos } from "../testing/seed";
import type { StoredRollout } from "./rollouts.repo";

let repos: ReturnType<typeof seededRepos>;
beforeEach(() => {
  repos = seededRepos();
  addPrompt(repos, ["one"]);
  addRecord(repos, "rec_1", "question");
  addRun(repos);
});

const telemetry: RunEventBody = { type: "phase-changed", phase: "seed" };
const decided = (decision: number): RunEventBody => ({
  type: "parent-selected",
  decision,
  proposalId: `p${decision}`,
  parentId: "c0",
  pick: "best",
});
const hint = (text: string) => ({ kind: "hint" as const, text });

describe("runs", () => {
  it("number on in their project, and have the state of their job", () => {
    addRun(repos, "run_2");
    expect(repos.runs.list("prj").map(({ id, number, state }) => [id, number, state])).toEqual([
      ["run_2", 2, "queued"],
      ["run", 1, "queued"],
    ]);
    repos.jobs.claim("job_run", 40, 1_000);
    expect(repos.runs.byId("run")).toMatchObject({
      state: "running",
      promptName: "football",
      promptVersion: 1,
      createdBy: "Ray",
      createdById: "usr_ray",
    });
    repos.jobs.fail("job_run", "no key", 50);
    expect(repos.runs.byJob("job_run")).toMatchObject({ state: "failed", cause: "no key" });
    expect(repos.runs.listActive("prj").map(({ id }) => id)).toEqual(["run_2"]);
  });

  it("keep their outcome in their row", () => {
    expect(
      repos.runs.update("run", { stopReason: "budget", recommendedScore: 0.8, metricCalls: 75, endedAt: 90 }),
    ).toMatchObject({ stopReason: "budget", recommendedScore: 0.8, metricCalls: 75 });
  });
});

describe("run events", () => {
  it("seq counts from 1 without gaps in each run; reading goes on after any seq", () => {
    addRun(repos, "run_2");
    expect(
      [telemetry, decided(1), telemetry].map(
        (body, index) =>
          repos.runEvents.append("run", 100 + index, body, "decision" in body ? body.decision : null).seq,
      ),
    ).toEqual([1, 2, 3]);
    expect(repos.runEvents.append("run_2", 100, telemetry, null)).toEqual({
      v: 1,
      runId: "run_2",
      seq: 1,
      at: 100,
      body: telemetry,
    });
    expect(repos.runEvents.listAfter("run", 1, 10).map(({ seq, body }) => [seq, body.type])).toEqual([
      [2, "parent-selected"],
      [3, "phase-changed"],
    ]);
    expect(repos.runEvents.listAfter("run", 0, 1).map(({ seq }) => seq)).toEqual([1]);
    expect([repos.runEvents.lastSeq("run"), repos.runEvents.lastDecision("run")]).toEqual([3, 1]);
    expect([repos.runEvents.lastSeq("none"), repos.runEvents.lastDecision("none")]).toEqual([0, 0]);
    expect(repos.runEvents.listDecisions("run")).toHaveLength(1);
    expect(repos.runEvents.listByType("run", ["phase-changed"]).map(({ seq }) => seq)).toEqual([1, 3]);
  });

  it("a gap is not left when a transaction fails", () => {
    expect(() =>
      repos.transaction(() => {
        repos.runEvents.append("run", 100, telemetry, null);
        throw new Error("later step failed");
      }),
    ).toThrow("later step failed");
    expect(repos.runEvents.append("run", 101, telemetry, null).seq).toBe(1);
  });

  it("refuses an event that the wire does not know", () => {
    expect(() =>
      repos.runEvents.append("run", 100, { type: "made-up" } as unknown as RunEventBody, null),
    ).toThrow("run-event-body");
  });

  it.each(["update run_events set seq = 9", "delete from run_events"])(
    "a trigger refuses: %s",
    (statement) => {
      repos.runEvents.append("run", 100, telemetry, null);
      expect(() => repos.database.raw.exec(statement)).toThrow("append-only");
    },
  );
});

describe("inputs from outside (resume is replay)", () => {
  const add = (id: string, text: string) =>
    repos.runEvents.addInput({ id, runId: "run", input: hint(text), actorId: "usr_ray", createdAt: 1 });

  it("are journaled at the decision that met them, and met there again on a replay", () => {
    add("inp_1", "first");
    expect(repos.runEvents.takeInputs("run", 0)).toEqual([hint("first")]);
    for (const decision of [1, 2]) repos.runEvents.append("run", 100, decided(decision), decision);
    add("inp_2", "second");
    // a replay from the start: the waiting input belongs to no decision that was made already
    expect([0, 1].map((decision) => repos.runEvents.takeInputs("run", decision))).toEqual([
      [hint("first")],
      [],
    ]);
    expect(repos.runEvents.takeInputs("run", 2)).toEqual([hint("second")]);
    expect(repos.runEvents.listInputs("run").map(({ afterDecision }) => afterDecision)).toEqual([0, 2]);
    expect(repos.runEvents.countInputs("run")).toBe(2);
  });
});

describe("candidates and proposals", () => {
  it("are saved once; a replay changes nothing", () => {
    const candidate = {
      runId: "run",
      candidateId: "c1",
      components: { system: "new" },
      proposalId: "p1",
      createdAt: 1,
    };
    repos.candidates.save(candidate);
    repos.candidates.save({ ...candidate, createdAt: 2 });
    expect(repos.candidates.list("run")).toEqual([candidate]);
    expect(repos.candidates.byIds("run", ["c1", "c2"])).toEqual([candidate]);
    const proposal = {
      runId: "run",
      proposalId: "p1",
      parentIds: ["c0"],
      component: "system",
      components: { system: "new" },
      summary: "says the sample size",
      changes: [{ sentence: "Give n.", exampleIds: ["rec_1"], guidelineIds: [], verified: true }],
      shownExampleIds: ["rec_1"],
      callKeys: ["p1:1"],
      createdAt: 1,
    };
    repos.candidates.saveProposal(proposal);
    repos.candidates.refuseProposal("run", "p1", "identical", "It is the seed.");
    repos.candidates.saveProposal(proposal);
    expect(repos.candidates.proposal("run", "p1")).toEqual({
      ...proposal,
      refusedReason: "identical",
      refusedDetail: "It is the seed.",
    });
    expect(repos.candidates.proposals("run")).toHaveLength(1);
  });
});

describe("rollouts (architecture.md, Memo)", () => {
  const rollout = (id: string, more: Partial<StoredRollout> = {}): StoredRollout => ({
    id,
    owner: { kind: "run", id: "run" },
    candidateId: "c1",
    recordId: "rec_1",
    sample: 0,
    purpose: "seed",
    outputKey: "out",
    verdictKey: "ver",
    status: "scored",
    output: "answer",
    steps: [],
    verdicts: [{ status: "graded", judgeVersionId: "jv_1", value: 3, rationale: "because", normalised: 0.5 }],
    score: 0.5,
    objectives: { Quality: 0.5 },
    feedback: "because",
    cause: null,
    answered: true,
    paid: true,
    simulated: true,
    costUsd: null,
    latencyMs: 1,
    inputTokens: 5,
    outputTokens: 6,
    createdAt: 1,
    ...more,
  });
  const failed: Partial<StoredRollout> = {
    status: "failed",
    score: null,
    cause: "judge out of scale",
    verdicts: [],
    objectives: {},
  };

  it("asked again, the same reading is answered, failed or not", () => {
    const first = repos.rollouts.insert(rollout("rol_1", failed));
    expect(repos.rollouts.insert(rollout("rol_2"))).toEqual(first);
    expect(
      repos.rollouts.find({
        owner: { kind: "run", id: "run" },
        candidateId: "c1",
        recordId: "rec_1",
        sample: 0,
      }),
    ).toMatchObject({ id: "rol_1", cause: "judge out of scale" });
    expect(
      repos.rollouts.find({
        owner: { kind: "run", id: "run" },
        candidateId: "c1",
        recordId: "rec_1",
        sample: 1,
      }),
    ).toBeNull();
  });

  it("the memo answers across runs by both keys, and never with a failure", () => {
    repos.rollouts.insert(rollout("rol_1", { ...failed, sample: 1 }));
    expect(repos.rollouts.findMemo("out", "ver")).toBeNull();
    expect(repos.rollouts.findOutput("out")?.output).toBe("answer");
    repos.rollouts.insert(rollout("rol_2", { owner: { kind: "evidence", id: "evd" } }));
    expect(repos.rollouts.findMemo("out", "ver")?.id).toBe("rol_2");
    expect(repos.rollouts.findMemo("out", "other judge")).toBeNull();
    expect(repos.rollouts.findOutput("other request")).toBeNull();
  });

  it("a rollout without an answer is no output to reuse", () => {
    repos.rollouts.insert(rollout("rol_1", { ...failed, output: null, verdictKey: null, answered: false }));
    expect(repos.rollouts.findOutput("out")).toBeNull();
  });

  it("lists what an owner or a candidate has, oldest first; erased texts answer no memo", () => {
    repos.rollouts.insert(rollout("rol_1"));
    repos.rollouts.insert(rollout("rol_2", { candidateId: "c2", createdAt: 2 }));
    const owner = { kind: "run", id: "run" } as const;
    expect(repos.rollouts.listByOwner(owner).map(({ id }) => id)).toEqual(["rol_1", "rol_2"]);
    expect(repos.rollouts.listByCandidate(owner, "c2").map(({ id }) => id)).toEqual(["rol_2"]);
    expect(repos.rollouts.findMemo("out", "ver")?.id).toBe("rol_2");
    for (const { id } of repos.rollouts.listByOwner(owner))
      repos.database.raw.prepare("update rollouts set output = ? where id = ?").run(`So ${ERASED_TEXT}.`, id);
    expect(repos.rollouts.findMemo("out", "ver")).toBeNull();
    expect(repos.rollouts.findOutput("out")).toBeNull();
  });
});
