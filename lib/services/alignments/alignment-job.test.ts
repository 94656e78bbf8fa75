import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AlignmentView } from "@/lib/contracts/judges";
import type { JobContext } from "../jobs/job-types";
import { clinicFixture } from "../sample/clinic-fixture";
import { seedFootball } from "../sample/seed-football";
import { createTestServices, type TestServices } from "../testing/test-services";
import { createAlignmentJob } from "./alignment-job";

let server: TestServices;
beforeEach(() => {
  server = createTestServices();
});
afterEach(() => server.close());

const LABELS = 42;
const ANSWERS = 30;

/** The football sample with its judge, once its round of answers is graded. */
async function football() {
  const projectId = seedFootball(server.deps, server.actor);
  await server.idle();
  const judge = server.services.judges.list(server.actor, projectId)[0]!;
  return { projectId, judge };
}

async function taught(judgeId: string): Promise<AlignmentView> {
  const started = server.services.alignments.start(server.actor, judgeId);
  await server.idle();
  return server.services.alignments.get(server.actor, started.id);
}

function paidCalls(alignmentId: string) {
  const { repos } = server.deps;
  const jobId = repos.alignments.byId(alignmentId)!.jobId!;
  return repos.paidCalls.list(jobId, { limit: 1_000, offset: 0 });
}

describe("teaching the judge of the football sample", () => {
  it("makes a draft of cited guidelines, and counts both judges on answers that neither had seen", async () => {
    const { judge } = await football();
    const result = await taught(judge.id);
    expect(result).toMatchObject({
      state: "done",
      cause: null,
      stage: "done",
      decision: "open",
      simulated: true,
    });
    expect(result.report).toMatchObject({
      usedLabels: LABELS,
      withReason: LABELS,
      failedBatches: [],
      partial: false,
    });
    expectCitedGuidelines(judge.id, result);
    expectCountsThatAddUp(result);
    // each verdict is bought once, though twelve answers carry two labels
    const calls = paidCalls(result.id);
    expect(calls.filter(({ role }) => role === "judge")).toHaveLength(2 * ANSWERS);
    expect(calls.every(({ attempt }) => attempt === 1)).toBe(true);
    expect(result.modelCalls).toBe(calls.filter(({ role }) => role !== "embedding").length);
    expect(result.modelCalls).toBeLessThanOrEqual(
      server.services.alignments.preflight(server.actor, judge.id).modelCalls.high,
    );
  });

  it("started again after a crash buys nothing, makes no second draft, and ends the same", async () => {
    const { judge } = await football();
    const first = await taught(judge.id);
    const bought = paidCalls(first.id).length;
    const { repos } = server.deps;
    // as after a kill between the guidelines and the end of the test
    repos.alignments.update(first.id, { before: null, after: null, verdict: null });
    await createAlignmentJob(server.deps)(contextOf(first.id));
    expect(paidCalls(first.id)).toHaveLength(bought);
    expect(server.services.alignments.get(server.actor, first.id)).toEqual(first);
    // and as after a kill before the draft was stored
    repos.alignments.update(first.id, { draftVersionId: null, report: null });
    await createAlignmentJob(server.deps)(contextOf(first.id));
    expect(paidCalls(first.id)).toHaveLength(bought);
    const again = server.services.alignments.get(server.actor, first.id);
    expect({ ...again, draftVersionId: first.draftVersionId }).toEqual(first);
  });

  it("keeps what a person worded or switched off when it is taught again", async () => {
    const { judge } = await football();
    const first = await taught(judge.id);
    const { version } = server.services.judges.version(server.actor, judge.id, first.draftVersionId!);
    const [reworded, off] = version.guidelines;
    const edited = server.services.judges.edit(server.actor, judge.id, {
      baseVersionId: version.id,
      guidelines: [
        { id: reworded!.id, text: "Count the plays behind each number.", active: true },
        { id: off!.id, text: off!.text, active: false },
      ],
    });
    server.services.judges.use(server.actor, judge.id, edited.id);
    const second = await taught(judge.id);
    const draft = server.services.judges.version(server.actor, judge.id, second.draftVersionId!).version;
    expect(draft.guidelines.find(({ id }) => id === reworded!.id)).toMatchObject({
      text: "Count the plays behind each number.",
      editedByPerson: true,
    });
    expect(draft.guidelines.find(({ id }) => id === off!.id)).toMatchObject({ active: false });
  });
});

function expectCitedGuidelines(judgeId: string, { draftVersionId }: AlignmentView): void {
  const draft = server.services.judges.version(server.actor, judgeId, draftVersionId!);
  expect(draft.version).toMatchObject({ status: "draft", origin: "aligned", episodeCount: LABELS });
  expect(draft.version.retrieval).toBe("embedding");
  expect(draft.version.guidelines.length).toBeGreaterThan(2);
  const cited = new Set(draft.sources.map(({ labelId }) => labelId));
  for (const { sourceLabelIds } of draft.version.guidelines) {
    expect(sourceLabelIds.length).toBeGreaterThan(0);
    expect(sourceLabelIds.every((id) => cited.has(id))).toBe(true);
  }
  expect(
    draft.sources.every(({ reason, author }) => reason !== "" && ["Ray", "Dana"].includes(author.name)),
  ).toBe(true);
}

