import { describe, expect, expectTypeOf, it } from "vitest";
import { candidateIdOf } from "@/lib/gepa/candidate";
import type { GepaEvent } from "@/lib/gepa/events";
import { emptyRunView, foldRunEvent, foldRunEvents, RunEventGapError } from "./fold-run-event";
import type { GepaWireEvent, RunEvent, RunEventBody } from "./run-events";
import { candidateIdOfProposal } from "./run-log";
import type { RunView } from "./runs";
import { eventsOf, RUN, started } from "./testing/run-events";

function viewOf(...bodies: RunEventBody[]): RunView {
  return foldRunEvents(emptyRunView(RUN, 75), eventsOf(bodies));
}

const seedScored: RunEventBody = {
  type: "seed-evaluated",
  decision: 2,
  candidateId: "c0",
  scores: [
    { exampleId: "a", score: 0.5 },
    { exampleId: "b", score: 0.25 },
    { exampleId: "c", score: null },
  ],
  meanScore: 0.375,
  excluded: [{ exampleId: "c", cause: "no answer" }],
  metricCalls: 3,
};
const picked: RunEventBody = {
  type: "parent-selected",
  decision: 3,
  proposalId: "p1",
  parentId: "c0",
  pick: "only",
};
const shown: RunEventBody = {
  type: "minibatch-chosen",
  decision: 4,
  proposalId: "p1",
  parentId: "c0",
  component: "system",
  exampleIds: ["a", "b"],
  scores: [{ exampleId: "a", score: 0.5 }],
};
const suggested: RunEventBody = {
  type: "reflection-answered",
  decision: 5,
  proposalId: "p1",
  parentIds: ["c0"],
  component: "system",
  summary: "states the sample size",
  citedExampleIds: ["a"],
};
const rung: RunEventBody = {
  type: "rung-finished",
  decision: 6,
  proposalId: "p1",
  candidateId: "c1",
  parentIds: ["c0"],
  exampleIds: ["a", "b"],
  childMean: 0.75,
  incumbentMean: 0.375,
  incumbentId: "c0",
  outcome: "accepted",
  metricCalls: 5,
};
const accepted: RunEventBody = {
  type: "candidate-accepted",
  decision: 7,
  proposalId: "p1",
  candidateId: "c1",
  parentIds: ["c0"],
  scores: [
    { exampleId: "a", score: 1 },
    { exampleId: "b", score: 0.5 },
    { exampleId: "d", score: 0 },
  ],
  meanScore: 0.75,
  fullyValidated: true,
  metricCalls: 5,
};

describe("types", () => {
  it("every event of the engine can cross the wire", () => {
    expectTypeOf<DeepMutable<GepaEvent>>().toExtend<GepaWireEvent>();
    expectTypeOf<GepaWireEvent>().toExtend<GepaEvent>();
  });
  it("names a proposal's candidate as the engine does", () => {
    for (const proposalId of ["p1", "p7", "p120"])
      expect(candidateIdOfProposal(proposalId)).toBe(candidateIdOf(proposalId));
  });
});

