import { afterEach, describe, expect, it } from "vitest";
import { startRunInput } from "@/lib/contracts/runs";
import type { FetchLike } from "@/lib/llm";
import { clinicFixture } from "../sample/clinic-fixture";
import type { SeededProject } from "../sample/seed-project";
import { createTestServices, type TestServices } from "../testing/test-services";

let server: TestServices;
afterEach(() => server.close());

const inputOf = (seeded: SeededProject, promptVersionId = seeded.version?.id) =>
  startRunInput.parse({ promptVersionId, judges: [{ judgeVersionId: seeded.judgeVersionId, weight: 1 }] });
const preflight = (seeded: SeededProject) =>
  server.services.runs.preflight(server.actor, seeded.project.id, inputOf(seeded));
const codes = (found: { findings: { code: string }[] }) => found.findings.map(({ code }) => code);

/** Asks what the launch page would: the records that the preflight names. */
async function probe(seeded: SeededProject): Promise<void> {
  const { recordIds } = preflight(seeded).probe;
  server.services.evaluations.start(server.actor, seeded.project.id, {
    promptVersionId: seeded.version?.id ?? "",
    recordIds,
    queueSize: 0,
  });
  await server.idle();
}

/** Every reply of the judge's model, changed. */
const withJudge =
  (change: (content: string) => string) =>
  (fetch: FetchLike): FetchLike =>
  async (input, init) => {
    const response = await fetch(input, init);
    if (!String(init?.body).includes('"sim-judge"')) return response;
    const body = (await response.json()) as { choices: { message: { content: string } }[] };
    for (const { message } of body.choices) message.content = change(message.content);
    return Response.json(body);
  };

describe("a probe before a launch", () => {
  it("asks eight records, says how it went, and the run does not pay for them again", async () => {
    server = createTestServices();
    const seeded = server.seed(clinicFixture);
    const before = preflight(seeded);
    expect(before.probe.recordIds).toHaveLength(8);
    expect(before.probe.last).toBeNull();
    await probe(seeded);
    const after = preflight(seeded);
    expect(after.probe.last).toMatchObject({ isOver: true, graded: 8, failed: 0 });
    expect(codes(after)).not.toContain("constant-grades");
    const { id } = server.services.runs.start(server.actor, seeded.project.id, inputOf(seeded));
    await server.idle();
    const paid = new Map(
      server.deps.repos.rollouts
        .listByCandidate({ kind: "run", id }, "c0")
        .map((rollout) => [rollout.recordId, rollout.paid]),
    );
    const asked = before.probe.recordIds.filter((recordId) => paid.has(recordId));
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.map((recordId) => paid.get(recordId))).toEqual(asked.map(() => false));
  });

  it("finds a judge that gives every answer the same grade", async () => {
    const same = (content: string): string => content.replace(/"value":\s*\d/, '"value":3');
    server = createTestServices({}, { wrapSandboxFetch: withJudge(same) });
    const seeded = server.seed(clinicFixture);
    expect(codes(preflight(seeded))).not.toContain("constant-grades");
    await probe(seeded);
    const found = preflight(seeded).findings.find(({ code }) => code === "constant-grades");
    expect(found).toMatchObject({ level: "warns", href: `/p/${seeded.project.id}/judge` });
    expect(found?.what).toContain("All 8 answers of the last round have the same grade.");
  });

  it("finds answers that cannot be scored, with the first cause", async () => {
    server = createTestServices({}, { wrapSandboxFetch: withJudge(() => "I would rather not say.") });
    const seeded = server.seed(clinicFixture);
    await probe(seeded);
    const found = preflight(seeded).findings.find(({ code }) => code === "answers-failing");
    expect(found?.what).toMatch(/^8 of 8 answers of the last round could not be scored; the first: “.+”$/);
    expect(preflight(seeded).probe.last).toMatchObject({ graded: 0, failed: 8, shown: null });
  });
});

describe("what led to a candidate", () => {
  it("names what was said of its parent's answers, the worst first", async () => {
    server = createTestServices();
    const seeded = server.seed(clinicFixture);
    const { id } = server.services.runs.start(server.actor, seeded.project.id, inputOf(seeded));
    await server.idle();
    const { view } = server.services.runs.get(server.actor, id);
    const children = view.candidates.filter(({ proposalId }) => proposalId !== null);
    expect(children.length).toBeGreaterThan(0);
    for (const { candidateId, parentIds } of children) {
      const because = server.services.runs.because(server.actor, id, candidateId);
      expect(because.parentId).toBe(parentIds[0]);
      expect(because.answers.length).toBeLessThanOrEqual(3);
      for (const { question } of because.answers) expect(question).not.toBe("");
    }
    const told = children.map(({ candidateId }) =>
      server.services.runs.because(server.actor, id, candidateId),
    );
    expect(told.flatMap(({ answers }) => answers).some(({ feedback }) => feedback !== "")).toBe(true);
    expect(server.services.runs.because(server.actor, id, "c0")).toMatchObject({
      answers: [],
      parentId: null,
    });
    expect(() => server.services.runs.because(server.actor, id, "c99")).toThrow(/no such candidate/);
  });
});
