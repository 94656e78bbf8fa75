import { describe, expect, test } from "vitest";
import { readDataSections } from "@/lib/util/fence";
import { drawFrom } from "@/lib/util/rng";
import { DEFAULT_FRUGAL_OPTIONS } from "./defaults";
import { thresholdsAt } from "./strategies/frugal-plan";
import { componentIn, type FakeParts, replyWith, scored } from "./testing/fakes";
import { inputsAt, inputsIn, OPTIONS, search, world } from "./testing/frugal-search";
import { createRuleWorld } from "./testing/rule-world";

describe("a whole run", () => {
  test("EV1 the events of a run, one by one", async () => {
    const { decisions, types } = await search({ maxMetricCalls: 20, frugal: { openingChain: 2 } });
    expect(decisions.map(({ decision }) => decision)).toEqual(decisions.map((_, index) => index + 1));
    expect(types).toEqual([
      "run-started",
      "seed-evaluated",
      "front-updated",
      "recommendation-changed",
      "parent-selected",
      "minibatch-chosen",
      "reflection-answered",
      "reflection-answered",
      "rung-finished",
      "candidate-accepted",
      "front-updated",
      "recommendation-changed",
      "parent-selected",
      "minibatch-chosen",
      "reflection-answered",
      "rung-finished",
      "candidate-accepted",
      "front-updated",
      "recommendation-changed",
      "run-ended",
    ]);
    expect(decisions.at(-1)).toMatchObject({ stopReason: "budget", metricCalls: 20 });
  });

  test("ST1 the search ends when every example is known and perfect", async () => {
    const { result, decisions } = await search({ maxMetricCalls: 200 });
    expect(result).toMatchObject({ stopReason: "solved", recommendedScore: 1 });
    expect(result.metricCalls).toBeLessThan(120);
    expect(new Set(result.recommended.system!.split("\n"))).toEqual(
      new Set(["s", "rule 0", "rule 1", "rule 2", "rule 3", "rule 4"]),
    );
    expect(decisions.at(-1)).toMatchObject({
      type: "run-ended",
      recommendedCandidateId: result.recommendedId,
    });
  });

  test("ST2 a lower target ends it earlier, on a full valset", async () => {
    const { result } = await search({ maxMetricCalls: 200, targetScore: 0.5 });
    expect(result.stopReason).toBe("target-score");
    expect(result.recommendedScore).toBeGreaterThanOrEqual(0.5);
    expect(result.candidates.find(({ id }) => id === result.recommendedId)?.scores).toHaveLength(12);
  });

  test("FS1 and FS4 the seed meets few examples, and nothing is rolled out twice", async () => {
    const { deps, decisions } = await search({ frugal: { seedIds: 5 } });
    expect(decisions.find((event) => event.type === "seed-evaluated")).toMatchObject({ metricCalls: 5 });
    const keys = deps.requests.map(
      ({ candidate, exampleId, sample }) => `${candidate.system} ${exampleId} ${sample}`,
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("FS2 the first proposal is a chain, a broken chain keeps what it has", async () => {
    let calls = 0;
    const { deps, decisions } = await search(
      { frugal: { openingChain: 3 } },
      {
        reflect: (prompt, key) =>
          ++calls === 2 ? { status: "failed", cause: "503" } : (world.reflect(prompt) ?? key),
      },
    );
    expect(deps.prompts.slice(0, 3).map(({ callKey }) => callKey)).toEqual(["p1-r1", "p1-r2", "p2-r1"]);
    expect(decisions.some((event) => event.type === "candidate-accepted" && event.proposalId === "p1")).toBe(
      true,
    );
  });

  test("FS2 the links of the opening chain look at different failures", async () => {
    const { deps } = await search({ frugal: { seedIds: 12, openingChain: 3, reflectionExamples: 3 } });
    const shown = deps.prompts.slice(0, 3).map(({ user }) => inputsIn(user));
    expect(shown.map(({ length }) => length)).toEqual([3, 3, 3]);
    expect(new Set(shown.flat()).size).toBe(9);
  });

  test("RF3 answers of the parent's parent to examples it has not met fill its lesson, marked as older", async () => {
    const { deps } = await search({ maxMetricCalls: 40 });
    const second = deps.prompts.find(({ callKey }) => callKey === "p2-r1");
    const [current, older] = second?.user.split("given before the latest changes") ?? [];
    expect(inputsIn(current ?? "").length).toBeGreaterThan(0);
    expect(inputsIn(older ?? "").length).toBeGreaterThan(0);
    const without = await search({ maxMetricCalls: 40, frugal: { inheritedExamples: false } });
    const plain = without.deps.prompts.find(({ callKey }) => callKey === "p2-r1");
    expect(plain?.user).not.toContain("given before the latest changes");
  });

  test("ST9 the run ends when the next edit is expected to bring less than it costs", async () => {
    // Scores react to the text, but to nothing in it that could be learned.
    const aimless: Partial<FakeParts> = {
      evaluate: ({ exampleId, candidate }) => scored(drawFrom(1, exampleId, candidate.system ?? "")),
      reflect: (_prompt, key) => replyWith(`Be brief and mind point ${key}.`),
    };
    const { result, decisions } = await search(
      { maxMetricCalls: 400, frugal: { leastGainPerCall: 0.001 } },
      aimless,
    );
    expect(result.stopReason).toBe("gain-below-cost");
    const decided = decisions.filter(
      ({ type }) => type === "candidate-accepted" || type === "candidate-rejected",
    );
    expect(decided.length).toBeGreaterThanOrEqual(10);
    expect(result.metricCalls).toBeLessThan(400);
    const spender = await search({ maxMetricCalls: 400 }, aimless);
    expect(spender.result.stopReason).toBe("budget");
  });

  test("RF2 with disjoint sets only trainset examples are shown", async () => {
    const [train, val] = [world.examples.slice(0, 6), world.examples.slice(6)];
    const { decisions, result } = await search({ trainset: train, valset: val });
    const shown = decisions.flatMap((event) => (event.type === "minibatch-chosen" ? event.exampleIds : []));
    expect(shown.length).toBeGreaterThan(0);
    for (const id of shown) expect(train.map((example) => example.id)).toContain(id);
    expect(result.recommendedScore).toBeGreaterThan(result.seedScore ?? 1);
  });

  test("PV1 the archive holds every proposal with its provenance", async () => {
    const { deps, decisions } = await search();
    const answered = new Set(
      decisions.flatMap((event) => (event.type === "reflection-answered" ? event.proposalId : [])),
    );
    expect(deps.proposals.map(({ id }) => id)).toEqual([...answered]);
    expect(deps.proposals[0]).toMatchObject({
      parentIds: ["c0"],
      component: "system",
      callKeys: ["p1-r1", "p1-r2", "p1-r3"],
    });
    expect(deps.proposals[0]!.changes[0]!.verified).toBe(true);
  });

  test("RC1 scores of seed and recommendation are over the same examples", async () => {
    const { result } = await search({ maxMetricCalls: 14 });
    const [seed, best] = [
      result.candidates[0]!,
      result.candidates.find(({ id }) => id === result.recommendedId)!,
    ];
    expect(best.id).not.toBe("c0");
    const shared = best.scores.filter(({ exampleId }) =>
      seed.scores.some((score) => score.exampleId === exampleId),
    );
    expect(result.recommendedScore).toBeCloseTo(
      shared.reduce((sum, { score }) => sum + score!, 0) / shared.length,
      12,
    );
  });
});

describe("search", () => {
  test("FS3 a stalled search draws every other parent from the front", async () => {
    const { decisions } = await search(
      { maxMetricCalls: 200, frugal: { stallAfter: 2, openingChain: 1 } },
      {
        // Two edits that help different examples, then nothing that helps.
        evaluate: ({ candidate, exampleId }) => {
          const side = Number(exampleId.slice(1)) < 6 ? "left" : "right";
          const base = candidate.system!.includes(side) ? 0.75 : 0.25;
          return scored(candidate.system!.includes("worse") ? base / 2 : base);
        },
        reflect: (prompt, key) =>
          replyWith(
            key === "p1-r1" ? "left" : key === "p2-r1" ? "left right" : `${componentIn(prompt)} worse ${key}`,
          ),
      },
    );
    const picks = decisions.flatMap((event) => (event.type === "parent-selected" ? event.pick : []));
    expect(picks.slice(0, 3)).toEqual(["only", "best", "best"]);
    expect(picks.slice(4)).toContain("front");
    expect(picks.slice(4)).toContain("best");
  });

  test("FS5 from 150 calls up some are kept for the final choice, below nothing is", async () => {
    const noisy = createRuleWorld({ examples: 40, rules: 12, noise: 0.2 });
    const sets = { trainset: noisy.examples, valset: noisy.examples };
    const parts = { evaluate: noisy.evaluate, reflect: noisy.reflect };
    const large = await search({ ...sets, maxMetricCalls: 160 }, parts);
    const finals = large.deps.requests.filter(({ purpose }) => purpose === "final");
    expect(finals.length).toBeGreaterThanOrEqual(16);
    expect(new Set(finals.map(({ candidateId }) => candidateId)).size).toBeGreaterThan(1);
    const small = await search({ ...sets, maxMetricCalls: 100 }, parts);
    expect(small.deps.requests.filter(({ purpose }) => purpose === "final").length).toBeLessThan(4);
  });

  test("LA1 and LA2 a lane sees the state at its launch, and lanes are decided in order of launch", async () => {
    const { decisions } = await search({ lanes: 3, maxMetricCalls: 120 });
    const ends = decisions.filter(({ type }) =>
      ["candidate-accepted", "candidate-rejected", "proposal-refused"].includes(type),
    );
    const order = ends.map((event) => ("proposalId" in event ? Number(event.proposalId.slice(1)) : 0));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    const launches = decisions.filter((event) => event.type === "parent-selected");
    expect(launches.slice(0, 3).map(({ parentId, decision }) => [parentId, decision])).toEqual([
      ["c0", 5],
      ["c0", 6],
      ["c0", 7],
    ]);
    for (const { decision, parentId } of launches) {
      const known = decisions
        .slice(0, decision)
        .some((event) => event.type === "candidate-accepted" && event.candidateId === parentId);
      expect(known || parentId === "c0").toBe(true);
    }
  });

  test("LA3 and LA4 every lane can start, and no two ask the same", async () => {
    const { deps, decisions } = await search({ lanes: 3, maxMetricCalls: 60, frugal: { openingChain: 1 } });
    expect(decisions.slice(4, 7).map(({ type }) => type)).toEqual([
      "parent-selected",
      "parent-selected",
      "parent-selected",
    ]);
    const prompts = deps.prompts.slice(0, 3).map(({ user }) => user);
    expect(new Set(prompts).size).toBe(3);
  });

  test("RA4 thresholds move from loose to strict with the calls left", () => {
    const strict = { strictAcceptProbability: 0.85, strictDropProbability: 0.25 };
    const options = { ...DEFAULT_FRUGAL_OPTIONS, ...OPTIONS, ...strict };
    expect(thresholdsAt(10, options)).toEqual({ accept: 0.7, drop: 0.3 });
    expect(thresholdsAt(180, options)).toEqual({
      accept: expect.closeTo(0.775, 6),
      drop: expect.closeTo(0.275, 6),
    });
    expect(thresholdsAt(900, options)).toEqual({ accept: 0.85, drop: 0.25 });
  });
});

describe("several components and judges", () => {
  test("CS1 components take turns, and a child takes over its parent's place", async () => {
    const { decisions } = await search({
      seedCandidate: { role: "r", rules: "s" },
      frugal: { openingChain: 1 },
    });
    const changed = decisions.flatMap((event) => (event.type === "minibatch-chosen" ? event.component : []));
    expect(changed.slice(0, 4)).toEqual(["role", "rules", "role", "rules"]);
  });

  test("FL1 and FL2 a candidate below a floor is never recommended", async () => {
    const { result, decisions } = await search(
      { floors: { tone: 0.5 }, maxMetricCalls: 120 },
      {
        evaluate: (request) => {
          const rollout = world.evaluate(request);
          const tone = request.candidate.system!.includes("rule 2") ? 0.2 : 0.9;
          return rollout.status === "scored" ? { ...rollout, objectives: { tone } } : rollout;
        },
      },
    );
    expect(result.recommended.system).not.toContain("rule 2");
    expect(
      decisions.some((event) => event.type === "candidate-rejected" && event.reason === "below-floor"),
    ).toBe(true);
  });

  test("FL1 the seed is what remains when all else is below", async () => {
    const { result } = await search(
      { floors: { tone: 0.5 } },
      {
        evaluate: (request) =>
          ({ ...world.evaluate(request), objectives: { tone: 0.1 } }) as ReturnType<typeof world.evaluate>,
      },
    );
    expect(result.recommendedId).toBe("c0");
    expect(result.candidates.some(({ id, isAccepted }) => isAccepted && id !== "c0")).toBe(true);
  });
});

describe("control", () => {
  test.each(["user", "money", "time"] as const)(
    "CO2 stop for %s ends with the best so far",
    async (reason) => {
      const { result, decisions } = await search({}, inputsAt(12, { kind: "stop", reason }));
      expect(result.stopReason).toBe(reason);
      expect(result.recommendedId).toBe("c1");
      expect(decisions.at(-2)).toMatchObject({ type: "input-received", input: { kind: "stop", reason } });
    },
  );

  test("CO1 inputs are journaled with the decision they came after", async () => {
    const { decisions } = await search({}, inputsAt(12, { kind: "hint", text: "warmer" }));
    const event = decisions.find(({ type }) => type === "input-received");
    expect(event).toMatchObject({ afterDecision: event!.decision - 1 });
  });

  test("CO2 hints reach the prompt until they are withdrawn", async () => {
    let asked = 0;
    const { deps } = await search(
      { frugal: { openingChain: 1 } },
      {
        inputs: () =>
          ++asked === 3
            ? [{ kind: "hint", text: "warmer" }]
            : asked === 5
              ? [{ kind: "withdraw-hint", text: "warmer" }]
              : [],
      },
    );
    const hints = deps.prompts.map(({ user }) =>
      readDataSections(user).some(({ name, text }) => name === "hint" && text === "warmer"),
    );
    expect(hints.slice(0, 4)).toEqual([false, true, true, false]);
  });

  test("CO2 an excluded candidate is neither parent nor recommended", async () => {
    const { result, decisions } = await search(
      {},
      inputsAt(12, { kind: "exclude-candidate", candidateId: "c1" }),
    );
    const input = decisions.find(({ type }) => type === "input-received")!.decision;
    const parents = decisions.flatMap((event) =>
      event.type === "parent-selected" && event.decision > input ? event.parentId : [],
    );
    expect(parents.length).toBeGreaterThan(0);
    expect(parents).not.toContain("c1");
    expect(result.recommendedId).not.toBe("c1");
    expect(decisions[input]).toMatchObject({ type: "recommendation-changed", candidateId: "c0" });
  });

  test("CO2 a pinned parent is the parent", async () => {
    const { decisions } = await search({}, inputsAt(12, { kind: "pin-parent", candidateId: "c0" }));
    const picks = decisions.flatMap((event) =>
      event.type === "parent-selected" ? `${event.parentId} ${event.pick}` : [],
    );
    expect(new Set(picks.slice(1))).toEqual(new Set(["c0 pinned"]));
  });
});
