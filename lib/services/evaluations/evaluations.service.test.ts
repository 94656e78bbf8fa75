import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startEvaluationInput } from "@/lib/contracts/evaluations";
import { createPoolExecutor } from "@/lib/rollouts/pool-executor";
import { createRolloutRunner } from "../rollouts/rollout-runner";
import { clinicFixture } from "../sample/clinic-fixture";
import type { SeededProject } from "../sample/seed-project";
import { createTestServices, type TestServices } from "../testing/test-services";
import { createEvaluationJob } from "./evaluation-job";
import { ungradedOf } from "./judge-answers";
import { startEvaluation } from "./start-evaluation";

let server: TestServices;
let seeded: SeededProject;
beforeEach(() => {
  server = createTestServices();
  seeded = server.seed(clinicFixture);
});
afterEach(() => server.close());

function start(extra: object = {}) {
  const input = startEvaluationInput.parse({ promptVersionId: seeded.version?.id, ...extra });
  return server.services.evaluations.start(server.actor, seeded.project.id, input);
}

describe("a round of answers over the clinic's records", () => {
  it("gives sets first, then answers and grades every practice record and no sealed one", async () => {
    const started = start();
    await server.idle();
    const { repos } = server.deps;
    const round = server.services.evaluations.get(server.actor, started.id);
    const practice = repos.records.listPractice(seeded.project.id).map(({ id }) => id);
    expect(repos.records.listSealed(seeded.project.id).length).toBeGreaterThanOrEqual(5);
    expect(round).toMatchObject({
      state: "done",
      number: 1,
      total: practice.length,
      cause: null,
      simulated: true,
    });
    expect(round.answered + round.couldNotBeScored).toBeGreaterThanOrEqual(practice.length);
    const traces = repos.traces.listByEvaluation(started.id);
    expect(new Set(traces.map(({ recordId }) => recordId))).toEqual(new Set(practice));
    expect(traces.every(({ verdicts }) => verdicts.length === 1)).toBe(true);
    expect(traces[0]?.provenance).toBe("Imported by Tester · not live, simulated");
  });

  it("compares another model with the project's: the same prompt, records and judge, its own name", async () => {
    const { task } = seeded.project.models;
    const other = start({ task: { ...task, model: "sim-task-small" }, queueSize: 0 });
    await server.idle();
    expect(server.services.evaluations.get(server.actor, other.id)).toMatchObject({
      state: "done",
      model: "sim-task-small",
    });
    expect(start({ queueSize: 0 }).model).toBe(task.model);
    await server.idle();
    expect(() => start({ task: { ...task, connectionId: "con_of_others" } })).toThrow(
      expect.objectContaining({ code: "no-connection" }),
    );
  });

  it("shows the mean on the judge's scale and good-enough counts (ux.md, rule 4)", async () => {
    const { id } = start();
    await server.idle();
    const round = server.services.evaluations.get(server.actor, id);
    const grades = server.deps.repos.traces
      .listByEvaluation(id)
      .flatMap(({ verdicts }) =>
        verdicts.flatMap((one) => (one.status === "graded" ? [Number(one.value)] : [])),
      );
    const mean = grades.reduce((all, one) => all + one, 0) / grades.length;
    expect(round.meanGrade).toBeCloseTo(mean, 9);
    expect(round.meanShown).toBe(`${mean.toFixed(1)} of 5`);
    expect(round.goodEnough).toEqual({
      count: grades.filter((grade) => grade >= 4).length,
      of: grades.length,
    });
  });

  it("makes a queue of queueSize answers at its end, and none when 0 are wanted", async () => {
    start({ queueSize: 7 });
    await server.idle();
    const [queue] = server.services.queues.list(server.actor, seeded.project.id);
    expect(queue).toMatchObject({ name: "Round 1", total: 7, leftForMe: 7, doneByTeam: 0 });
    start({ queueSize: 0 });
    await server.idle();
    expect(server.services.queues.list(server.actor, seeded.project.id)).toHaveLength(1);
  });

  it("asked again with the same prompt, it pays for no answer twice", async () => {
    start();
    await server.idle();
    const second = start();
    await server.idle();
    const { repos } = server.deps;
    expect(repos.paidCalls.totals(second.jobId ?? "")).toEqual([]);
    const [before, after] = server.services.evaluations
      .list(server.actor, seeded.project.id)
      .map(({ meanGrade }) => meanGrade);
    expect(after).toBe(before);
  });

  it("refuses sealed and foreign records, and starts nothing", () => {
    server.services.sets.assignSets(server.actor, seeded.project.id);
    const [sealed] = server.deps.repos.records.listSealed(seeded.project.id);
    expect(() => start({ recordIds: [sealed?.id] })).toThrow(/1 of the 1 records cannot be answered/);
    expect(server.services.evaluations.list(server.actor, seeded.project.id)).toEqual([]);
  });

  it("a viewer may not start one", () => {
    const viewer = server.person("Vera", seeded.project.id, "viewer");
    const input = startEvaluationInput.parse({ promptVersionId: seeded.version?.id });
    expect(() => server.services.evaluations.start(viewer, seeded.project.id, input)).toThrow(
      /Your role may not get answers/,
    );
  });

  it("cancelled before it began, it keeps what it has; resuming it is refused in words", async () => {
    const { id } = start();
    await server.services.evaluations.control(server.actor, id, "cancel");
    expect(server.services.evaluations.get(server.actor, id)).toMatchObject({
      state: "cancelled",
      cause: "Cancelled by Tester.",
    });
    await expect(server.services.evaluations.control(server.actor, id, "resume")).rejects.toThrow(
      "This round is over; its answers are kept.",
    );
  });

  it("paused and resumed, it ends with one answer a record", async () => {
    const { id, total } = start();
    await server.services.evaluations.control(server.actor, id, "pause");
    await server.services.evaluations.control(server.actor, id, "resume");
    await server.idle();
    expect(server.services.evaluations.get(server.actor, id).state).toBe("done");
    expect(server.deps.repos.traces.listByEvaluation(id)).toHaveLength(total);
  });
});

