import { afterEach, describe, expect, it } from "vitest";
import { type StartRunInput, startRunInput } from "@/lib/contracts/runs";
import { SIMULATED_CONNECTION_ID } from "../connections/own-connections";
import { clinicFixture } from "../sample/clinic-fixture";
import { footballSample } from "../sample/football-sample";
import type { SampleProjectContent } from "../sample/sample-types";
import type { SeededProject } from "../sample/seed-project";
import { createTestServices, type TestServices } from "../testing/test-services";

let server: TestServices;
afterEach(() => server.close());

const inputOf = (seeded: SeededProject, changes: Partial<StartRunInput> = {}): StartRunInput =>
  startRunInput.parse({
    promptVersionId: seeded.version?.id,
    judges: [{ judgeVersionId: seeded.judgeVersionId, weight: 1 }],
    ...changes,
  });
const preflight = (seeded: SeededProject, changes: Partial<StartRunInput> = {}) =>
  server.services.runs.preflight(server.actor, seeded.project.id, inputOf(seeded, changes));
const start = (seeded: SeededProject, changes: Partial<StartRunInput> = {}) =>
  server.services.runs.start(server.actor, seeded.project.id, inputOf(seeded, changes));
const codes = (found: { findings: { code: string }[] }) => found.findings.map(({ code }) => code);
const few = (count: number): SampleProjectContent => ({
  ...clinicFixture,
  records: clinicFixture.records.slice(0, count),
});

/** An agreement table as an alignment leaves it for the version in use. */
function measureJudge(seeded: SeededProject, j: number): void {
  const { repos, now, newId } = server.deps;
  const figure = { value: j, low: j - 0.1, high: j + 0.1, n: 30 };
  const table = {
    n: 30,
    failed: 0,
    sameSide: 21,
    sameGrade: 14,
    withinOne: 25,
    tooKind: 7,
    tooHarsh: 2,
    mae: null,
    kappa: null,
    spearman: null,
    tpr: null,
    tnr: null,
    j: figure,
    meanGrade: 3,
    sameSideShare: null,
    sameGradeShare: null,
    ccc: null,
    kappaWeights: "quadratic" as const,
    confusion: { grades: [], grid: [] },
    cases: [],
  };
  const jobId = newId("job");
  repos.jobs.enqueue({
    id: jobId,
    kind: "alignment",
    projectId: seeded.project.id,
    subjectId: "x",
    caps: { maxMetricCalls: null, maxUsd: null, maxMinutes: null },
    total: 1,
    actorId: "system",
    at: now(),
  });
  const alignment = repos.alignments.insert({
    id: newId("aln"),
    projectId: seeded.project.id,
    judgeId: seeded.judgeId,
    baseVersionId: seeded.judgeVersionId,
    jobId,
    labelIds: [],
    models: {},
    simulated: true,
    actorId: "system",
    at: now(),
  });
  repos.jobs.finish(jobId, now());
  repos.alignments.update(alignment.id, { before: table });
}

describe("the launch page foretells (ux.md, moment 7)", () => {
  it("says the forecast, what is never exceeded, what the review takes and what goes where", () => {
    server = createTestServices({ TOUCHSTONE_SANDBOX_DELAY_MS: "330" });
    const found = preflight(server.seed(footballSample), { maxMinutes: 20 });
    expect(found.sentence).toMatch(/^75 scored answers: about \d+ to \d+ suggested edits, .*minute.*\.$/);
    expect(found.detail).toBe(
      "It never uses more than 75 answers or 20 minutes. A review afterwards scores the 18 sealed records twice: 36 answers. 42 records go to the simulated models on this computer.",
    );
    expect(found).toMatchObject({ trainset: 42, valset: 15, sealed: 18, exploratory: false });
    expect(found.findings.filter(({ level }) => level === "blocks")).toEqual([]);
  });

  it("knows money only from measured tokens and known prices, and then says a range", async () => {
    server = createTestServices();
    const { repos, now } = server.deps;
    const prices = Object.fromEntries(
      ["sim-task", "sim-judge", "sim-reflect"].map((model) => [
        model,
        { inputPerMillion: 1, outputPerMillion: 4 },
      ]),
    );
    const seeded = server.seed(clinicFixture);
    repos.connections.update(SIMULATED_CONNECTION_ID, { prices }, now());
    expect(preflight(seeded).forecast.usd).toBeNull();
    const { id } = start(seeded);
    await server.idle();
    const spent = server.services.runs.get(server.actor, id).view.spentUsd ?? 0;
    const { forecast, sentence } = preflight(seeded, { seed: 2 });
    expect(sentence).toMatch(/\$0\.\d\d to \$0\.\d\d\.$/);
    expect(forecast.usd?.low).toBeLessThan(spent * 1.3);
    expect(forecast.usd?.high).toBeGreaterThan(spent * 0.7);
    expect(forecast.reviewUsd).toBeGreaterThan(0);
  });

  it("tells what changed since the last run, and that a run on the same would mostly buy luck", async () => {
    server = createTestServices();
    const seeded = server.seed(clinicFixture);
    expect(preflight(seeded).changedSinceLastRun).toEqual([]);
    start(seeded);
    await server.idle();
    const same = preflight(seeded);
    expect(same.changedSinceLastRun).toEqual(["same model"]);
    expect(codes(same)).toContain("unchanged");
    const { repos, now, newId } = server.deps;
    const records = repos.records.listPractice(seeded.project.id).slice(0, 3);
    repos.records.insertMany(
      ["One", "Two"].map((word) => ({
        id: newId("rec"),
        projectId: seeded.project.id,
        critical: false,
        tags: [],
        inputs: {
          v: 1,
          messages: [{ role: "user", content: `${word} question about something else entirely` }],
          fields: {},
        },
        expectations: { v: 1, expected_response: "Answers it.", facts: [], mustNever: [] },
        source: "written",
        actorId: server.actor.userId,
        at: now(),
      })),
    );
    repos.records.assignSets(
      repos.records
        .listUnassigned(seeded.project.id)
        .map(({ id }) => ({ recordId: id, set: "practice" as const })),
    );
    expect(records).toHaveLength(3);
    const changed = preflight(seeded);
    expect(changed.changedSinceLastRun).toContain("records +2");
    expect(codes(changed)).not.toContain("unchanged");
  });
});