function expectCountsThatAddUp({ before, after, human, verdict }: AlignmentView): void {
  for (const table of [before!, after!]) {
    expect(table.n).toBe(LABELS);
    expect(table.sameSide! + table.tooKind! + table.tooHarsh!).toBe(LABELS);
    expect(table.cases.filter(({ kind }) => kind === "too-kind")).toHaveLength(table.tooKind!);
  }
  expect(human).toMatchObject({ answers: 12, pairs: 12 });
  // the sample's labels hold something to learn, and the test on unseen answers shows it
  expect(after!.sameSide).toBeGreaterThan(before!.sameSide!);
  expect(verdict).toBe("better");
}

describe("what teaching may learn from", () => {
  it("labels of records that are not practice records are skipped, with the reason, and nothing of them is sent", async () => {
    const { projectId, judge } = await football();
    const [label] = server.deps.repos.labels.listTeaching(projectId, judge.id);
    const { repos } = server.deps;
    const record = repos.records.byId(label!.recordId)!;
    repos.records.update(record.id, record.revision, { archived: true }, "system", 1);
    const before = server.services.alignments.preflight(server.actor, judge.id);
    expect(
      before.skipped.some(
        ({ labelId, why }) => labelId === label!.id && why.includes("not a practice record"),
      ),
    ).toBe(true);
    const { id, report } = await taught(judge.id);
    expect(report!.usedLabels).toBe(before.usable);
    expect(JSON.stringify(paidCalls(id).map(({ request }) => request))).not.toContain(label!.reason);
  });

  it("labels without reasons are no lesson: teaching is refused with what to do", async () => {
    const { projectId, judge } = await withLabels("");
    const { alignments } = server.services;
    const preflight = alignments.preflight(server.actor, judge.id);
    expect(preflight).toMatchObject({ usable: 3, withReason: 0 });
    expect(preflight.blocks).toContain("None of the 3 labels says why");
    expect(() => alignments.start(server.actor, judge.id)).toThrow(/says why/);
    expect(server.deps.repos.jobs.list(projectId)).toEqual([]);
  });

  it("a project without labels is told to label first", () => {
    const seeded = server.seed(clinicFixture);
    const preflight = server.services.alignments.preflight(server.actor, seeded.judgeId);
    expect(preflight).toMatchObject({ usable: 0, records: 0 });
    expect(preflight.blocks).toContain("No answer has been labelled yet");
    expect(() => server.services.alignments.start(server.actor, seeded.judgeId)).toThrow(/labelled/);
  });

  it("three labels on three records are tested by leaving one out", async () => {
    const { judge } = await withLabels("Say what to do first.");
    const { before, after, verdict } = await taught(judge.id);
    expect([before?.n, after?.n]).toEqual([3, 3]);
    expect(verdict).toBe("unclear");
    expect(after?.j).toBeNull();
  });
});

/** The clinic with three labelled answers. */
async function withLabels(reason: string) {
  const { deps, actor, services } = server;
  const { repos, newId } = deps;
  const seeded = server.seed(clinicFixture);
  const recordIds = [...seeded.recordIds.values()].slice(0, 3);
  repos.records.assignSets(recordIds.map((recordId) => ({ recordId, set: "practice" as const })));
  for (const [index, recordId] of recordIds.entries()) {
    const traceId = newId("trc");
    const question = repos.records.byId(recordId)!.inputs.messages.at(-1)!.content;
    repos.traces.insert({
      id: traceId,
      projectId: seeded.project.id,
      recordId,
      recordRevision: 1,
      evaluationId: null,
      promptVersionId: null,
      targetVersionId: null,
      state: "OK",
      question,
      output: `Answer ${index}: rest, drink, and come back when it gets worse.`,
      cause: null,
      steps: [],
      provenance: "test",
      outputKey: null,
      simulated: true,
      latencyMs: null,
      costUsd: null,
      createdAt: index,
    });
    repos.labels.commit({
      id: newId("lbl"),
      projectId: seeded.project.id,
      traceId,
      recordId,
      judgeId: seeded.judgeId,
      judgeVersionId: seeded.judgeVersionId,
      authorId: actor.userId,
      value: services.judges.get(actor, seeded.judgeId).scale.kind === "boolean" ? index > 0 : index + 2,
      reason,
      betterAnswer: null,
      flagged: false,
      purpose: "teaching",
      queueId: null,
      createdAt: index,
    });
  }
  return { projectId: seeded.project.id, judge: services.judges.get(actor, seeded.judgeId) };
}

/** What the runner would give the handler of this teaching's job. */
function contextOf(alignmentId: string): JobContext {
  const { repos } = server.deps;
  return {
    job: repos.jobs.byId(repos.alignments.byId(alignmentId)!.jobId!)!,
    signal: new AbortController().signal,
    setProgress: () => undefined,
    whilePaused: async () => undefined,
    isPauseRequested: () => false,
    isHeld: () => false,
    onHeld: () => () => undefined,
    waitOut: async () => undefined,
    pause: (cause) => {
      throw new Error(cause);
    },
  };
}
