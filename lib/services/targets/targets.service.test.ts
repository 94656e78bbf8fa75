import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startRunInput } from "@/lib/contracts/runs";
import { saveAgentInput } from "@/lib/contracts/targets";
import { clinicFixture } from "../sample/clinic-fixture";
import type { SeededProject } from "../sample/seed-project";
import { createTestServices, type TestServices } from "../testing/test-services";
import { startTestAgent, type TestAgent } from "./testing/http-agent";

let server: TestServices;
let agent: TestAgent;
let seeded: SeededProject;
beforeEach(async () => {
  agent = await startTestAgent();
  server = createTestServices();
  seeded = server.seed(clinicFixture);
});
afterEach(async () => {
  await server.close();
  await agent.close();
});

const SECRET = "s3cret-of-the-agent";
const input = (changes: object = {}) =>
  saveAgentInput.parse({
    url: agent.url,
    replyPointer: "/text",
    stepsPointer: "/steps",
    usagePointer: "/usage",
    maxConcurrency: 4,
    timeoutMs: 5_000,
    maxUsdPerCall: null,
    headers: [{ name: "authorization", value: `Bearer ${SECRET}` }],
    ...changes,
  });
const save = (changes: object = {}) =>
  server.services.targets.saveAgent(server.actor, seeded.project.id, input(changes));
const use = (kind: "chat" | "http") => server.services.targets.use(server.actor, seeded.project.id, kind);
const test = () =>
  server.services.targets.test(server.actor, seeded.project.id, "Can I help?", AbortSignal.timeout(10_000));
const launch = (changes: object = {}) =>
  server.services.runs.start(
    server.actor,
    seeded.project.id,
    startRunInput.parse({
      promptVersionId: seeded.version?.id,
      judges: [{ judgeVersionId: seeded.judgeVersionId, weight: 1 }],
      maxMetricCalls: 24,
      ...changes,
    }),
  );

describe("the agent's settings", () => {
  it("are versions; secrets are sealed, kept when left out, and never come out", () => {
    const saved = save();
    expect(saved).toMatchObject({ inUse: "chat", agent: { version: 1, headerNames: ["authorization"] } });
    expect(JSON.stringify(saved)).not.toContain(SECRET);
    expect(save().agent?.version).toBe(1);
    const again = save({ timeoutMs: 9_000, headers: [{ name: "authorization" }] });
    expect(again.agent).toMatchObject({ version: 2, timeoutMs: 9_000, headerNames: ["authorization"] });
    expect(save({ headers: [] }).agent).toMatchObject({ version: 3, headerNames: [] });
  });

  it("a header without a value is refused, and so are a path that is none and a header that is Touchstone's", () => {
    expect(() => save({ headers: [{ name: "x-team" }] })).toThrow(
      expect.objectContaining({ code: "invalid-input" }),
    );
    expect(saveAgentInput.safeParse({ ...input(), replyPointer: "text" }).success).toBe(false);
    expect(saveAgentInput.safeParse({ ...input(), headers: [{ name: "Host", value: "x" }] }).success).toBe(
      false,
    );
  });

  it("an agent is used only when there is one, and the model can answer again", () => {
    expect(() => use("http")).toThrow(expect.objectContaining({ code: "not-ready" }));
    save();
    expect(use("http").inUse).toBe("http");
    expect(use("chat").inUse).toBe("chat");
  });
});

describe("a test of the agent", () => {
  it("says what was sent and what came back, without the secret, and that the prompt is used", async () => {
    save();
    const found = await test();
    expect(found).toMatchObject({
      ok: true,
      headline: "It works, and the agent uses the prompt that it is sent.",
    });
    expect(found.question.sent.body).toContain('"dry_run": true');
    expect(found.question.received).toMatchObject({
      status: 200,
      steps: 1,
      usage: expect.stringContaining("$0.001"),
    });
    expect(agent.seen[0]?.headers.authorization).toBe(`Bearer ${SECRET}`);
    expect(JSON.stringify(found)).not.toContain(SECRET);
    expect(server.services.targets.get(server.actor, seeded.project.id).agent?.lastCheck?.canary).toBe(
      "used",
    );
  });

  it("tells an agent that keeps a prompt of its own, and one that fails, in words", async () => {
    save();
    agent.obeys = false;
    expect(await test()).toMatchObject({ ok: false, headline: expect.stringContaining("prompt of its own") });
    agent.obeys = true;
    agent.status = 401;
    const refused = await test();
    expect(refused).toMatchObject({ ok: false, canary: null });
    expect(refused.headline).toMatch(/status 401.*Check the headers/);
    agent.status = 200;
    save({ replyPointer: "/answer" });
    expect((await test()).headline).toContain("no text at /answer");
  });
});