describe("findings of a launch", () => {
  it("a small budget warns; a cap in money without prices blocks", () => {
    server = createTestServices();
    const seeded = server.seed(footballSample);
    expect(codes(preflight(seeded, { maxMetricCalls: 25 }))).toContain("small-budget");
    expect(preflight(seeded, { maxUsd: 1 }).findings[0]).toMatchObject({ code: "no-price", level: "blocks" });
  });

  it.each([
    { j: 0.5, code: "judge-weak", refused: false },
    { j: 0.3, code: "judge-far", refused: true },
    { j: 0.8, code: null, refused: false },
  ])("a judge with J $j: $code", ({ j, code, refused }) => {
    server = createTestServices();
    const seeded = server.seed(clinicFixture);
    measureJudge(seeded, j);
    const found = codes(preflight(seeded)).filter((one) => one.startsWith("judge"));
    expect(found).toEqual(code === null ? [] : [code]);
    if (refused) {
      expect(() => start(seeded)).toThrow(
        expect.objectContaining({ code: "not-ready", errors: [expect.objectContaining({ path: "reason" })] }),
      );
    }
    expect(start(seeded, { reason: "We only want to see the edits." }).manifest.reason).toBe(
      "We only want to see the edits.",
    );
  });

  it("fewer than ten practice records: exploratory, and only with a reason", () => {
    server = createTestServices();
    const seeded = server.seed(few(12));
    expect(codes(preflight(seeded))).toContain("exploratory");
    expect(() => start(seeded)).toThrow(/say why in a few words/);
    expect(start(seeded, { reason: "A first look." }).manifest.exploratory).toBe(true);
  });

  it("nothing to learn from blocks, in words", () => {
    server = createTestServices();
    const seeded = server.seed({ ...clinicFixture, records: [] });
    expect(() => start(seeded)).toThrow(/No practice record says what a good answer does/);
  });

  it("one run a project at a time: the second is refused and names the first", () => {
    server = createTestServices();
    const seeded = server.seed(clinicFixture);
    start(seeded);
    expect(() => start(seeded)).toThrow(
      expect.objectContaining({
        code: "run-already-active",
        detail: expect.stringContaining("Run 1 is not over yet"),
      }),
    );
  });
});

describe("the list of runs and a candidate opened", () => {
  it("a run's row says what came of it, with sparkline and gain; a candidate shows text, reflection and results", async () => {
    server = createTestServices();
    const seeded = server.seed(clinicFixture);
    const { id } = start(seeded);
    await server.idle();
    const [row] = server.services.runs.list(server.actor, seeded.project.id);
    expect(row?.sentence).toMatch(/^Candidate \d+: \d\.\d → \d\.\d of 5 on practice records\.$/);
    expect(row?.sparkline.length).toBeGreaterThan(1);
    expect(row?.gain?.low).toBeLessThanOrEqual(row?.gain?.value ?? 0);
    const run = server.services.runs.get(server.actor, id);
    const best = server.services.runs.candidate(
      server.actor,
      id,
      run.view.ended?.recommendedCandidateId ?? "",
    );
    expect(best.components.system).not.toBe(best.seedComponents.system);
    expect(best.reflection?.prompt).toContain("[user]");
    expect(best.reflection?.reply).toContain("```");
    expect(best.rollouts.length).toBeGreaterThan(4);
    expect(best.rollouts.every(({ shown }) => /^[1-5]$/.test(shown))).toBe(true);
    expect(best.rollouts.some(({ seedScore }) => seedScore !== null)).toBe(true);
    expect(() => server.services.runs.candidate(server.actor, id, "c99")).toThrow(/no such candidate/);
  });

  it("strangers see no run, viewers start none", async () => {
    server = createTestServices();
    const seeded = server.seed(clinicFixture);
    const viewer = server.person("Vi", seeded.project.id, "viewer");
    const stranger = server.person("Sam", server.seed(few(12)).project.id, "admin");
    expect(() => server.services.runs.start(viewer, seeded.project.id, inputOf(seeded))).toThrow(
      expect.objectContaining({ code: "forbidden" }),
    );
    const { id } = start(seeded);
    expect(server.services.runs.get(viewer, id).number).toBe(1);
    expect(() => server.services.runs.get(stranger, id)).toThrow(
      expect.objectContaining({ code: "not-found" }),
    );
    await expect(server.services.runs.control(viewer, id, "cancel")).rejects.toMatchObject({
      code: "forbidden",
    });
    await server.services.runs.control(server.actor, id, "cancel");
    expect(server.services.runs.get(viewer, id).state).toBe("cancelled");
  });
});
