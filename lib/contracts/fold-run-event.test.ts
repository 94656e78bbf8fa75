import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import { candidateIdOf } from "@/lib/gepa/candidate";
import type { GepaEvent } from "@/lib/gepa/events";
import { emptyRunView, foldRunEvent, foldRunEvents, RunEventGapError } from "./fold-run-event";
import {
  type GepaWireEvent,
  type RunEvent,
  type RunEventBody,
  refusalReasons,
  rejectionReasons,
  runEventBodySchema,
  stopReasons,
} from "./run-events";
import { candidateIdOfProposal } from "./run-log";
import { type RunView, runViewSchema } from "./runs";

const RUN = "run_1";

function eventsOf(bodies: readonly RunEventBody[]): RunEvent[] {
  return bodies.map((body, index) => ({ v: 1, runId: RUN, seq: index + 1, at: 1_000 + index, body }));
}

function viewOf(...bodies: RunEventBody[]): RunView {
  return foldRunEvents(emptyRunView(RUN, 75), eventsOf(bodies));
}

const started: RunEventBody = {
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
};
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

describe("properties", () => {
  const id = fc.constantFrom("c0", "c1", "c2", "c3");
  const proposalId = fc.constantFrom("p1", "p2", "p3");
  const exampleId = fc.constantFrom("a", "b", "c", "d");
  const score = fc.oneof(fc.constant(null), fc.double({ min: 0, max: 1, noNaN: true }));
  const mean = fc.double({ min: 0, max: 1, noNaN: true });
  const scores = fc.array(fc.record({ exampleId, score }), { maxLength: 4 });
  const ids = fc.array(exampleId, { maxLength: 4 });
  const parentIds = fc.array(id, { minLength: 1, maxLength: 2 });
  const count = fc.nat(80);
  const decision = fc.nat(200);
  const text = fc.constantFrom("x", "y");
  const of = <Type extends RunEventBody["type"]>(type: Type, fields: Record<string, fc.Arbitrary<unknown>>) =>
    fc.record({ type: fc.constant(type), ...fields }) as unknown as fc.Arbitrary<RunEventBody>;
  const arbitraries: { [Type in RunEventBody["type"]]: fc.Arbitrary<RunEventBody> } = {
    "run-started": fc.constant(started),
    "seed-evaluated": of("seed-evaluated", {
      decision,
      candidateId: fc.constant("c0"),
      scores,
      meanScore: mean,
      excluded: fc.array(fc.record({ exampleId, cause: text }), { maxLength: 2 }),
      metricCalls: count,
    }),
    "parent-selected": of("parent-selected", {
      decision,
      proposalId,
      parentId: id,
      pick: fc.constantFrom("best", "front"),
    }),
    "minibatch-chosen": of("minibatch-chosen", {
      decision,
      proposalId,
      parentId: id,
      component: text,
      exampleIds: ids,
      scores,
    }),
    "reflection-answered": of("reflection-answered", {
      decision,
      proposalId,
      parentIds,
      component: text,
      summary: text,
      citedExampleIds: ids,
    }),
    "proposal-refused": of("proposal-refused", {
      decision,
      proposalId,
      parentIds,
      reason: fc.constantFrom(...refusalReasons),
      detail: text,
    }),
    "rung-finished": of("rung-finished", {
      decision,
      proposalId,
      candidateId: id,
      parentIds,
      exampleIds: ids,
      childMean: mean,
      incumbentMean: mean,
      incumbentId: id,
      outcome: fc.constantFrom("promising", "losing", "accepted"),
      metricCalls: count,
    }),
    "candidate-accepted": of("candidate-accepted", {
      decision,
      proposalId,
      candidateId: id,
      parentIds,
      scores,
      meanScore: mean,
      fullyValidated: fc.boolean(),
      metricCalls: count,
    }),
    "candidate-rejected": of("candidate-rejected", {
      decision,
      proposalId,
      candidateId: id,
      parentIds,
      reason: fc.constantFrom(...rejectionReasons),
      childMean: mean,
      parentMean: mean,
      exampleIds: ids,
      scores,
      metricCalls: count,
    }),
    "front-updated": of("front-updated", {
      decision,
      front: fc.array(fc.record({ candidateId: id, bestOn: ids }), { maxLength: 3 }),
    }),
    "merge-proposed": of("merge-proposed", { decision, proposalId, parentIds, ancestorId: id }),
    "merge-rejected": of("merge-rejected", {
      decision,
      proposalId,
      parentIds,
      childMean: mean,
      parentMean: mean,
      metricCalls: count,
    }),
    "crossover-proposed": of("crossover-proposed", { decision, proposalId, parentIds }),
    "hand-edit-proposed": of("hand-edit-proposed", {
      decision,
      proposalId,
      parentIds,
      components: fc.constant(["system"]),
      summary: text,
    }),
    "recommendation-changed": of("recommendation-changed", {
      decision,
      candidateId: id,
      estimate: mean,
      scoredOn: count,
      metricCalls: count,
    }),
    "input-received": of("input-received", {
      decision,
      afterDecision: decision,
      input: fc.oneof(
        fc.record({ kind: fc.constantFrom("hint", "withdraw-hint"), text }),
        fc.record({ kind: fc.constant("stop"), reason: fc.constantFrom("user", "money", "time") }),
        fc.record({ kind: fc.constantFrom("pin-parent", "exclude-candidate"), candidateId: id }),
      ),
    }),
    "run-ended": of("run-ended", {
      decision,
      stopReason: fc.constantFrom(...stopReasons),
      detail: text,
      recommendedCandidateId: id,
      seedScore: score,
      recommendedScore: score,
      metricCalls: count,
    }),
    "reflection-started": of("reflection-started", { proposalId, parentIds, exampleIds: ids }),
    "rollout-finished": of("rollout-finished", {
      candidateId: id,
      exampleId,
      sample: count,
      purpose: fc.constantFrom("seed", "rung"),
      score,
      charged: fc.boolean(),
      metricCalls: count,
    }),
    "budget-updated": of("budget-updated", {
      metricCalls: count,
      reserved: count,
      maxMetricCalls: count,
      reflections: count,
    }),
    "phase-changed": of("phase-changed", { phase: fc.constantFrom("seed", "searching", "finishing") }),
    "money-updated": of("money-updated", {
      spentUsd: score,
      savedUsd: score,
      llmCalls: fc.constant({ task: 1, judge: 1, reflection: 0 }),
      tokens: count,
    }),
    "luck-updated": of("luck-updated", { metricCalls: count, low: mean, high: mean }),
    "forecast-updated": of("forecast-updated", {
      minutesLeft: fc.constant({ low: 1, high: 2 }),
      usd: fc.constant(null),
    }),
    paused: of("paused", { cause: text, byPerson: fc.boolean() }),
    resumed: of("resumed", { afterCrash: fc.boolean(), repeatedAfterCrash: count }),
    "run-failed": of("run-failed", { cause: text }),
  };
  const bodies = fc.array(fc.oneof(...Object.values(arbitraries)), { minLength: 1, maxLength: 40 });

  it("the generators make every event as the schema has it", () => {
    for (const arbitrary of Object.values(arbitraries)) {
      for (const body of fc.sample(arbitrary, { numRuns: 5, seed: 7 }))
        expect(runEventBodySchema.safeParse(body).success, JSON.stringify(body)).toBe(true);
    }
  });

  it("fold(events) = snapshot, however they are cut, repeated or sent as JSON", () => {
    fc.assert(
      fc.property(bodies, fc.array(fc.nat(6), { minLength: 1, maxLength: 20 }), (list, cuts) => {
        const events = eventsOf(list);
        const whole = foldRunEvents(emptyRunView(RUN, 75), events);
        let view = frozen(emptyRunView(RUN, 75));
        let at = 0;
        for (let index = 0; at < events.length; index++) {
          const size = (cuts[index % cuts.length] as number) + 1;
          // each batch begins with events that are known already
          const batch = events.slice(Math.max(0, at - 2), at + size);
          view = frozen(JSON.parse(JSON.stringify(foldRunEvents(view, batch))) as RunView);
          at += size;
        }
        expect(view).toEqual(whole);
        expect(runViewSchema.parse(whole)).toEqual(whole);
        expect(whole.lastSeq).toBe(events.length);
      }),
      { numRuns: 150 },
    );
  });

  it("used answers never fall, and every row's mean is that of its scores on the valset", () => {
    fc.assert(
      fc.property(bodies, (list) => {
        let used = 0;
        let view = emptyRunView(RUN, 75);
        for (const event of eventsOf([started, ...list])) {
          view = foldRunEvent(view, event);
          expect(view.metricCalls).toBeGreaterThanOrEqual(used);
          used = view.metricCalls;
        }
        const nulls = Object.values(view.scores)
          .flatMap((row) => Object.values(row))
          .filter((cell) => cell === null);
        expect(view.failedRollouts).toBe(nulls.length);
        for (const row of view.candidates) {
          expect(row.meanScore === null).toBe(row.scoredOn === 0);
          expect(row.scoredOn).toBe(
            view.valset.filter((example) => typeof view.scores[row.candidateId]?.[example] === "number")
              .length,
          );
        }
      }),
      { numRuns: 100 },
    );
  });

  it("folds 20,000 events of a large run at once in well under a second", () => {
    const valset = Array.from({ length: 200 }, (_, index) => `r${index}`);
    const list: RunEventBody[] = [{ ...started, valset, trainset: valset } as RunEventBody];
    for (let candidate = 1; candidate <= 100; candidate++) {
      for (const example of valset)
        list.push({
          type: "rollout-finished",
          candidateId: `c${candidate}`,
          exampleId: example,
          sample: 0,
          purpose: "full",
          score: 0.5,
          charged: true,
          metricCalls: list.length,
        });
    }
    const before = performance.now();
    const view = foldRunEvents(emptyRunView(RUN, 75), eventsOf(list));
    expect(view.candidates).toHaveLength(101);
    expect(performance.now() - before).toBeLessThan(3_000);
  });
});

type DeepMutable<T> = T extends readonly (infer Item)[]
  ? DeepMutable<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: DeepMutable<T[Key]> }
    : T;

function frozen<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) frozen(member);
  }
  return value;
}
