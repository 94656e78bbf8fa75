import { describe, expect, test } from "vitest";
import { loadVectors } from "../conformance/vectors.contract";
import { optimize, optimizeWithDraws } from "../optimize";
import { componentIn, decisionsOf, exampleOf, fakeDeps, inputOf, replyWith, scored } from "../testing/fakes";
import type { RolloutRequest } from "../types";

interface RunCase {
  minibatchSize: number;
  train: string[];
  val: string[];
  maxMetricCalls: number;
  skipPerfectScore: boolean;
  acceptance: "strict_improvement" | "improvement_or_equal";
  cache: boolean;
  scores: Record<string, number>;
  evaluations: { candidate: string; ids: string[]; capture: boolean }[];
  candidates: string[];
  parents: (number | null)[][];
  valAggregateScores: number[];
  bestIndex: number;
  totalMetricCalls: number;
  reflectionCalls: number;
}

const cases = loadVectors<RunCase>("runs");

async function replay(vector: RunCase) {
  let reflections = 0;
  const deps = fakeDeps({
    evaluate: ({ candidate, exampleId }) => {
      const score = vector.scores[`${candidate.system}#${exampleId}`];
      if (score === undefined)
        throw new Error(`the reference never evaluated ${candidate.system} on ${exampleId}`);
      return scored(score);
    },
    reflect: (prompt) => {
      reflections += 1;
      return replyWith(`${componentIn(prompt)}>${reflections}`);
    },
  });
  const input = inputOf({
    strategy: "reference",
    trainset: vector.train.map(exampleOf),
    valset: vector.val.map(exampleOf),
    maxMetricCalls: vector.maxMetricCalls,
    targetScore: 2, // the reference does not stop on its own when all is perfect
    reference: {
      selector: "current-best",
      minibatchSize: vector.minibatchSize,
      skipPerfect: vector.skipPerfectScore,
      acceptance: vector.acceptance === "strict_improvement" ? "strict-improvement" : "improvement-or-equal",
      cacheEvaluation: vector.cache,
      budgetMode: "soft",
    },
  });
  return { result: await optimize(input, deps), deps, reflections };
}

/** Rollouts in a row for one candidate and one purpose are one evaluation. */
function evaluationsOf(requests: readonly RolloutRequest[], vector: RunCase) {
  const evaluations: { candidate: string; ids: string[]; capture: boolean }[] = [];
  for (const { candidate, exampleId, purpose } of requests) {
    const text = candidate.system as string;
    const capture = purpose === "minibatch";
    const size = capture ? vector.minibatchSize : Number.POSITIVE_INFINITY;
    const last = evaluations.at(-1);
    const continues = last?.candidate === text && last.capture === capture && last.ids.length < size;
    if (continues) last.ids.push(exampleId);
    else evaluations.push({ candidate: text, ids: [exampleId], capture });
  }
  return evaluations.map((evaluation) => ({ ...evaluation, ids: evaluation.ids.toSorted() }));
}

test("RE1 whole runs agree with every run vector", async () => {
  let checked = 0;
  for (const vector of cases) {
    const { result, deps, reflections } = await replay(vector);
    const pool = result.candidates.filter(({ isAccepted }) => isAccepted);
    const indexOf = new Map(pool.map(({ id }, index) => [id, index]));
    const sortedIds = vector.evaluations.map((evaluation) => ({
      ...evaluation,
      ids: evaluation.ids.toSorted(),
    }));
    expect(evaluationsOf(deps.requests, vector)).toEqual(sortedIds);
    expect(pool.map(({ candidate }) => candidate.system)).toEqual(vector.candidates);
    expect(
      pool.map(({ parentIds }) => (parentIds.length === 0 ? [null] : parentIds.map((id) => indexOf.get(id)))),
    ).toEqual(vector.parents);
    for (const [index, { meanScore }] of pool.entries())
      expect(meanScore).toBeCloseTo(vector.valAggregateScores[index] as number, 12);
    expect(indexOf.get(result.recommendedId)).toBe(vector.bestIndex);
    expect(reflections).toBe(vector.reflectionCalls);
    expect(result.metricCalls).toBe(vector.totalMetricCalls);
    checked += 1;
  }
  expect(checked).toBe(cases.length);
  expect(checked).toBeGreaterThanOrEqual(40);
});

