import { afterEach, describe, expect, it } from "vitest";
import { startRunInput } from "@/lib/contracts/runs";
import { saveAgentInput } from "@/lib/contracts/targets";
import { mean } from "@/lib/util/math";
import { clinicFixture } from "../sample/clinic-fixture";
import type { SeededProject } from "../sample/seed-project";
import { startTestAgent, type TestAgent } from "../targets/testing/http-agent";
import { createTestServices, type TestServices } from "../testing/test-services";

let server: TestServices;
let agent: TestAgent | null = null;
afterEach(async () => {
  await server.close();
  await agent?.close();
  agent = null;
});

const inputOf = (seeded: SeededProject, promptVersionId: string | undefined) =>
  startRunInput.parse({ promptVersionId, judges: [{ judgeVersionId: seeded.judgeVersionId, weight: 1 }] });

/** A run of another text than that in production. */
async function runOfAnother(seeded: SeededProject) {
  const [prompt] = server.deps.repos.prompts.list(seeded.project.id);
  const other = server.services.prompts.addVersion(server.actor, prompt?.name ?? "", {
    components: { system: "Answer briefly." },
    commitMessage: "",
  });
  const { id } = server.services.runs.start(server.actor, seeded.project.id, inputOf(seeded, other.id));
  await server.idle();
  return () => server.services.runs.get(server.actor, id);
}

/** A round with what is in production, over all practice records or some. */
async function round(seeded: SeededProject, recordIds?: string[]): Promise<void> {
  server.services.evaluations.start(server.actor, seeded.project.id, {
    promptVersionId: seeded.version?.id ?? "",
    queueSize: 0,
    ...(recordIds ? { recordIds } : {}),
  });
  await server.idle();
}

describe("production beside what a run tries", () => {
  it("the starting prompt itself, where it is in production", async () => {
    server = createTestServices();
    const seeded = server.seed(clinicFixture);
    const input = inputOf(seeded, seeded.version?.id);
    const { id } = server.services.runs.start(server.actor, seeded.project.id, input);
    await server.idle();
    const { production, view } = server.services.runs.get(server.actor, id);
    expect(production).toMatchObject({
      version: 1,
      isStart: true,
      score: view.candidates[0]?.meanScore,
      from: "run",
    });
  });

  it("another text: unknown, then known in part, then its mean from a round over the same records", async () => {
    server = createTestServices();
    const seeded = server.seed(clinicFixture);
    const get = await runOfAnother(seeded);
    const records = get().view.valset.length;
    expect(get().production).toEqual({
      version: 1,
      isStart: false,
      score: null,
      from: "earlier",
      records,
      graded: 0,
    });
    await round(seeded, get().view.valset.slice(0, 2));
    expect(get().production).toMatchObject({ score: null, graded: 2 });
    await round(seeded);
    const { production, view } = get();
    expect(production).toMatchObject({ from: "earlier", graded: records });
    expect(production?.score).toBeGreaterThan(0);
    expect(production?.score).toBeLessThan(1);
    expect(production?.score).not.toBe(view.candidates[0]?.meanScore);
  });
  it("of an agent too: its answers of a round are no part of the run, but a line to compare with", async () => {
    agent = await startTestAgent();
    server = createTestServices();
    const seeded = server.seed(clinicFixture);
    const { project } = seeded;
    const is = saveAgentInput.parse({
      url: agent.url,
      replyPointer: "/text",
      stepsPointer: "/steps",
      usagePointer: "/usage",
      maxConcurrency: 4,
      timeoutMs: 5_000,
      maxUsdPerCall: null,
      headers: [],
    });
    server.services.targets.saveAgent(server.actor, project.id, is);
    server.services.targets.use(server.actor, project.id, "http");
    await round(seeded);
    const get = await runOfAnother(seeded);
    const { production, view } = get();
    expect(production).toMatchObject({ version: 1, from: "earlier", graded: view.valset.length });
    const [evaluation] = server.deps.repos.evaluations.list(project.id);
    const scores = server.deps.repos.rollouts
      .listByOwner({ kind: "evaluation", id: evaluation?.id ?? "" })
      .flatMap(({ recordId, score }) => (view.valset.includes(recordId) && score !== null ? [score] : []));
    expect(scores).toHaveLength(view.valset.length);
    expect(production?.score).toBeCloseTo(mean(scores), 9);
  });
});
