import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AppError } from "@/lib/contracts/errors";
import type { AlignmentView } from "@/lib/contracts/judges";
import { startRunInput } from "@/lib/contracts/runs";
import { seedFootball } from "../sample/seed-football";
import { createTestServices, type TestServices } from "../testing/test-services";

let server: TestServices;
let projectId: string;
let judgeId: string;

beforeEach(async () => {
  server = createTestServices();
  projectId = seedFootball(server.deps, server.actor);
  await server.idle();
  judgeId = server.services.judges.list(server.actor, projectId)[0]!.id;
});
afterEach(() => server.close());

async function taught() {
  const { id } = server.services.alignments.start(server.actor, judgeId);
  await server.idle();
  return server.services.alignments.get(server.actor, id);
}

function codeOf(act: () => unknown): string | null {
  try {
    act();
  } catch (error) {
    return error instanceof AppError ? error.code : "other";
  }
  return null;
}

describe("deciding on a taught judge", () => {
  it("Keep the old one: the draft is retired and offered no more", async () => {
    const result = await taught();
    expect(isSettled(result)).toBe(true);
    const before = server.services.judges.get(server.actor, judgeId).inUse;
    const { rulerSentence } = server.services.alignments.decide(server.actor, result.id, "kept-old");
    expect(rulerSentence).toBeNull();
    const judge = server.services.judges.get(server.actor, judgeId);
    expect(judge.inUse).toEqual(before);
    expect(judge.draft).toBeNull();
  });

  it("put to use from the list of versions it is decided too, and runs grade with it", async () => {
    const result = await taught();
    const used = server.services.judges.use(server.actor, judgeId, result.draftVersionId!);
    expect(used.rulerSentence).toContain("the same answers");
    expect(server.services.alignments.get(server.actor, result.id).decision).toBe("used");
    const prompt = server.deps.repos.prompts.list(projectId)[0]!;
    const version = server.deps.repos.prompts.latestVersion(prompt.id)!;
    const input = startRunInput.parse({
      promptVersionId: version.id,
      judges: [{ judgeVersionId: result.draftVersionId!, weight: 1 }],
      maxMetricCalls: 20,
    });
    const started = server.services.runs.start(server.actor, projectId, input);
    await server.idle();
    const run = server.services.runs.get(server.actor, started.id);
    expect(run).toMatchObject({ state: "done", cause: null });
    expect(run.view.metricCalls).toBeGreaterThan(0);
  });

  it("a second teaching waits for the first", () => {
    const { alignments } = server.services;
    const first = alignments.start(server.actor, judgeId);
    expect(alignments.preflight(server.actor, judgeId)).toMatchObject({ activeAlignmentId: first.id });
    expect(codeOf(() => alignments.start(server.actor, judgeId))).toBe("conflict");
    expect(codeOf(() => alignments.decide(server.actor, first.id, "used"))).toBe("not-ready");
  });

  it("a teaching that is whole has nothing to retry; a cancelled one is asked again, and pays for nothing twice", async () => {
    const { alignments } = server.services;
    const whole = await taught();
    await expect(alignments.control(server.actor, whole.id, "retry")).rejects.toThrow(/failed/);
    const { repos } = server.deps;
    const calls = whole.modelCalls;
    repos.alignments.update(whole.id, { report: { ...whole.report!, partial: true } });
    await alignments.control(server.actor, whole.id, "retry");
    await server.idle();
    const again = alignments.get(server.actor, whole.id);
    expect(again).toMatchObject({ state: "done", verdict: whole.verdict, modelCalls: calls });
    expect(again.draftVersionId).not.toBe(whole.draftVersionId);
    expect(server.services.judges.version(server.actor, judgeId, whole.draftVersionId!).version.status).toBe(
      "retired",
    );
  });
});

/** What people said of a difference: the last word on a label counts, and only labels of the test can be spoken of. */
function isSettled(result: AlignmentView): boolean {
  const { alignments } = server.services;
  const { labelId } = result.after!.cases.find(({ kind }) => kind !== "same")!;
  alignments.settle(server.actor, result.id, labelId, "discuss");
  const { report } = alignments.settle(server.actor, result.id, labelId, "judge-wrong");
  expect(report!.settled).toMatchObject([{ labelId, outcome: "judge-wrong", by: "Tester" }]);
  return codeOf(() => alignments.settle(server.actor, result.id, "lbl_unknown", "discuss")) === "not-found";
}

describe("who may teach and who may decide", () => {
  it("an expert teaches; a lead expert, an engineer or an admin puts to use; a viewer does neither", async () => {
    const { alignments, judges } = server.services;
    const result = await taught();
    for (const role of ["viewer", "approver"] as const) {
      const actor = server.person(role, projectId, role);
      expect(codeOf(() => alignments.preflight(actor, judgeId))).toBe("forbidden");
      expect(codeOf(() => alignments.start(actor, judgeId))).toBe("forbidden");
      expect(alignments.get(actor, result.id).id).toBe(result.id);
    }
    const stranger = { kind: "user", userId: "usr_x", name: "X", isServerAdmin: false, roles: {} } as const;
    expect(codeOf(() => judges.get(stranger, judgeId))).toBe("not-found");
    expect(codeOf(() => alignments.get(stranger, result.id))).toBe("not-found");
    const expert = server.person("Jo", projectId, "expert");
    expect(alignments.preflight(expert, judgeId).blocks).toBeNull();
    expect(codeOf(() => alignments.decide(expert, result.id, "used"))).toBe("forbidden");
    expect(codeOf(() => judges.use(expert, judgeId, result.draftVersionId!))).toBe("forbidden");
    const lead = server.person("Ray", projectId, "lead");
    const { alignment, rulerSentence } = alignments.decide(lead, result.id, "used");
    expect(alignment.decision).toBe("used");
    const judge = judges.get(server.actor, judgeId);
    expect(judge.inUse).toMatchObject({ id: result.draftVersionId, status: "in-use" });
    expect(judge.draft).toBeNull();
    const [from, to] = [result.before!.meanGrade!.toFixed(1), result.after!.meanGrade!.toFixed(1)];
    expect(rulerSentence).toContain(`the mean of the same answers goes from ${from} to ${to}.`);
    expect(rulerSentence).toContain("The assistant did not change; the ruler did.");
    expect(codeOf(() => alignments.decide(server.actor, result.id, "kept-old"))).toBe("conflict");
  });
});
