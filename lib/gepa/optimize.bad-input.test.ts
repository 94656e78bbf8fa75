import { describe, expect, test } from "vitest";
import type { GepaInputError, InputProblem } from "./check-input";
import { DEFAULT_FRUGAL_OPTIONS } from "./defaults";
import type { DecisionEvent } from "./events";
import { optimize } from "./optimize";
import type { OptimizeInput } from "./options";
import type { ReflectorReply } from "./ports";
import {
  componentIn,
  decisionsOf,
  exampleOf,
  examplesOf,
  type FakeParts,
  failed,
  fakeDeps,
  inputOf,
  replyWith,
  scored,
} from "./testing/fakes";
import { createRuleWorld } from "./testing/rule-world";
import type { RefusalReason, StopReason } from "./types";

const world = createRuleWorld();
const STRATEGIES = ["frugal", "reference"] as const;
type Strategy = (typeof STRATEGIES)[number];

const answered = (text: string, truncated = false): ReflectorReply => ({
  status: "answered",
  text,
  truncated,
});

/** What goes wrong for ever, the rule that says what becomes of it, the event of each time, and the end. */
interface Trouble {
  what: string;
  rules: string;
  parts: Partial<FakeParts>;
  change?: Partial<OptimizeInput>;
  refusal?: RefusalReason;
  stopReason: StopReason | Record<Strategy, StopReason>;
  /** Metric calls at most. */
  calls: Record<Strategy, number>;
}

/** Examples that the seed meets first. */
const seedIds = Math.min(12, DEFAULT_FRUGAL_OPTIONS.seedIds);
const seedOnly = { frugal: seedIds, reference: 12 + 5 * 3 };
const withVariable: Partial<OptimizeInput> = {
  seedCandidate: { system: "Answer {{question}}." },
  guidance: { ...inputOf().guidance, keepVariables: { system: ["question"] } },
};

const TROUBLES: readonly Trouble[] = [
  ...[
    { what: "refuses", reply: answered("I cannot help with that."), refusal: "no-fence", rule: "PR2" },
    { what: "answers nothing", reply: answered(""), refusal: "no-answer", rule: "PR4" },
    { what: "answers an empty text", reply: answered("```component\n\n```"), refusal: "empty", rule: "PR4" },
    { what: "is cut off", reply: answered("```component\nBe", true), refusal: "truncated", rule: "PR3" },
    { what: "drops a variable", reply: replyWith("Be brief."), refusal: "lost-variable", rule: "CK1" },
    {
      what: "writes a novel",
      reply: replyWith(`{{question}} ${"word ".repeat(2000)}`),
      refusal: "too-long",
      rule: "CK2",
    },
    {
      what: "fails",
      reply: { status: "failed", cause: "429" } as const,
      refusal: "reflection-failed",
      rule: "PR6",
    },
  ].map(
    ({ what, reply, refusal, rule }): Trouble => ({
      what: `a reflection model that ${what}`,
      rules: `${rule} and ST4`,
      parts: { reflect: () => reply },
      change: withVariable,
      refusal: refusal as RefusalReason,
      stopReason: "reflection-failing",
      calls: seedOnly,
    }),
  ),
  {
    what: "a reflection model that echoes",
    rules: "CK6, ST5 and ST10",
    parts: { reflect: (prompt) => replyWith(componentIn(prompt)) },
    stopReason: "no-improvement",
    calls: { frugal: 12, reference: 12 + 10 * 6 },
  },
  {
    what: "a target that ignores its prompt",
    rules: "ST6 and ST11",
    parts: { evaluate: ({ exampleId }) => scored(Number(exampleId.slice(1)) / 20) },
    change: { frugal: { endgameShare: 0 } },
    stopReason: "no-improvement",
    calls: { frugal: 120, reference: 12 + 7 * 6 },
  },
  {
    what: "a judge whose grades are off the scale",
    rules: "RO5 and ST8",
    parts: { evaluate: () => scored(7) },
    stopReason: "seed-failed",
    calls: { frugal: 3 * seedIds, reference: 3 * 12 },
  },
  {
    what: "a judge whose grades are no numbers",
    rules: "RO5 and ST8",
    parts: { evaluate: () => scored(Number.NaN) },
    stopReason: "seed-failed",
    calls: { frugal: 3 * seedIds, reference: 3 * 12 },
  },
  {
    what: "one judge of several off its scale",
    rules: "RO5 and ST8",
    parts: {
      evaluate: (request) =>
        ({ ...world.evaluate(request), objectives: { tone: Number.POSITIVE_INFINITY } }) as never,
    },
    stopReason: "seed-failed",
    calls: { frugal: 3 * seedIds, reference: 3 * 12 },
  },
  {
    what: "a judge that cannot be read once the text has changed",
    rules: "RO7 and ST3",
    parts: { evaluate: (request) => (request.candidateId === "c0" ? world.evaluate(request) : failed()) },
    refusal: "rollouts-failing",
    stopReason: "rollouts-failing",
    calls: { frugal: 60, reference: 60 },
  },
  {
    what: "an endpoint that answers 429 from the first call on",
    rules: "BU2 and ST8",
    parts: { evaluate: () => failed(false, "429") },
    stopReason: "seed-failed",
    calls: { frugal: 0, reference: 0 },
  },
  {
    what: "an endpoint that answers 429 once the seed is scored",
    rules: "BU2 and ST3",
    parts: {
      evaluate: (request) => (request.candidateId === "c0" ? world.evaluate(request) : failed(false, "429")),
    },
    refusal: "rollouts-failing",
    stopReason: "rollouts-failing",
    calls: { frugal: 30, reference: 40 },
  },
  {
    what: "a budget under the cost of the seed",
    rules: "BU5",
    parts: {},
    change: { maxMetricCalls: 7 },
    stopReason: "budget",
    calls: { frugal: 0, reference: 0 },
  },
];