describe("a round that was killed", () => {
  it("goes on from what is stored: one answer a record, nothing paid twice", async () => {
    const { deps, actor } = server;
    const { repos } = deps;
    server.services.sets.assignSets(actor, seeded.project.id);
    const input = startEvaluationInput.parse({ promptVersionId: seeded.version?.id });
    // Not woken: the runner leaves it alone.
    const id = repos.transaction(() => startEvaluation(deps, actor, seeded.project.id, input));
    const handler = createEvaluationJob(deps, createRolloutRunner(deps, createPoolExecutor({ fetch })));
    const job = repos.jobs.byId(repos.evaluations.byId(id)?.jobId ?? "")!;
    const attempt = (dieAt: number): Promise<void> => {
      const abort = new AbortController();
      const setProgress = ({ done = 0 }): void =>
        done >= dieAt ? abort.abort(new Error("killed")) : undefined;
      const calm = {
        isPauseRequested: () => false,
        isHeld: () => false,
        onHeld: () => () => {},
        whilePaused: async () => {},
        pause: () => {},
        waitOut: async () => {},
      };
      return handler({ job, signal: abort.signal, setProgress, ...calm });
    };
    await expect(attempt(5)).rejects.toThrow("killed");
    const before = repos.traces.listByEvaluation(id).length;
    expect(before).toBeGreaterThanOrEqual(5);
    expect(before).toBeLessThan(job.total);
    const paidBefore = repos.paidCalls.list(job.id, { limit: 1_000, offset: 0 }).map((call) => call.callKey);
    await attempt(Number.POSITIVE_INFINITY);
    expect(repos.traces.listByEvaluation(id)).toHaveLength(job.total);
    const paid = repos.paidCalls.list(job.id, { limit: 1_000, offset: 0 }).map((call) => call.callKey);
    expect(new Set(paid).size).toBe(paid.length);
    expect(paid).toEqual(expect.arrayContaining(paidBefore));
    expect(repos.queues.list(seeded.project.id)).toHaveLength(1);
  });
});

describe("a round whose answers were recorded (the football sample)", () => {
  it("only has them graded: each once, and on a second pass nothing is left", async () => {
    const { actor, services, deps } = server;
    const { id } = services.projects.openSample(actor);
    await server.idle();
    const [round] = services.evaluations.list(actor, id);
    expect(round).toMatchObject({ state: "done", total: 36, answered: 36, promptVersion: 1 });
    expect(round?.meanShown).toMatch(/^[1-5]\.\d of 5$/);
    const evaluation = deps.repos.evaluations.byId(round?.id ?? "")!;
    expect(ungradedOf(deps, evaluation)).toEqual([]);
    expect(deps.repos.paidCalls.totals(round?.jobId ?? "")).toMatchObject([
      { role: "judge", calls: 36, repeated: 0 },
    ]);
  });

  it("leaves out the judge's verdict of answers that wait for the reader's own label (ux.md, rule 12)", async () => {
    const { actor, services } = server;
    const { id } = services.projects.openSample(actor);
    await server.idle();
    const { items } = services.evaluations.answers(actor, id, { limit: 100 });
    const hidden = items.filter(({ verdictHidden }) => verdictHidden);
    expect(hidden).toHaveLength(6);
    expect(hidden.every(({ verdicts }) => verdicts.length === 0)).toBe(true);
    const viewer = server.person("Vera", id, "viewer");
    expect(
      services.evaluations
        .answers(viewer, id, { limit: 100 })
        .items.every(({ verdictHidden }) => !verdictHidden),
    ).toBe(true);
  });
});

describe("trying a question", () => {
  it("answers side by side and keeps nothing", async () => {
    const { actor, services, deps } = server;
    const input = {
      question: "A caller has chest pain. What now?",
      texts: [{ system: "Be brief." }, { system: "Ask about {{age}}." }],
      fields: {},
    };
    const tried = await services.evaluations.tryQuestion(
      actor,
      seeded.project.id,
      input,
      new AbortController().signal,
    );
    expect(tried.simulated).toBe(true);
    expect(tried.answers[0]?.output).toEqual(expect.any(String));
    expect(tried.answers[1]).toMatchObject({ output: null, cause: expect.stringContaining("{{age}}") });
    expect(deps.repos.traces.list(seeded.project.id, { limit: 10 }).items).toEqual([]);
  });

  it("says before a round how many records go where", () => {
    const offer = server.services.evaluations.offer(server.actor, seeded.project.id);
    const planned = server.services.sets.assignSets(server.actor, seeded.project.id);
    expect(offer).toMatchObject({
      records: planned.practice,
      host: null,
      costUsd: null,
      judgeName: clinicFixture.judge.name,
    });
    expect(offer.prompts).toEqual([expect.objectContaining({ inProduction: true })]);
  });
});
