import { describe, expect, test } from "vitest";
import { readDataSections } from "@/lib/util/fence";
import { GepaInputError } from "./check-input";
import { optimize } from "./optimize";
import type { ReflectorReply } from "./ports";
import { componentIn, examplesOf, failed, fakeDeps, inputOf, replyWith, scored } from "./testing/fakes";
import { search, world } from "./testing/frugal-search";

describe("bad input", () => {
  test.each([
    ["empty-trainset", { trainset: [] }],
    ["empty-valset", { valset: [] }],
    ["duplicate-example", { trainset: [...examplesOf("r", 2), ...examplesOf("r", 1)] }],
    ["no-component", { seedCandidate: {} }],
    ["bad-budget", { maxMetricCalls: 7.5 }],
    ["bad-lanes", { lanes: 0 }],
    ["bad-concurrency", { concurrency: 0 }],
    ["bad-option", { frugal: { rungSize: 0 } }],
  ] as const)("IN1 %s is refused before anything is spent", async (problem, change) => {
    const deps = fakeDeps({ evaluate: world.evaluate, reflect: world.reflect });
    await expect(optimize(inputOf(change), deps)).rejects.toSatisfy(
      (error) => error instanceof GepaInputError && error.problem === problem,
    );
    expect([deps.requests, deps.events]).toEqual([[], []]);
  });

  test("BU5 a budget under the cost of the seed", async () => {
    const { result, deps, types } = await search({ maxMetricCalls: 7 });
    expect(result).toMatchObject({
      stopReason: "budget",
      recommendedId: "c0",
      metricCalls: 0,
      seedScore: null,
      recommendedScore: null,
    });
    expect(result.detail).toContain("8 metric calls");
    expect(deps.requests).toEqual([]);
    expect(types).toEqual(["run-started", "run-ended"]);
  });

  test.each<[string, ReflectorReply, string]>([
    ["refuses", { status: "answered", text: "I cannot help with that.", truncated: false }, "no-fence"],
    ["answers nothing", { status: "answered", text: "", truncated: false }, "no-answer"],
    ["truncates", { status: "answered", text: "```component\nBe", truncated: true }, "truncated"],
    ["fails", { status: "failed", cause: "401" }, "reflection-failed"],
    ["drops a variable", replyWith("Be brief."), "lost-variable"],
  ])("ST4 a reflection model that %s costs no metric call and ends the run", async (_what, reply, reason) => {
    const guidance = { ...inputOf().guidance, keepVariables: { system: ["question"] } };
    const { result, decisions } = await search(
      { seedCandidate: { system: "Answer {{question}}." }, guidance },
      { reflect: () => reply },
    );
    expect(result).toMatchObject({ stopReason: "reflection-failing", recommendedId: "c0", metricCalls: 8 });
    const refusals = decisions.filter((event) => event.type === "proposal-refused");
    expect(refusals.map((event) => event.reason)).toEqual(Array(5).fill(reason));
  });

  test("CK6 a reflection model that echoes", async () => {
    const { result, decisions } = await search({}, { reflect: (prompt) => replyWith(componentIn(prompt)) });
    expect(result).toMatchObject({ stopReason: "no-improvement", recommendedId: "c0" });
    expect(
      decisions
        .filter((event) => event.type === "proposal-refused")
        .every((event) => event.reason === "identical"),
    ).toBe(true);
    expect(result.metricCalls).toBeLessThanOrEqual(12); // the parent met the other examples instead
  });

  test("CK6 a refused edit is told to the next reflection", async () => {
    const { deps } = await search({}, { reflect: (prompt) => replyWith(componentIn(prompt)) });
    expect(
      readDataSections(deps.prompts.at(-1)!.user).some(
        ({ name, text }) => name === "rejected-edit" && text.includes("tried before"),
      ),
    ).toBe(true);
  });

  test("ST6 a target that ignores the text", async () => {
    const { result } = await search(
      { maxMetricCalls: 300, frugal: { endgameShare: 0 } },
      { evaluate: () => scored(0.5) },
    );
    expect(result).toMatchObject({ stopReason: "no-improvement", recommendedId: "c0" });
    expect(result.detail).toContain("do not react");
    expect(result.metricCalls).toBeLessThan(120);
  });

  test("RO6 an example that fails on the seed leaves the comparison", async () => {
    const { result, decisions, deps } = await search(
      { frugal: { seedIds: 12 } },
      { evaluate: (request) => (request.exampleId === "r3" ? failed() : world.evaluate(request)) },
    );
    expect(decisions.find((event) => event.type === "seed-evaluated")).toMatchObject({
      excluded: [{ exampleId: "r3", cause: "the judge could not be read" }],
      metricCalls: 14,
    });
    expect(deps.requests.filter(({ exampleId }) => exampleId === "r3").map(({ sample }) => sample)).toEqual([
      0, 1, 2,
    ]);
    expect(result.recommendedScore).toBeGreaterThan(result.seedScore ?? 1);
  });

  test("RO7 a child that cannot be scored is refused", async () => {
    const { decisions } = await search(
      {},
      {
        evaluate: (request) =>
          request.candidateId === "c1" && request.exampleId !== "r0" ? failed() : world.evaluate(request),
      },
    );
    expect(decisions.find((event) => event.type === "proposal-refused")).toMatchObject({
      proposalId: "p1",
      reason: "rollouts-failing",
    });
  });

  test("ST8 and RO5 nothing can be scored at all", async () => {
    const { result } = await search({}, { evaluate: () => scored(Number.NaN) });
    expect(result).toMatchObject({ stopReason: "seed-failed", recommendedId: "c0", metricCalls: 24 });
  });

  test("ST3 rollouts that keep failing end the run with the cause", async () => {
    const { result } = await search(
      { maxMetricCalls: 200 },
      {
        evaluate: (request) =>
          request.candidateId === "c0" ? world.evaluate(request) : failed(false, "connection refused"),
      },
    );
    expect(result).toMatchObject({ stopReason: "rollouts-failing", recommendedId: "c0" });
  });
});
