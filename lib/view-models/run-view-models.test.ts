import { describe, expect, expectTypeOf, it } from "vitest";
import type { ScoreCurveData } from "@/components/charts/score-curve-model";
import { emptyRunView, foldRunEvents } from "@/lib/contracts/fold-run-event";
import {
  type RunEvent,
  type RunEventBody,
  refusalReasons,
  rejectionReasons,
  stopReasons,
} from "@/lib/contracts/run-events";
import type { CandidateRow, RunView } from "@/lib/contracts/runs";
import { candidateCounts, prepareCandidateRows } from "./run-candidates";
import { describeLogEntry, describeRunEvent } from "./run-log";
import { reasonOf, stopSentence } from "./run-reasons";
import { prepareRecordGrid } from "./run-records";
import { shownScaleOf } from "./run-scale";
import { type PreparedScoreCurve, prepareScoreCurve } from "./run-score-curve";
import { minutesLeftWords, prepareStatusSentence, spendWords } from "./run-status";
import { flattenTree, prepareFamilyTree } from "./run-tree";

const scale = shownScaleOf({ kind: "numeric", min: 1, max: 5, step: 1 });
const LIVE = { version: 2, isStart: false, score: 0.5, from: "run" as const, records: 3, graded: 3 };
const yes = (ids: string[], score: number) => ids.map((exampleId) => ({ exampleId, score }));

const story: RunEventBody[] = [
  {
    type: "run-started",
    decision: 1,
    strategy: "frugal",
    seedCandidateId: "c0",
    components: ["system"],
    trainset: ["a", "b", "c", "d"],
    valset: ["a", "b", "c"],
    maxMetricCalls: 75,
    lanes: 1,
    seed: 1,
  },
  {
    type: "seed-evaluated",
    decision: 2,
    candidateId: "c0",
    scores: [...yes(["a", "b"], 0.6), { exampleId: "c", score: null }],
    meanScore: 0.6,
    excluded: [{ exampleId: "c", cause: "no answer" }],
    metricCalls: 3,
  },
  {
    type: "recommendation-changed",
    decision: 3,
    candidateId: "c0",
    estimate: 0.6,
    scoredOn: 2,
    metricCalls: 3,
  },
  { type: "parent-selected", decision: 4, proposalId: "p1", parentId: "c0", pick: "only" },
  {
    type: "minibatch-chosen",
    decision: 5,
    proposalId: "p1",
    parentId: "c0",
    component: "system",
    exampleIds: ["a"],
    scores: [],
  },
  {
    type: "proposal-refused",
    decision: 6,
    proposalId: "p1",
    parentIds: ["c0"],
    reason: "lost-variable",
    detail: "The new text lost {{team}}.",
  },
  { type: "parent-selected", decision: 7, proposalId: "p2", parentId: "c0", pick: "only" },
  {
    type: "reflection-answered",
    decision: 8,
    proposalId: "p2",
    parentIds: ["c0"],
    component: "system",
    summary: "names the player first",
    citedExampleIds: ["a"],
  },
  {
    type: "candidate-rejected",
    decision: 9,
    proposalId: "p2",
    candidateId: "c2",
    parentIds: ["c0"],
    reason: "not-better",
    childMean: 0.55,
    parentMean: 0.625,
    exampleIds: ["a", "b"],
    scores: yes(["a", "b"], 0.55),
    metricCalls: 7,
  },
  { type: "parent-selected", decision: 10, proposalId: "p3", parentId: "c0", pick: "best" },
  {
    type: "reflection-answered",
    decision: 11,
    proposalId: "p3",
    parentIds: ["c0"],
    component: "system",
    summary: "states the sample size",
    citedExampleIds: ["a"],
  },
  {
    type: "rung-finished",
    decision: 12,
    proposalId: "p3",
    candidateId: "c3",
    parentIds: ["c0"],
    exampleIds: ["a"],
    childMean: 0.75,
    incumbentMean: 0.6,
    incumbentId: "c0",
    outcome: "accepted",
    metricCalls: 9,
  },
  {
    type: "candidate-accepted",
    decision: 13,
    proposalId: "p3",
    candidateId: "c3",
    parentIds: ["c0"],
    scores: yes(["a", "b"], 0.725),
    meanScore: 0.725,
    fullyValidated: true,
    metricCalls: 11,
  },
  { type: "front-updated", decision: 14, front: [{ candidateId: "c3", bestOn: ["a", "b"] }] },
  {
    type: "recommendation-changed",
    decision: 15,
    candidateId: "c3",
    estimate: 0.725,
    scoredOn: 2,
    metricCalls: 11,
  },
];

function viewOf(bodies: readonly RunEventBody[]): RunView {
  return foldRunEvents(emptyRunView("run_1", 75), eventsOf(bodies));
}
function eventsOf(bodies: readonly RunEventBody[]): RunEvent[] {
  return bodies.map((body, index) => ({ v: 1, runId: "run_1", seq: index + 1, at: index, body }));
}

