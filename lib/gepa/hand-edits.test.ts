import { describe, expect, test } from "vitest";
import { optimize } from "./optimize";
import type { OptimizeInput } from "./options";
import type { ControlInput } from "./ports";
import { decisionsOf, type FakeParts, fakeDeps, inputOf } from "./testing/fakes";
import { createRuleWorld } from "./testing/rule-world";

const world = createRuleWorld({ examples: 8 });
const BEST = ["s", "rule 0", "rule 1", "rule 2", "rule 3", "rule 4"].join("\n");

async function search(change: Partial<OptimizeInput>, parts: Partial<FakeParts> = {}) {
  const deps = fakeDeps({ evaluate: world.evaluate, reflect: world.reflect, ...parts });
  const input = inputOf({ trainset: world.examples, valset: world.examples, maxMetricCalls: 90, ...change });
  const result = await optimize(input, deps);
  return { result, deps, decisions: decisionsOf(deps) };
}

/** The inputs, given once at the first ask from this decision on; on a replay at the same decision again. */
const inputsAt = (decision: number, ...inputs: ControlInput[]) => {
  const left = [...inputs];
  return { inputs: (at: number) => (at >= decision ? left.splice(0) : []) };
};
const edit = (text: string, parentId = "c0"): ControlInput => ({
  kind: "add-candidate",
  parentId,
  components: { system: text },
  summary: "all the rules",
});

describe.each(["frugal", "reference"] as const)("%s", (strategy) => {
  test("CO3 a person's text is the next proposal, is not reflected on, and is judged like any other", async () => {
    const { result, decisions, deps } = await search({ strategy }, inputsAt(2, edit(BEST)));
    const proposed = decisions.find((event) => event.type === "hand-edit-proposed");
    expect(proposed).toMatchObject({ proposalId: "p1", parentIds: ["c0"], components: ["system"] });
    expect(deps.prompts.filter(({ callKey }) => callKey.startsWith("p1-"))).toEqual([]);
    const accepted = decisions.find((event) => event.type === "candidate-accepted");
    expect(accepted).toMatchObject({ candidateId: "c1", parentIds: ["c0"] });
    expect(result).toMatchObject({ recommendedId: "c1", recommendedScore: 1, stopReason: "solved" });
    expect(deps.proposals[0]).toMatchObject({ id: "p1", candidate: { system: BEST }, callKeys: [] });
    expect(result.metricCalls).toBeLessThanOrEqual(90);
  });

  test("CO3 a worse text of a person is rejected with its scores", async () => {
    const { decisions, result } = await search(
      { strategy },
      inputsAt(12, edit("nothing of use", "c1"), edit("nothing at all", "c1")),
    );
    const ids = decisions.flatMap((event) => (event.type === "hand-edit-proposed" ? event.proposalId : []));
    expect(ids).toHaveLength(2);
    for (const proposalId of ids) {
      const end = decisions.find(
        (event) =>
          "proposalId" in event && event.proposalId === proposalId && event.type === "candidate-rejected",
      );
      expect(end).toMatchObject({ reason: expect.stringMatching(/not-better|losing-early/) });
    }
    expect(result.recommendedId).not.toBe(ids[0]?.replace("p", "c"));
  });

  test.each([
    ["s", "identical"],
    ["  ", "empty"],
    ["x".repeat(5000), "too-long"],
  ])("CO3 the text %j is refused, nothing spent on it", async (text, reason) => {
    const { decisions, deps } = await search({ strategy }, inputsAt(2, edit(text)));
    expect(decisions).toContainEqual(
      expect.objectContaining({ type: "proposal-refused", proposalId: "p1", reason }),
    );
    expect(deps.requests.filter(({ candidateId }) => candidateId === "c1")).toEqual([]);
  });

  test("CO3 lost variables are refused; an unknown parent is replaced by the leader", async () => {
    const guidance = { ...inputOf().guidance, keepVariables: { system: ["team"] } };
    const { decisions } = await search(
      { strategy, guidance, seedCandidate: { system: "s {{ team }}" } },
      inputsAt(2, edit("without it", "c9")),
    );
    expect(decisions).toContainEqual(
      expect.objectContaining({ type: "proposal-refused", proposalId: "p1", reason: "lost-variable" }),
    );
    expect(decisions).toContainEqual(
      expect.objectContaining({ type: "parent-selected", proposalId: "p1", parentId: "c0", pick: "by-hand" }),
    );
  });

  test("CO3 EV1 the same decisions at any concurrency", async () => {
    const one = await search({ strategy, concurrency: 1 }, inputsAt(6, edit(BEST)));
    const many = await search({ strategy, concurrency: 16 }, inputsAt(6, edit(BEST)));
    expect(many.decisions).toEqual(one.decisions);
  });

  test("CO4 a raised budget is used, a lower one changes nothing, and neither is overshot", async () => {
    const raise = (maxMetricCalls: number): ControlInput => ({
      kind: "raise-budget",
      maxMetricCalls,
      maxUsd: null,
      maxMinutes: null,
    });
    const noisy = createRuleWorld({ examples: 8, noise: 0.4 });
    const parts = { evaluate: noisy.evaluate, reflect: noisy.reflect };
    const base = await search({ strategy, maxMetricCalls: 16 }, parts);
    const lower = await search({ strategy, maxMetricCalls: 16 }, { ...parts, ...inputsAt(2, raise(10)) });
    const higher = await search({ strategy, maxMetricCalls: 16 }, { ...parts, ...inputsAt(2, raise(80)) });
    expect(base.result.metricCalls).toBeLessThanOrEqual(16);
    expect(lower.result.metricCalls).toBe(base.result.metricCalls);
    expect(higher.result.metricCalls).toBeGreaterThan(16);
    expect(higher.result.metricCalls).toBeLessThanOrEqual(80);
  });
});