describe("the scripted run of the reference", () => {
  const needs: Record<string, string[]> = {
    t0: ["0"],
    t1: ["1", "5"],
    t2: ["5"],
    t3: ["5"],
    t4: ["4"],
    t5: ["0", "5"],
    t6: ["1"],
    t7: ["4"],
    v0: ["4"],
    v1: ["5"],
    v2: ["1", "3"],
    v3: ["0", "1"],
    v4: ["2", "5"],
    v5: ["1"],
  };
  const replies = ["4", "4 5", "0 5", "0 4 5", "0 1 5"];
  const epochs = [
    [7, 5, 1, 3, 4, 2, 0, 6],
    [6, 7, 0, 5, 2, 1, 4, 3],
  ];
  const parents = [0, 1, 2, 3, 4];

  test("RE1 same minibatches, sums, means, counts and fronts", async () => {
    let reflections = 0;
    const deps = fakeDeps({
      evaluate: ({ candidate, exampleId }) => {
        const held = (candidate.system as string).split(" ");
        const needed = needs[exampleId] as string[];
        return scored(needed.filter((rule) => held.includes(rule)).length / needed.length);
      },
      reflect: () => replyWith(replies[reflections++] as string),
    });
    const ids = (prefix: string) =>
      Object.keys(needs)
        .filter((id) => id.startsWith(prefix))
        .map(exampleOf);
    const input = inputOf({
      strategy: "reference",
      seedCandidate: { system: "none" },
      trainset: ids("t"),
      valset: ids("v"),
      maxMetricCalls: 60,
      targetScore: 2,
      reference: { budgetMode: "soft" },
    });
    const result = await optimizeWithDraws(input, deps, tape);
    const decisions = decisionsOf(deps);
    const accepted = decisions.filter((event) => event.type === "candidate-accepted");
    expect(
      decisions
        .filter((event) => event.type === "minibatch-chosen")
        .map(({ exampleIds }) => exampleIds.join(" ")),
    ).toEqual(["t7 t5 t1", "t3 t4 t2", "t0 t6 t6", "t6 t7 t0", "t5 t2 t1"]);
    expect(accepted.map(({ scores }) => scores.map(({ score }) => score))).toEqual([
      [1, 0, 0, 0, 0, 0],
      [1, 1, 0, 0, 0.5, 0],
      [0, 1, 0, 0.5, 0.5, 0],
      [1, 1, 0, 0.5, 0.5, 0],
      [0, 1, 0.5, 1, 0.5, 1],
    ]);
    expect(accepted.map(({ metricCalls }) => metricCalls)).toEqual([18, 30, 42, 54, 66]);
    expect(accepted.map(({ parentIds }) => parentIds)).toEqual([["c0"], ["c1"], ["c2"], ["c3"], ["c4"]]);
    expect(result).toMatchObject({ metricCalls: 66, recommendedId: "c5", stopReason: "budget" });
  });

  function tape(...fields: (string | number)[]) {
    const [purpose, at] = fields;
    const fail = () => {
      throw new Error(`no draw on the tape for ${fields.join(" ")}`);
    };
    return {
      next: fail,
      int: fail,
      weighted: fail,
      shuffle: <Item>(items: readonly Item[]) => {
        if (purpose !== "epoch") fail();
        return (epochs[at as number] as number[]).map((index) => items[index] as Item);
      },
      pick: <Item>(items: readonly Item[]) => {
        const parent = parents[at as number] as Item;
        expect(items).toContain(parent);
        return parent;
      },
    };
  }
});
