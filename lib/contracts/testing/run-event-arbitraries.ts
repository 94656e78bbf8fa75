import fc from "fast-check";
import { type RunEventBody, refusalReasons, rejectionReasons, stopReasons } from "../run-events";
import { started } from "./run-events";

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
/** Events of each type in any order: more than a run could ever tell. */
export const arbitraries: { [Type in RunEventBody["type"]]: fc.Arbitrary<RunEventBody> } = {
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
export const bodies = fc.array(fc.oneof(...Object.values(arbitraries)), { minLength: 1, maxLength: 40 });
