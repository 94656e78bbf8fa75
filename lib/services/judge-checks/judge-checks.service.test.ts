import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JudgeCheckView } from "@/lib/contracts/judge-checks";
import { type LabelledAnswer, type LabelledProject, seedLabelled } from "../testing/labelled-project";
import { createTestServices, type TestServices } from "../testing/test-services";
import { measureNoiseOf } from "./measure-noise";

let server: TestServices;
let project: LabelledProject;

const ROWS: LabelledAnswer[] = [
  {
    question: "What do I tell a caller with a fever?",
    expected: "Names the warning signs and says when to call again.",
    answer: "Rest and drink. The warning signs are confusion and a stiff neck; call again when one shows.",
    value: 5,
    reason: "The warning signs are there.",
  },
  {
    question: "A child has a rash. What now?",
    expected: "Names the warning signs and asks for the age.",
    answer: "It is surely nothing.",
    value: 1,
    reason: "No warning signs.",
  },
  {
    question: "Sore throat since Monday?",
    expected: "Says what to drink.",
    answer: "Warm tea helps.",
    value: null,
  },
];

beforeEach(() => {
  server = createTestServices();
  project = seedLabelled(server, ROWS);
});
afterEach(() => server.close());

type Start = Parameters<TestServices["services"]["judgeChecks"]["start"]>[2];

async function check(input: Partial<Start>): Promise<JudgeCheckView> {
  const { judgeChecks } = server.services;
  const started = judgeChecks.start(server.actor, project.judgeId, {
    kind: "try",
    versionId: project.judgeVersionId,
    otherVersionId: null,
    changes: null,
    traceIds: project.traceIds,
    readings: 1,
    ...input,
  });
  await server.idle();
  return judgeChecks.get(server.actor, started.id);
}

function paidFor(checkId: string): number {
  const { repos } = server.deps;
  return repos.paidCalls.list(repos.judgeChecks.byId(checkId)!.jobId!, { limit: 100, offset: 0 }).length;
}

describe("answers to try a judge on", () => {
  it("are of practice records, labelled ones first, with what experts said", () => {
    const { items, host, simulated } = server.services.judgeChecks.answers(server.actor, project.judgeId);
    expect(items.map(({ question }) => question)).toHaveLength(3);
    expect(items[2]).toMatchObject({ traceId: project.traceIds[2], experts: [] });
    expect(items.find(({ traceId }) => traceId === project.traceIds[1])?.experts).toEqual([
      { name: "Tester", shown: "1", reason: "No warning signs." },
    ]);
    expect([host, simulated]).toEqual(["the simulated models on this computer", true]);
  });

  it("never of a sealed record, not even when asked for by name", async () => {
    const sealed = server.deps.repos.records.byId(project.recordIds[0]!)!;
    const other = seedLabelled(server, [ROWS[0]!]);
    const judge = project.judgeId;
    // another project's answers are as closed as sealed ones
    expect(() =>
      server.services.judgeChecks.start(server.actor, judge, {
        kind: "try",
        versionId: project.judgeVersionId,
        otherVersionId: null,
        changes: null,
        traceIds: other.traceIds,
        readings: 1,
      }),
    ).toThrow(/of no practice record/);
    expect(sealed.set).toBe("practice");
  });
});

describe("the exact prompt", () => {
  const preview = (changes: Start["changes"]) =>
    server.services.judgeChecks.preview(server.actor, project.judgeId, {
      versionId: project.judgeVersionId,
      traceId: project.traceIds[0]!,
      changes,
    });

  it("is what the model is really sent, word for word, and costs nothing", async () => {
    const { messages, note } = await preview(null);
    const { id } = await check({ traceIds: [project.traceIds[0]!] });
    const { repos } = server.deps;
    const [call] = repos.paidCalls.list(repos.judgeChecks.byId(id)!.jobId!, { limit: 5, offset: 0 });
    expect(call!.request).toMatchObject({ messages });
    expect(note).toBeNull();
  });

  it("shows unsaved words; what could not be saved is refused with its place", async () => {
    const { messages } = await preview({ instructions: "Grade {{ outputs }} kindly." });
    expect(messages[0]!.content).toContain("Grade {{ outputs }} kindly.");
    await expect(async () => preview({ instructions: "Grade {{ output }}." })).rejects.toThrow(
      /Do you mean \{\{ outputs \}\}/,
    );
  });
});

describe("a try", () => {
  it("puts unsaved changes beside the saved version, and keeps the saved one's verdicts", async () => {
    const changes = { instructions: "Be strict with {{ outputs }} and {{ expectations }}." };
    const first = await check({ changes, otherVersionId: project.judgeVersionId });
    expect(first).toMatchObject({
      state: "done",
      isChanged: true,
      version: 1,
      otherVersion: 1,
      simulated: true,
    });
    for (const { readings, other } of first.answers) {
      expect(readings).toHaveLength(1);
      expect([readings[0]!.status, other!.status]).toEqual(["graded", "graded"]);
    }
    expect(paidFor(first.id)).toBe(6);
    // the saved version has graded them now: only the change is asked for again
    const second = await check({ changes, otherVersionId: project.judgeVersionId });
    expect(paidFor(second.id)).toBe(3);
  });
});