describe("foldRunEvent", () => {
  it("starts with the seed's row, and keeps what could not be scored apart from what was", () => {
    const view = viewOf(started, seedScored);
    expect(view.candidates).toHaveLength(1);
    expect(view.candidates[0]).toMatchObject({
      candidateId: "c0",
      status: "seed",
      meanScore: 0.375,
      scoredOn: 2,
      metricCalls: 3,
    });
    expect(view.excluded).toEqual([{ exampleId: "c", cause: "no answer" }]);
    expect(view.scores.c0).toEqual({ a: 0.5, b: 0.25, c: null });
    expect(view.failedRollouts).toBe(1);
    expect(view.curve).toEqual([{ metricCalls: 3, candidateId: "c0", score: 0.375, kind: "seed" }]);
  });

  it("shows a suggested edit while it is tried, and its row once it is decided", () => {
    const trying = viewOf(started, seedScored, picked, shown, suggested, {
      type: "rollout-finished",
      candidateId: "c1",
      exampleId: "a",
      sample: 0,
      purpose: "rung",
      score: 1,
      charged: true,
      metricCalls: 4,
    });
    expect(trying.trying).toEqual({
      proposalId: "p1",
      parentIds: ["c0"],
      summary: "states the sample size",
      exampleIds: ["a", "b"],
      scored: 1,
    });
    expect(trying.candidates[1]).toMatchObject({
      candidateId: "c1",
      status: "trying",
      meanScore: 1,
      scoredOn: 1,
    });
    const view = viewOf(started, seedScored, picked, shown, suggested, rung, accepted);
    expect(view.trying).toBeNull();
    expect(view.candidates[1]).toMatchObject({
      status: "accepted",
      meanScore: 0.75,
      scoredOn: 2,
      fullyValidated: true,
      compared: { mean: 0.75, otherMean: 0.375, otherId: "c0", records: 2 },
    });
    expect(view.curve.map(({ kind }) => kind)).toEqual(["seed", "rung", "full"]);
    expect(view.metricCalls).toBe(5);
  });

  it("a refused edit has its reason and cost nothing", () => {
    const view = viewOf(started, seedScored, picked, shown, {
      type: "proposal-refused",
      decision: 5,
      proposalId: "p1",
      parentIds: ["c0"],
      reason: "lost-variable",
      detail: "{{team}}",
    });
    expect(view.candidates[1]).toMatchObject({
      status: "refused",
      reason: "lost-variable",
      why: "{{team}}",
      meanScore: null,
      scoredOn: 0,
    });
    expect(view.metricCalls).toBe(3);
  });

  it("a rejected candidate keeps both means and on how many records", () => {
    const view = viewOf(started, seedScored, picked, shown, suggested, {
      type: "candidate-rejected",
      decision: 6,
      proposalId: "p1",
      candidateId: "c1",
      parentIds: ["c0"],
      reason: "not-better",
      childMean: 0.2,
      parentMean: 0.375,
      exampleIds: ["a", "b"],
      scores: [
        { exampleId: "a", score: 0.4 },
        { exampleId: "b", score: 0 },
      ],
      metricCalls: 5,
    });
    expect(view.candidates[1]).toMatchObject({
      status: "rejected",
      reason: "not-better",
      compared: { mean: 0.2, otherMean: 0.375, otherId: "c0", records: 2 },
    });
    expect(view.curve.at(-1)).toEqual({ metricCalls: 5, candidateId: "c1", score: 0.2, kind: "rung" });
  });

  it("a reading that succeeds mends one that failed, and not the other way round", () => {
    const rollout = (score: number | null, sample: number): RunEventBody => ({
      type: "rollout-finished",
      candidateId: "c1",
      exampleId: "a",
      sample,
      purpose: "rung",
      score,
      charged: true,
      metricCalls: 4,
    });
    expect(viewOf(started, picked, rollout(null, 0)).failedRollouts).toBe(1);
    const mended = viewOf(started, picked, rollout(null, 0), rollout(0.5, 1), rollout(null, 2));
    expect(mended.scores.c1).toEqual({ a: 0.5 });
    expect(mended.failedRollouts).toBe(0);
  });

  it("the front moves from row to row", () => {
    const front = (decision: number, candidateId: string): RunEventBody => ({
      type: "front-updated",
      decision,
      front: [{ candidateId, bestOn: ["a"] }],
    });
    const view = viewOf(
      started,
      seedScored,
      front(3, "c0"),
      picked,
      shown,
      suggested,
      rung,
      accepted,
      front(8, "c1"),
    );
    expect(view.candidates.map(({ bestOn }) => bestOn)).toEqual([[], ["a"]]);
  });

  it("hears what people say", () => {
    const input = (value: Extract<RunEventBody, { type: "input-received" }>["input"]): RunEventBody => ({
      type: "input-received",
      decision: 9,
      afterDecision: 8,
      input: value,
    });
    const view = viewOf(
      started,
      input({ kind: "hint", text: "be short" }),
      input({ kind: "hint", text: "name players" }),
      input({ kind: "withdraw-hint", text: "be short" }),
      input({ kind: "pin-parent", candidateId: "c1" }),
      input({ kind: "exclude-candidate", candidateId: "c2" }),
    );
    expect(view).toMatchObject({
      hints: ["name players"],
      pinnedParentId: "c1",
      excludedCandidateIds: ["c2"],
    });
  });

  it("pauses, resumes after a crash, and ends", () => {
    const paused = viewOf(started, { type: "paused", cause: "You paused it.", byPerson: true });
    expect(paused.paused).toEqual({ cause: "You paused it.", byPerson: true });
    const ended = viewOf(
      started,
      { type: "paused", cause: "x", byPerson: false },
      { type: "resumed", afterCrash: true, repeatedAfterCrash: 2 },
      {
        type: "run-ended",
        decision: 2,
        stopReason: "budget",
        detail: "75 of 75",
        recommendedCandidateId: "c0",
        seedScore: 0.4,
        recommendedScore: 0.4,
        metricCalls: 75,
      },
    );
    expect(ended).toMatchObject({
      phase: "ended",
      paused: null,
      repeatedAfterCrash: 2,
      metricCalls: 75,
      ended: { stopReason: "budget" },
    });
  });

  it("ignores what it knows, and says when something is missing", () => {
    const [first, second, third] = eventsOf([started, seedScored, picked]) as [RunEvent, RunEvent, RunEvent];
    const view = foldRunEvent(emptyRunView(RUN, 75), first);
    expect(foldRunEvent(view, first)).toBe(view);
    expect(() => foldRunEvent(view, third)).toThrow(RunEventGapError);
    expect(foldRunEvents(view, [first, second]).lastSeq).toBe(2);
    expect(() => foldRunEvent(view, { ...second, runId: "run_2" })).toThrow("event of run_2");
  });
});

type DeepMutable<T> = T extends readonly (infer Item)[]
  ? DeepMutable<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: DeepMutable<T[Key]> }
    : T;
