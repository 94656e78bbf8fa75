import { expect, test } from "vitest";
import { readDataSections } from "@/lib/util/fence";
import { optimize } from "./optimize";
import type { OptimizeInput, ReferenceOptions } from "./options";
import {
  componentIn,
  decisionsOf,
  type FakeParts,
  failed,
  fakeDeps,
  inputOf,
  replyWith,
  scored,
} from "./testing/fakes";
import { createRuleWorld } from "./testing/rule-world";

const world = createRuleWorld({ examples: 8 });

async function search(
  reference: Partial<ReferenceOptions> = {},
  change: Partial<OptimizeInput> = {},
  parts: Partial<FakeParts> = {},
) {
  const deps = fakeDeps({ evaluate: world.evaluate, reflect: world.reflect, ...parts });
  const input = inputOf({
    strategy: "reference",
    trainset: world.examples,
    valset: world.examples,
    maxMetricCalls: 90,
    reference,
    ...change,
  });
  const result = await optimize(input, deps);
  return { result, deps, decisions: decisionsOf(deps) };
}

test("BU3 an iteration starts only if the budget can finish it", async () => {
  const { result } = await search({}, { maxMetricCalls: 8 + 14 + 13 });
  expect(result).toMatchObject({ stopReason: "budget", proposals: 1, metricCalls: 22 });
});

test("BU4 the soft mode looks between iterations only", async () => {
  const { result } = await search({ budgetMode: "soft" }, { maxMetricCalls: 23 });
  expect(result).toMatchObject({ stopReason: "budget", proposals: 2, metricCalls: 36 });
});

test("BU5 a budget under the cost of the seed", async () => {
  const { result } = await search({}, { maxMetricCalls: 7 });
  expect(result).toMatchObject({ stopReason: "budget", recommendedId: "c0", metricCalls: 0 });
});

test("VA1 what passes the gate is validated in full and joins the pool", async () => {
  const { decisions, result } = await search();
  const accepted = decisions.filter((event) => event.type === "candidate-accepted");
  expect(accepted.length).toBeGreaterThan(2);
  for (const event of accepted)
    expect(event).toMatchObject({
      fullyValidated: true,
      scores: expect.toSatisfy((scores) => scores.length === 8),
    });
  expect(result.recommendedScore).toBeGreaterThan(result.seedScore!);
});

test("RE3 a perfect minibatch is skipped, its calls are spent", async () => {
  const { result, decisions, deps } = await search(
    {},
    { targetScore: 2, maxMetricCalls: 40 },
    { evaluate: () => scored(1) },
  );
  expect(deps.prompts).toEqual([]);
  expect(
    decisions
      .filter((event) => event.type === "proposal-refused")
      .every((event) => event.reason === "nothing-to-learn"),
  ).toBe(true);
  expect(result.metricCalls).toBe(8 + 3 * result.proposals);
});

test("ST1 but a perfect seed is solved", async () => {
  const { result } = await search({}, {}, { evaluate: () => scored(1) });
  expect(result).toMatchObject({ stopReason: "solved", proposals: 0, metricCalls: 8 });
});

test("SA1 and RE2 P × N proposals share parents' rollouts of the same minibatch", async () => {
  const { decisions, deps } = await search(
    { sampling: { parents: 2, perParent: 2, sameParent: false }, minibatchSize: 4 },
    { maxMetricCalls: 100 },
  );
  const first = decisions.filter((event) => event.type === "minibatch-chosen").slice(0, 4);
  expect(first.map(({ parentId }) => parentId)).toEqual(["c0", "c0", "c0", "c0"]);
  expect(first[0]!.exampleIds).toEqual(first[2]!.exampleIds); // 8 ids make two chunks
  expect(
    deps.requests.filter(({ purpose, candidateId }) => purpose === "minibatch" && candidateId === "c0"),
  ).toHaveLength(8);
});

test("AC3 and AC4 of several proposals the best goes on, each other one is rejected with its reason", async () => {
  let call = 0;
  const texts = ["rule 0", "rule 0\nrule 1\nrule 2", "nothing", "rule 1"];
  const { decisions } = await search(
    {
      sampling: { parents: 1, perParent: 4, sameParent: true },
      selection: { kind: "best" },
      minibatchSize: 8,
    },
    { maxMetricCalls: 8 + 4 * 24 },
    { reflect: () => replyWith(texts[call++] ?? "nothing else") },
  );
  const ends = decisions.flatMap((event) => {
    if (event.type === "candidate-rejected") return `${event.candidateId} ${event.reason}`;
    return event.type === "candidate-accepted" ? `${event.candidateId} accepted` : [];
  });
  expect(ends.slice(0, 4)).toEqual([
    "c1 dropped-by-selection",
    "c3 not-better",
    "c4 dropped-by-selection",
    "c2 accepted",
  ]);
});

test("AC4 identical texts selected together collapse to the first", async () => {
  const { decisions } = await search(
    { sampling: { parents: 1, perParent: 2, sameParent: true }, minibatchSize: 8 },
    { maxMetricCalls: 60 },
    { reflect: () => replyWith("rule 0") },
  );
  expect(decisions.filter((event) => event.type === "candidate-accepted")).toHaveLength(1);
  expect(decisions.find((event) => event.type === "candidate-rejected")).toMatchObject({
    candidateId: "c2",
    reason: "dropped-by-selection",
  });
});