describe.each(STRATEGIES)("%s", (strategy) => {
  test.each(TROUBLES)("$rules: $what", async ({ parts, change, refusal, stopReason, calls }) => {
    const deps = fakeDeps({ evaluate: world.evaluate, reflect: world.reflect, ...parts });
    const input = inputOf({
      trainset: world.examples,
      valset: world.examples,
      maxMetricCalls: 300,
      ...change,
      strategy,
    });
    const result = await optimize(input, deps);
    const decisions = decisionsOf(deps);
    const expected = typeof stopReason === "string" ? stopReason : stopReason[strategy];
    expect(result).toMatchObject({ stopReason: expected, recommendedId: "c0" });
    expect(result.detail).not.toBe("");
    expect(result.metricCalls).toBeLessThanOrEqual(calls[strategy]);
    expect(decisions.at(-1)).toMatchObject({
      type: "run-ended",
      stopReason: expected,
      detail: result.detail,
    });
    if (refusal !== undefined) expect(new Set(refusalsOf(decisions))).toEqual(new Set([refusal]));
  });

  test("RO6 an example that cannot be scored leaves the comparison with notice, the others go on", async () => {
    const deps = fakeDeps({
      evaluate: (request) => (request.exampleId === "r2" ? failed() : world.evaluate(request)),
      reflect: world.reflect,
    });
    const sets = { trainset: world.examples, valset: world.examples };
    const result = await optimize(
      inputOf({ ...sets, strategy, maxMetricCalls: 150, frugal: { seedIds: 12 } }),
      deps,
    );
    const seed = decisionsOf(deps).find((event) => event.type === "seed-evaluated");
    expect(seed?.excluded).toEqual([{ exampleId: "r2", cause: "the judge could not be read" }]);
    expect(result.recommendedScore).toBeGreaterThan(result.seedScore!);
  });

  test("RO3 what fails now and then is run again and does not end the run", async () => {
    let calls = 0;
    const deps = fakeDeps({
      evaluate: (request) => (++calls % 12 === 0 ? failed(calls % 24 === 0) : world.evaluate(request)),
      reflect: world.reflect,
    });
    const sets = { trainset: world.examples, valset: world.examples };
    const result = await optimize(inputOf({ ...sets, strategy, maxMetricCalls: 150 }), deps);
    expect(["solved", "budget"]).toContain(result.stopReason);
    expect(result.recommendedScore).toBeGreaterThan(result.seedScore!);
    expect(result.metricCalls).toBeLessThanOrEqual(150);
  });

  test.each<[string, Partial<OptimizeInput>, InputProblem]>([
    ["an empty trainset", { trainset: [] }, "empty-trainset"],
    ["an empty valset", { valset: [] }, "empty-valset"],
    [
      "an id twice in the trainset",
      { trainset: [...examplesOf("r", 2), exampleOf("r1")] },
      "duplicate-example",
    ],
    ["an id twice in the valset", { valset: [...examplesOf("r", 2), exampleOf("r1")] }, "duplicate-example"],
    [
      "one id for two records",
      { valset: [{ ...exampleOf("r1"), inputs: "another question" }] },
      "duplicate-example",
    ],
    ["no text", { seedCandidate: {} }, "no-component"],
    ["a budget of NaN", { maxMetricCalls: Number.NaN }, "bad-budget"],
    ["a budget of 0", { maxMetricCalls: 0 }, "bad-budget"],
    ["half a lane", { lanes: 0.5 }, "bad-lanes"],
    ["no concurrency", { concurrency: Number.POSITIVE_INFINITY }, "bad-concurrency"],
    ["a seed of NaN", { seed: Number.NaN }, "bad-option"],
    ["a target of NaN", { targetScore: Number.NaN }, "bad-option"],
    ["a target of 0", { targetScore: 0 }, "bad-option"],
    ["a floor of NaN", { floors: { tone: Number.NaN } }, "bad-option"],
    ["a floor above the scale", { floors: { tone: 4 } }, "bad-option"],
    ["a probability of NaN", { frugal: { acceptProbability: Number.NaN } }, "bad-option"],
    ["a negative share", { frugal: { endgameShare: -0.1 } }, "bad-option"],
    ["an ε above 1", { reference: { epsilon: 2 } }, "bad-option"],
    ["a minibatch of 0", { reference: { minibatchSize: 0 } }, "bad-option"],
  ])("IN1 %s is refused before anything is spent", async (_what, change, problem) => {
    const deps = fakeDeps({ evaluate: world.evaluate, reflect: world.reflect });
    const error = await optimize(inputOf({ ...change, strategy }), deps).catch((thrown: unknown) => thrown);
    expect((error as GepaInputError).problem).toBe(problem);
    expect([deps.requests, deps.prompts, deps.events]).toEqual([[], [], []]);
  });
});

function refusalsOf(decisions: readonly DecisionEvent[]): RefusalReason[] {
  return decisions.flatMap((event) => (event.type === "proposal-refused" ? event.reason : []));
}