describe("shownScaleOf", () => {
  it("shows scores on the judge's scale (ux.md rule 4)", () => {
    expect(scale.formatOf(0.725)).toBe("3.9 of 5");
    expect(shownScaleOf({ kind: "numeric", min: 0, max: 1, step: 0.1 }).formatOf(0.5)).toBe("0.50 of 1");
    expect(shownScaleOf({ kind: "boolean", trueLabel: "pass", falseLabel: "fail" })).toMatchObject({
      min: 0,
      max: 100,
      label: "% pass",
    });
    expect(
      shownScaleOf({ kind: "categories", ordered: true, values: ["poor", "fair", "good"] }).formatOf(0.5),
    ).toBe("2.0 of 3");
    expect(shownScaleOf(null).formatOf(0.5)).toBe("50 of 100");
  });
});

describe("prepareScoreCurve", () => {
  it("fits the chart", () => {
    expectTypeOf<PreparedScoreCurve>().toExtend<ScoreCurveData>();
  });
  it("draws points and the best line in grades, marks on the last point of a candidate", () => {
    const curve = prepareScoreCurve({
      view: viewOf(story),
      scale,
      production: LIVE,
      luckBand: [{ metricCalls: 10, low: 0.6, high: 0.7 }],
    });
    expect(
      curve.points.map(({ candidateLabel, kind, isFront, isRecommended }) => [
        candidateLabel,
        kind,
        isFront,
        isRecommended,
      ]),
    ).toEqual([
      ["Starting prompt", "full", false, false],
      ["Candidate 2", "rung", false, false],
      ["Candidate 3", "rung", false, false],
      ["Candidate 3", "full", true, true],
    ]);
    expect(curve.best).toEqual([
      { metricCalls: 3, score: 3.4 },
      { metricCalls: 11, score: 3.9 },
    ]);
    expect([curve.seedScore, curve.productionScore, curve.maxMetricCalls]).toEqual([3.4, 3, 75]);
    expect(curve.luckBand[0]?.high).toBeCloseTo(3.8);
  });
  it("draws one line, named for both, where the starting prompt is in production", () => {
    const production = { ...LIVE, isStart: true, score: 0.6 };
    const curve = prepareScoreCurve({ view: viewOf(story), scale, production });
    expect([curve.seedScore, curve.productionScore, curve.isProductionStart]).toEqual([3.4, null, true]);
  });
  it("says nothing where nothing is known", () => {
    const curve = prepareScoreCurve({ view: emptyRunView("r", 75), scale, production: null });
    expect([curve.points, curve.best, curve.seedScore, curve.productionScore, curve.luckBand]).toEqual([
      [],
      [],
      null,
      null,
      [],
    ]);
  });
});

describe("prepareCandidateRows", () => {
  it("words of ux.md 7.5", () => {
    const rows = prepareCandidateRows(viewOf(story), scale);
    expect(rows.map(({ candidateId }) => candidateId)).toEqual(["c3", "c0", "c2", "c1"]);
    expect(rows[0]).toMatchObject({
      number: "3",
      score: "3.9",
      bestOn: "best on 2 of 2 records",
      from: "from the starting prompt",
      isRecommended: true,
      isFront: true,
      outcome: "",
    });
    expect(rows[2]?.outcome).toBe("rejected: 3.2 on 2 records, its parent had 3.5");
    expect(rows[3]?.outcome).toBe("refused: lost {{team}}, not scored, nothing spent");
    expect(candidateCounts(viewOf(story))).toEqual({ trying: 0, accepted: 1, refused: 1, rejected: 1 });
  });
  it("every reason has words, and every end a sentence", () => {
    for (const reason of [...refusalReasons, ...rejectionReasons])
      expect(reasonOf({ reason, why: "" } as CandidateRow)).not.toBe("");
    for (const reason of stopReasons) expect(stopSentence(reason)).toMatch(/\.$/);
  });
});

describe("prepareRecordGrid and prepareFamilyTree", () => {
  it("a cell is a grade, not scored yet, or could not be scored", () => {
    const grid = prepareRecordGrid(viewOf(story), scale, { a: "3rd and short?" });
    expect(grid.columns.map(({ name }) => name)).toEqual(["starting prompt", "candidate 2", "candidate 3"]);
    expect(
      grid.rows.map(({ recordId, isPracticeOnly, excluded }) => [recordId, isPracticeOnly, excluded]),
    ).toEqual([
      ["a", false, null],
      ["b", false, null],
      ["c", false, "no answer"],
      ["d", true, null],
    ]);
    expect(grid.rows[0]).toMatchObject({
      question: "3rd and short?",
      cells: [{ text: "3.4" }, { text: "3.2" }, { text: "3.9", isBest: true }],
    });
    expect(grid.rows[2]?.cells.map(({ text, isFailed }) => [text, isFailed])).toEqual([
      ["×", true],
      ["–", false],
      ["–", false],
    ]);
  });
  it("each candidate hangs under its first parent, once", () => {
    const merge: RunEventBody = {
      type: "merge-proposed",
      decision: 16,
      proposalId: "p4",
      parentIds: ["c3", "c2"],
      ancestorId: "c0",
    };
    const tree = prepareFamilyTree(viewOf([...story, merge]), scale);
    expect(flattenTree(tree).map(({ candidateId, depth }) => [candidateId, depth])).toEqual([
      ["c0", 0],
      ["c1", 1],
      ["c2", 1],
      ["c3", 1],
      ["c4", 2],
    ]);
    expect(flattenTree(tree).at(-1)?.otherParents).toEqual(["candidate 2"]);
    expect(prepareFamilyTree(emptyRunView("r", 75), scale)).toBeNull();
  });
  it("a circle of parents, which no engine makes, does not hang", () => {
    const circle: RunEventBody[] = [
      { type: "merge-proposed", decision: 16, proposalId: "p5", parentIds: ["c6"], ancestorId: "c0" },
      { type: "merge-proposed", decision: 17, proposalId: "p6", parentIds: ["c5"], ancestorId: "c0" },
    ];
    expect(flattenTree(prepareFamilyTree(viewOf([...story, ...circle]), scale))).toHaveLength(4);
  });
});

