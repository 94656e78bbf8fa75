import { describe, expect, it } from "vitest";
import type { StoredRollout } from "@/db/repos/rollouts.repo";
import type { PinnedRecord } from "@/db/repos/snapshots.repo";
import type { RolloutJudge } from "@/lib/rollouts/types";
import type { Side } from "./evidence-readings";
import { summarizeEvidence } from "./summarize-evidence";

const judge: RolloutJudge = {
  weight: 1,
  model: { connectionId: "con", model: "m", settings: {} },
  snapshot: {
    judgeId: "jdg",
    versionId: "jdv",
    name: "Usable",
    scale: { kind: "numeric", min: 1, max: 5, step: 1 },
    anchors: [],
    goodEnough: 4,
    instructions: "",
    guidelines: [],
    episodes: [],
    retrieval: { kind: "lexical" },
    rule: null,
  },
};

const record = (recordId: string, changes: Partial<PinnedRecord> = {}): PinnedRecord => ({
  recordId,
  revision: 1,
  set: "sealed",
  inputs: { v: 1, messages: [{ role: "user", content: `Question ${recordId}` }], fields: {} },
  expectations: { v: 1, expected_response: "", facts: [], mustNever: [] },
  tags: ["red zone"],
  critical: false,
  ...changes,
});

/** A reading with a grade of 1 to 5, or a failure. */
const reading = (side: Side, recordId: string, sample: number, grade: number | null): StoredRollout => ({
  id: `${side}${recordId}${sample}`,
  owner: { kind: "evidence", id: "evd" },
  candidateId: side,
  recordId,
  sample,
  purpose: "evidence",
  outputKey: "",
  verdictKey: null,
  status: grade === null ? "failed" : "scored",
  output: grade === null ? null : `answer ${grade}`,
  steps: [],
  verdicts:
    grade === null
      ? []
      : [
          {
            status: "graded",
            judgeVersionId: "jdv",
            value: grade,
            rationale: "because",
            normalised: (grade - 1) / 4,
          },
        ],
  score: grade === null ? null : (grade - 1) / 4,
  objectives: {},
  feedback: "because",
  cause: grade === null ? "no reply" : null,
  answered: true,
  paid: true,
  simulated: true,
  costUsd: side === "baseline" ? 0.003 : 0.004,
  latencyMs: 100,
  inputTokens: 10,
  outputTokens: 20,
  createdAt: 1,
});

const summarize = (records: PinnedRecord[], rollouts: StoredRollout[], look = 1) =>
  summarizeEvidence({ records, rollouts, judges: [judge], look, seed: "evd", modelCalls: 4, costUsd: null });

const pairsOf = (grades: readonly (readonly [number | null, number | null])[]) => {
  const records = grades.map((_, index) => record(`r${index}`));
  const rollouts = grades.flatMap(([before, after], index) => [
    ...(before === null ? [0, 1, 2] : [0]).map((sample) => reading("baseline", `r${index}`, sample, before)),
    ...(after === null ? [0, 1, 2] : [0]).map((sample) => reading("candidate", `r${index}`, sample, after)),
  ]);
  return { records, rollouts };
};