test("CS1 round robin moves on at proposal time; all asks for every component", async () => {
  const seedCandidate = { role: "r", rules: "s" };
  const round = await search({}, { seedCandidate });
  expect(round.deps.prompts.slice(0, 3).map(({ user }) => componentIn(user).split("\n")[0])).toEqual([
    "r",
    "s",
    "r",
  ]);
  const all = await search({ componentSelector: "all" }, { seedCandidate });
  expect(all.deps.prompts.slice(0, 2).map(({ callKey }) => callKey)).toEqual(["p1-r1", "p1-r2"]);
  expect(all.deps.proposals[0]!.candidate).toMatchObject({
    role: expect.stringContaining("rule"),
    rules: expect.stringContaining("rule"),
  });
});

test("RE4 and RE5 the whole minibatch is shown, and the child meets the same ids in the same order", async () => {
  const { decisions, deps } = await search({ minibatchSize: 3 });
  const { exampleIds } = decisions.find((event) => event.type === "minibatch-chosen")!;
  const shown = readDataSections(deps.prompts[0]!.user).filter(({ name }) => name === "example-inputs");
  expect(shown.map(({ text }) => text)).toEqual(exampleIds.map((id) => `question ${id}`));
  const [first, second] = ["c0", "c1"].map((candidateId) =>
    deps.requests
      .filter((request) => request.candidateId === candidateId && request.purpose === "minibatch")
      .slice(0, 3),
  );
  expect(first!.map(({ exampleId }) => exampleId)).toEqual(exampleIds);
  expect(second!.map(({ exampleId }) => exampleId)).toEqual(exampleIds);
});

test("RE6 the cache spares validation what the minibatch has shown", async () => {
  const [plain, cached] = [
    await search({ minibatchSize: 8 }, { maxMetricCalls: 32 }),
    await search({ minibatchSize: 8, cacheEvaluation: true }, { maxMetricCalls: 32 }),
  ];
  expect(plain.result.metricCalls).toBe(32);
  expect(cached.result.metricCalls).toBe(24);
});

test("MG6 a merge brings the components of two candidates together", async () => {
  const turns = ["rule 0", "rule 1", "rule 0", "rule 1", "rule 2", "rule 3", "rule 4"];
  let call = 0;
  const { decisions, result } = await search(
    {
      merge: { enabled: true, maxInvocations: 3, overlapFloor: 2 },
      selector: "epsilon-greedy",
      epsilon: 1,
      minibatchSize: 8,
    },
    { seedCandidate: { a: "s", b: "s" }, maxMetricCalls: 400, targetScore: 2 },
    { reflect: (prompt) => replyWith(`${componentIn(prompt)}\n${turns[call++ % turns.length]}`) },
  );
  const proposed = decisions.filter((event) => event.type === "merge-proposed");
  expect(proposed.length).toBeGreaterThan(0);
  const merged = result.candidates.filter(({ parentIds }) => parentIds.length === 2);
  expect(merged.length).toBeGreaterThan(0);
  expect(merged.length).toBeLessThanOrEqual(3);
  const rejected = decisions.filter((event) => event.type === "merge-rejected").length;
  expect(merged.length + rejected).toBe(proposed.length);
});

test.each(["objective", "hybrid", "cartesian"] as const)(
  "PF4 the %s frontier needs scores by judge",
  async (frontierType) => {
    const withJudges = await search({ frontierType });
    expect(withJudges.result.recommendedScore).toBeGreaterThan(withJudges.result.seedScore!);
    const without = await search(
      { frontierType },
      {},
      {
        evaluate: (request) =>
          ({ ...world.evaluate(request), objectives: {} }) as ReturnType<typeof world.evaluate>,
      },
    );
    expect(without.result.stopReason).toBe("seed-failed");
  },
);

test("RO6 and RO7 failures: the example leaves the valset, the child is refused", async () => {
  const { decisions, deps } = await search(
    {},
    {},
    {
      evaluate: (request) =>
        request.exampleId === "r3" || (request.candidateId === "c1" && request.purpose === "full")
          ? failed()
          : world.evaluate(request),
    },
  );
  expect(decisions.find((event) => event.type === "seed-evaluated")).toMatchObject({
    excluded: [{ exampleId: "r3" }],
    metricCalls: 10,
  });
  expect(decisions.find((event) => event.type === "proposal-refused")).toMatchObject({
    proposalId: "p1",
    reason: "rollouts-failing",
  });
  const keys = deps.requests.map(
    ({ candidateId, exampleId, sample }) => `${candidateId} ${exampleId} ${sample}`,
  );
  expect(new Set(keys).size).toBe(keys.length); // each reading is a fresh one
});

test("ST4 a failing reflection model ends the run", async () => {
  const { result } = await search({}, {}, { reflect: () => ({ status: "failed", cause: "401" }) });
  expect(result).toMatchObject({
    stopReason: "reflection-failing",
    recommendedId: "c0",
    metricCalls: 8 + 5 * 3,
  });
});

test("FL1 and RC2 the best above the floors is recommended", async () => {
  const { result } = await search(
    {},
    { floors: { tone: 0.5 } },
    {
      evaluate: (request) => {
        const tone = request.candidate.system!.includes("rule") ? 0.1 : 0.9;
        return { ...world.evaluate(request), objectives: { tone } } as ReturnType<typeof world.evaluate>;
      },
    },
  );
  expect(result.recommendedId).toBe("c0");
  expect(result.candidates.length).toBeGreaterThan(1);
});