describe("prepareStatusSentence", () => {
  it("words of ux.md 7.5", () => {
    expect(prepareStatusSentence(viewOf(story), scale, "running")).toBe(
      "Candidate 3 leads with 3.9 of 5, starting prompt 3.4. 11 of 75 scored answers used.",
    );
  });
  it("before there is a score, while nothing is better, paused, failed and ended", () => {
    expect(prepareStatusSentence(emptyRunView("r", 75), scale, "queued")).toBe(
      "Waiting to start. 0 of 75 scored answers used.",
    );
    expect(
      prepareStatusSentence(viewOf([story[0]!, { type: "phase-changed", phase: "seed" }]), scale, "running"),
    ).toBe("The starting prompt is being scored. 0 of 75 scored answers used.");
    expect(prepareStatusSentence(viewOf(story.slice(0, 6)), scale, "running")).toBe(
      "No candidate is better yet than the starting prompt, 3.4 of 5. 3 of 75 scored answers used.",
    );
    const paused: RunEventBody = {
      type: "paused",
      cause: "The judge's connection does not answer",
      byPerson: false,
    };
    // the cause stands once, in the callout below
    expect(prepareStatusSentence(viewOf([...story, paused]), scale, "paused")).toMatch(
      /^Paused\. Candidate 3/,
    );
    expect(
      prepareStatusSentence(
        viewOf([...story, { type: "run-failed", cause: "out of disk" }]),
        scale,
        "failed",
      ),
    ).toMatch(/^It stopped with an error\. /);
    const ended: RunEventBody = {
      type: "run-ended",
      decision: 16,
      stopReason: "budget",
      detail: "",
      recommendedCandidateId: "c0",
      seedScore: 0.6,
      recommendedScore: 0.6,
      metricCalls: 75,
    };
    expect(prepareStatusSentence(viewOf([...story, ended]), scale, "done")).toBe(
      "No candidate was better than the starting prompt, 3.4 of 5. All scored answers of the budget are used. 75 of 75 scored answers used.",
    );
  });
  it("minutes and money only where they are known", () => {
    const view = viewOf([
      ...story,
      { type: "forecast-updated", minutesLeft: { low: 2.2, high: 4 }, usd: { low: 0.4, high: 1.2 } },
      {
        type: "money-updated",
        spentUsd: 0.28,
        savedUsd: null,
        llmCalls: { task: 1, judge: 1, reflection: 1 },
        tokens: 5,
      },
    ]);
    expect([minutesLeftWords(view), spendWords(view, 1), spendWords(view, null)]).toEqual([
      "2 to 4 minutes left",
      "$0.28 of at most $1.00, $0.40 to $1.00 in the end",
      "$0.28, $0.40 to $1.20 in the end",
    ]);
    expect([minutesLeftWords(viewOf(story)), spendWords(viewOf(story), 1)]).toEqual(["", ""]);
  });
});

describe("log", () => {
  it("tells the story in plain words, on the judge's scale", () => {
    expect(viewOf(story).log.map((entry) => describeLogEntry(entry, scale))).toEqual([
      "The run starts, with at most 75 scored answers and 3 comparison records.",
      "The starting prompt has 3.4 on 2 records. 1 record could not be scored and left the comparison.",
      "The starting prompt is recommended now, with about 3.4.",
      "Candidate 1 is refused: lost {{team}}; not scored, nothing spent.",
      "Candidate 2 is suggested, from the starting prompt: “names the player first”.",
      "Candidate 2 is rejected: 3.2 on 2 records, its parent had 3.5.",
      "Candidate 3 is suggested, from the starting prompt: “states the sample size”.",
      "Candidate 3 has 4.0 on 1 record so far, the starting prompt has 3.4, and is clearly better.",
      "Candidate 3 is accepted: 3.9 on 2 records, from the starting prompt.",
      "Candidate 3 is recommended now, with about 3.9.",
    ]);
  });
  it("says nothing of ticks", () => {
    const [event] = eventsOf([
      { type: "budget-updated", metricCalls: 1, reserved: 0, maxMetricCalls: 75, reflections: 0 },
    ]);
    expect(describeRunEvent(event!, scale)).toBeNull();
  });
});