describe("summarizeEvidence (ux.md, moment 9)", () => {
  it("better: counts, means on the judge's own scale, the likely gain and the look", () => {
    const { records, rollouts } = pairsOf(Array.from({ length: 10 }, () => [3, 4] as const));
    const result = summarize(records, rollouts);
    expect(result).toMatchObject({
      verdict: "better",
      headline: "Better.",
      meanBefore: 3,
      meanAfter: 4,
      gain: { value: 1 },
    });
    expect(result.sentence).toBe(
      "On 10 sealed records: 10 better, 0 worse, 0 the same. 3.0 → 4.0; the true gain is likely between 1.0 and 1.0. First look at these records.",
    );
    expect(result.perAnswer).toMatchObject({
      before: { costUsd: 0.003, tokens: 30 },
      after: { costUsd: 0.004, ms: 100 },
    });
  });

  it("short: what may be luck, and how many records would settle it", () => {
    const { records, rollouts } = pairsOf([
      [3, 4],
      [3, 4],
      [3, 3],
      [4, 3],
      [3, 3],
      [2, 4],
      [4, 4],
      [3, 3],
      [3, 2],
    ]);
    const result = summarize(records, rollouts);
    expect(result.headline).toBe("Not enough evidence.");
    expect(result.sentence).toMatch(
      /^3 better, 2 worse, 4 the same\. The gain of 0\.2 may be luck \(likely between −0\.\d and 0\.\d\)\. About \d+ more sealed records would probably settle it\.$/,
    );
    expect(result.morePairsNeeded).toBeGreaterThan(0);
  });

  it("worse: the gate stays shut", () => {
    const { records, rollouts } = pairsOf(Array.from({ length: 10 }, () => [4, 3] as const));
    expect(summarize(records, rollouts)).toMatchObject({
      verdict: "worse",
      sentence:
        "0 better, 10 worse, 0 the same. The gate stays shut; production is unchanged. What it lost is listed below.",
    });
  });

  it("under 8 pairs there is no verdict, however clear", () => {
    const { records, rollouts } = pairsOf(Array.from({ length: 5 }, () => [1, 5] as const));
    expect(summarize(records, rollouts)).toMatchObject({ verdict: "not-enough", pValue: expect.any(Number) });
    expect(summarize(records, rollouts).sentence).toContain("A verdict takes at least 8 sealed records.");
  });

  it("a further look asks for stronger proof", () => {
    const { records, rollouts } = pairsOf(Array.from({ length: 8 }, () => [3, 4] as const));
    expect(summarize(records, rollouts, 1)).toMatchObject({ alpha: 0.025, verdict: "better" });
    expect(summarize(records, rollouts, 4)).toMatchObject({ alpha: 0.003125, verdict: "not-enough" });
  });

  it("over 5 % failed pairs are no verdict; a failure of the candidate alone is a loss by name", () => {
    const { records, rollouts } = pairsOf([[4, null], ...Array.from({ length: 10 }, () => [3, 4] as const)]);
    const result = summarize(records, rollouts);
    expect(result).toMatchObject({ verdict: "not-enough", counts: { notScored: 1 } });
    expect(result.losses).toMatchObject([
      { recordId: "r0", confirmed: true, after: "no grade", readings: "three tries: no reply" },
    ]);
  });

  it("a re-run that was scored counts", () => {
    const result = summarize(
      [record("a")],
      [reading("baseline", "a", 0, 4), reading("candidate", "a", 0, null), reading("candidate", "a", 1, 5)],
    );
    expect(result.counts).toEqual({ better: 1, worse: 0, same: 0, notScored: 0 });
  });

  it.each([
    ["a full grade lower on average", [4, 4, 4], [3, 3, 3], true],
    ["noise", [4, 4, 3], [4, 3, 4], false],
    ["good enough no more, most of the time", [4, 4, 3], [4, 3, 3], true],
  ])("a loss is confirmed by three fresh readings of each side: %s", (_name, before, after, confirmed) => {
    const fresh = [11, 12, 13].flatMap((sample, index) => [
      reading("baseline", "a", sample, before[index] as number),
      reading("candidate", "a", sample, after[index] as number),
    ]);
    const result = summarize(
      [record("a")],
      [reading("baseline", "a", 0, 4), reading("candidate", "a", 0, 3), ...fresh],
    );
    expect(result.losses).toMatchObject([{ confirmed, before: "4", after: "3" }]);
    expect(result.losses[0]?.readings).toBe(
      `three more readings: ${before.join(", ")} before; ${after.join(", ")} after`,
    );
  });

  it("records that must never fail are a guard set outside the statistics", () => {
    const guard = record("g", { set: "practice", critical: true });
    const fails = [reading("baseline", "g", 0, 5), reading("candidate", "g", 0, 2)];
    const clean = [11, 12, 13].map((sample) => reading("candidate", "g", sample, 4));
    expect(summarize([guard], fails)).toMatchObject({
      counts: { worse: 0 },
      losses: [],
      critical: { passed: 0, of: 1, failing: ["g"], cases: [{ liftable: false }] },
    });
    const old = [reading("baseline", "g", 0, 2), reading("candidate", "g", 0, 2)];
    expect(summarize([guard], old).critical.cases).toMatchObject([
      { liftable: true, readings: "production fails it too" },
    ]);
    expect(summarize([guard], [...fails, ...clean]).critical.cases).toMatchObject([
      { liftable: true, before: "5", after: "2" },
    ]);
    expect(summarize([guard], [...fails, ...clean.slice(1)]).critical.cases).toMatchObject([
      { liftable: false },
    ]);
  });

  it("a tag with under five pairs is too few to tell", () => {
    const { records, rollouts } = pairsOf(Array.from({ length: 6 }, () => [3, 4] as const));
    for (const one of records.slice(0, 4)) one.tags.push("blitz");
    expect(summarize(records, rollouts).byTag).toEqual([
      { tag: "red zone", better: 6, worse: 0, same: 0, tooFew: false },
      { tag: "blitz", better: 4, worse: 0, same: 0, tooFew: true },
    ]);
  });
});