describe("a run over the agent", () => {
  it("asks the agent with each candidate's prompt, keeps its steps and cost, and is not simulated by the task model", async () => {
    save({ maxUsdPerCall: 0.01 });
    use("http");
    const { id } = launch();
    await server.idle();
    const run = server.services.runs.get(server.actor, id);
    expect(run.cause).toBeNull();
    expect(run.state).toBe("done");
    const asked = agent.seen.slice(1);
    expect(asked.length).toBeGreaterThanOrEqual(run.view.metricCalls);
    expect(asked.every(({ body }) => body.dry_run && body.run_id === id)).toBe(true);
    const tried = run.view.candidates
      .filter(({ status }) => status !== "refused")
      .map(({ candidateId }) => candidateId);
    const texts = new Set(asked.map(({ body }) => body.prompts.system));
    expect(texts.size).toBe(tried.length);
    const detail = server.services.runs.candidate(server.actor, id, "c0");
    expect(detail.rollouts[0]?.steps).toMatchObject([{ tool: "look_up", result: "2 hits" }]);
    expect(detail.rollouts[0]?.costUsd).toBe(0.001);
  });

  it("waits, with the cause, while the agent ignores its prompt, and goes on once it does not", async () => {
    save();
    use("http");
    agent.obeys = false;
    const { id } = launch();
    await vi.waitFor(
      () => expect(server.services.runs.get(server.actor, id).view.paused?.cause).toContain("did not do"),
      {
        timeout: 5_000,
      },
    );
    expect(server.services.runs.get(server.actor, id).view.metricCalls).toBe(0);
    agent.obeys = true;
    await server.services.runs.control(server.actor, id, "resume");
    await server.idle();
    expect(server.services.runs.get(server.actor, id).state).toBe("done");
  });

  it("waits while the agent cannot be reached", async () => {
    save();
    use("http");
    agent.status = 401;
    const { id } = launch();
    await vi.waitFor(() => expect(server.services.runs.get(server.actor, id).state).toBe("paused"), {
      timeout: 5_000,
    });
    agent.status = 200;
    await server.services.runs.control(server.actor, id, "resume");
    await server.idle();
    const run = server.services.runs.get(server.actor, id);
    expect([run.state, run.view.failedRollouts]).toEqual(["done", 0]);
  });

  it("no reply of the agent that was kept is asked for again when the run is taken up anew", async () => {
    save();
    use("http");
    const { id } = launch({ maxMetricCalls: 40 });
    await vi.waitFor(() => expect(agent.seen.length).toBeGreaterThan(12), { timeout: 5_000 });
    const { repos, jobs } = server.deps;
    const jobId = repos.runs.byId(id)?.jobId ?? "";
    await server.services.runs.control(server.actor, id, "pause");
    await vi.waitFor(() => expect(repos.jobs.byId(jobId)?.state).toBe("paused"), { timeout: 5_000 });
    const kept = repos.paidCalls.list(jobId).filter(({ callKey }) => callKey.endsWith(":agent"));
    expect(kept.length).toBeGreaterThan(0);
    await server.services.runs.control(server.actor, id, "resume");
    await server.idle();
    expect(jobs.isActive(jobId)).toBe(false);
    const questions = agent.seen.map(({ body }) => JSON.stringify([body.prompts, body.messages]));
    const calls = repos.paidCalls
      .list(jobId, { limit: 1_000, offset: 0 })
      .filter(({ model }) => model === "agent");
    // one POST a kept reply, the canary's included
    expect(questions.length).toBe(calls.length);
  });
});