describe("noise", () => {
  it("is measured on fresh readings, kept, and never bought twice", async () => {
    const noise = await check({ kind: "noise", readings: 3 });
    expect(noise.answers.map(({ readings }) => readings.length)).toEqual([3, 3, 3]);
    expect(noise.noise).toMatchObject({ answers: 3, readings: 3, failed: 0 });
    expect(noise.noise!.sdGrades).not.toBeNull();
    expect(paidFor(noise.id)).toBe(9);
    expect(server.services.judgeChecks.latestNoise(server.actor, project.judgeId)?.id).toBe(noise.id);
  });

  it("needs two readings", async () => {
    await expect(check({ kind: "noise", readings: 1 })).rejects.toThrow(/says nothing about noise/);
  });
});

describe("two versions on the same answers", () => {
  it("says how the ruler moved once both have graded them", async () => {
    const { judgeChecks, judges } = server.services;
    const stricter = judges.edit(server.actor, project.judgeId, {
      instructions: "Be strict with {{ inputs }}, {{ outputs }} and {{ expectations }}.",
    });
    const ids = { before: project.judgeVersionId, after: stricter.id };
    const unknown = judgeChecks.compare(server.actor, project.judgeId, ids);
    expect(unknown).toMatchObject({ answers: [], rulerSentence: null });
    expect(unknown.missingTraceIds).toHaveLength(3);
    await check({ kind: "compare", versionId: stricter.id, otherVersionId: project.judgeVersionId });
    const known = judgeChecks.compare(server.actor, project.judgeId, ids);
    expect(known.missingTraceIds).toEqual([]);
    expect(known.answers).toHaveLength(3);
    expect(known.rulerSentence).toMatch(/the same answers/);
    // two labels are too few to say which agrees with the experts more often
    expect(known.unseen).toBeNull();
  });
});

describe("a hand edit", () => {
  it("AG9 is measured on labels that neither version learned from, once there are ten of them", async () => {
    const rows = Array.from(
      { length: 12 },
      (_, index): LabelledAnswer => ({
        ...ROWS[index % 2]!,
        question: `${ROWS[index % 2]!.question} Caller ${index}.`,
      }),
    );
    const other = seedLabelled(server, rows);
    const { judgeChecks, judges } = server.services;
    const edited = judges.edit(server.actor, other.judgeId, { goodEnough: 3 });
    const started = judgeChecks.start(server.actor, other.judgeId, {
      kind: "compare",
      versionId: edited.id,
      otherVersionId: other.judgeVersionId,
      changes: null,
      traceIds: other.traceIds,
      readings: 1,
    });
    await server.idle();
    expect(judgeChecks.get(server.actor, started.id).state).toBe("done");
    const ids = { before: other.judgeVersionId, after: edited.id };
    const { unseen } = judgeChecks.compare(server.actor, other.judgeId, ids);
    expect(unseen).toMatchObject({ n: 12 });
    expect(unseen!.after).toBeLessThanOrEqual(12);
  });
});

describe("a rule", () => {
  it("is a judge of its own: free, pass or fail, tried like any other, never taught", async () => {
    const { judges, alignments, judgeChecks } = server.services;
    const rule = judges.create(server.actor, project.projectId, {
      name: "Names the warning signs",
      scale: { kind: "boolean", trueLabel: "pass", falseLabel: "fail" },
      anchors: [],
      goodEnough: true,
      instructions: "",
      rule: { kind: "contains", text: "warning signs", caseSensitive: false },
    });
    expect(rule).toMatchObject({ kind: "rule", inUse: { rule: { kind: "contains" }, instructions: "" } });
    const started = judgeChecks.start(server.actor, rule.id, {
      kind: "try",
      versionId: rule.inUse!.id,
      otherVersionId: null,
      changes: { rule: { kind: "length", minWords: 3, maxWords: null } },
      traceIds: project.traceIds,
      readings: 1,
    });
    await server.idle();
    const done = judgeChecks.get(server.actor, started.id);
    expect(done.answers.map(({ readings }) => readings[0])).toMatchObject([
      { shown: "pass" },
      { shown: "pass" },
      { shown: "pass" },
    ]);
    expect(paidFor(started.id)).toBe(0);
    expect(() => alignments.start(server.actor, rule.id)).toThrow(/nothing to teach/);
  });

  it("that says nothing, or is no pass or fail, is not saved", () => {
    const write = (rule: object, scale: object) => () =>
      server.services.judges.create(server.actor, project.projectId, {
        name: "Rule",
        scale: scale as never,
        anchors: [],
        goodEnough: null,
        instructions: "",
        rule: rule as never,
      });
    const passFail = { kind: "boolean", trueLabel: "pass", falseLabel: "fail" };
    expect(write({ kind: "contains", text: " ", caseSensitive: false }, passFail)).toThrow(/which text/);
    expect(write({ kind: "pattern", pattern: "(a+)+" }, passFail)).toThrow(/take for ever/);
    const numbers = { kind: "numeric", min: 1, max: 5, step: 1 };
    expect(write({ kind: "length", minWords: 1, maxWords: null }, numbers)).toThrow(/pass or fail/);
  });
});

describe("npm run judge-noise", () => {
  it("measures the version in use, and says what it cannot measure", async () => {
    const options = { judge: project.judgeId, answers: 2, readings: 2 };
    const noise = await measureNoiseOf(server, options);
    expect(noise).toMatchObject({ version: 1, simulated: true, answers: 2, readings: 2, failed: 0 });
    await expect(measureNoiseOf(server, { ...options, judge: "nobody" })).rejects.toThrow(
      /no judge "nobody"/,
    );
    const other = seedLabelled(server, []);
    await expect(measureNoiseOf(server, { ...options, judge: null })).rejects.toThrow(/Several judges fit/);
    await expect(measureNoiseOf(server, { ...options, judge: other.judgeId })).rejects.toThrow(
      /no recorded answers/,
    );
  });
});
