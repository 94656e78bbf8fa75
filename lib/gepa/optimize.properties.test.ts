import fc from "fast-check";
import { expect, test } from "vitest";
import { drawFrom } from "@/lib/util/rng";
import type { DecisionEvent } from "./events";
import { optimize } from "./optimize";
import type { OptimizeInput } from "./options";
import type { ControlInput, ReflectorReply } from "./ports";
import { decisionsOf, type FakeParts, fakeDeps, inputOf } from "./testing/fakes";
import { createRuleWorld } from "./testing/rule-world";
import type { Rollout, RolloutRequest } from "./types";

interface Scenario {
  seed: number;
  strategy: "frugal" | "reference";
  lanes: number;
  maxMetricCalls: number;
  /** Chance that a rollout fails, and that the failure was answered. */
  failing: number;
  answered: number;
  noise: number;
  /** Chance that a reflection cannot be used. */
  unusable: number;
  components: number;
  isDisjoint: boolean;
  tasks: number;
  hasCache: boolean;
  stopAt: number | null;
}

const scenarios = fc.record<Scenario>({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  strategy: fc.constantFrom("frugal", "frugal", "reference"),
  lanes: fc.integer({ min: 1, max: 5 }),
  maxMetricCalls: fc.integer({ min: 1, max: 220 }),
  failing: fc.constantFrom(0, 0, 0.02, 0.1, 0.4),
  answered: fc.constantFrom(0, 0.5, 1),
  noise: fc.constantFrom(0, 0.1, 0.3),
  unusable: fc.constantFrom(0, 0.1, 0.5),
  components: fc.integer({ min: 1, max: 2 }),
  isDisjoint: fc.boolean(),
  tasks: fc.integer({ min: 1, max: 3 }),
  hasCache: fc.boolean(),
  stopAt: fc.option(fc.integer({ min: 1, max: 60 }), { nil: null }),
});

function inputFor(scenario: Scenario, concurrency: number): OptimizeInput {
  const { examples } = createRuleWorld({ examples: 14 });
  const [trainset, valset] = scenario.isDisjoint
    ? [examples.slice(0, 7), examples.slice(7)]
    : [examples, examples.slice(0, 10)];
  return inputOf({
    trainset,
    valset,
    seedCandidate: scenario.components === 1 ? { system: "s" } : { role: "r", system: "s" },
    strategy: scenario.strategy,
    lanes: scenario.lanes,
    maxMetricCalls: scenario.maxMetricCalls,
    seed: scenario.seed,
    concurrency,
    frugal: { crossover: scenario.hasCache },
    reference: {
      sampling: { parents: scenario.tasks, perParent: 1, sameParent: false },
      cacheEvaluation: scenario.hasCache,
      merge: { enabled: scenario.components > 1, maxInvocations: 3, overlapFloor: 2 },
    },
  });
}

/** Ports that answer by request alone, each after some turns of the event loop that differ from run to run. */
function portsFor(scenario: Scenario, latency: number): FakeParts {
  const world = createRuleWorld({ examples: 14, noise: scenario.noise, seed: scenario.seed });
  const chance = (...fields: (string | number)[]): number => drawFrom(scenario.seed, ...fields);
  let turn = 0;
  const wait = async (): Promise<void> => {
    const turns = latency === 0 ? 0 : Math.floor(drawFrom(latency, turn++) * 12);
    for (let n = 0; n < turns; n++) await Promise.resolve();
  };
  let isStopped = false;
  return {
    async evaluate(request: RolloutRequest): Promise<Rollout> {
      await wait();
      const fields = [JSON.stringify(request.candidate), request.exampleId, request.sample];
      if (chance("fail", ...fields) >= scenario.failing) return world.evaluate(request);
      return { status: "failed", cause: "down", answered: chance("answered", ...fields) < scenario.answered };
    },
    async reflect(prompt: string): Promise<ReflectorReply> {
      await wait();
      if (chance("unusable", prompt) < scenario.unusable)
        return { status: "answered", text: "no", truncated: false };
      return world.reflect(prompt);
    },
    inputs(decision: number): ControlInput[] {
      if (isStopped || scenario.stopAt === null || decision < scenario.stopAt) return [];
      isStopped = true;
      return [
        { kind: "hint", text: "warmer" },
        { kind: "stop", reason: "user" },
      ];
    },
  };
}

async function play(scenario: Scenario, concurrency: number, latency: number) {
  const ports = portsFor(scenario, latency);
  const answered = { count: 0 };
  const asked: number[] = [];
  const deps = fakeDeps({
    ...ports,
    inputs: (decision) => {
      asked.push(decision);
      return ports.inputs?.(decision) ?? [];
    },
    evaluate: async (request, signal) => {
      const rollout = await ports.evaluate(request, signal);
      if (rollout.status === "scored" || rollout.answered) answered.count += 1;
      return rollout;
    },
  });
  const result = await optimize(inputFor(scenario, concurrency), deps);
  return { result, decisions: decisionsOf(deps), answered: answered.count, asked };
}

test("EV1 the decisions are the same at concurrency 1, 4 and 16, whatever the latencies", async () => {
  await fc.assert(
    fc.asyncProperty(scenarios, async (scenario) => {
      const [alone, some, many] = [
        await play(scenario, 1, 0),
        await play(scenario, 4, 7),
        await play(scenario, 16, 8),
      ];
      expect(some.decisions).toEqual(alone.decisions);
      expect(many.decisions).toEqual(alone.decisions);
    }),
    { numRuns: 150 },
  );
});

test("BU1 used never exceeds the budget, and is what the evaluator was really asked", async () => {
  await fc.assert(
    fc.asyncProperty(scenarios, async (scenario) => {
      const { result, decisions, answered } = await play(scenario, 16, 3);
      expect(answered).toBeLessThanOrEqual(scenario.maxMetricCalls);
      expect(result.metricCalls).toBe(answered);
      const counts = decisions.flatMap((event) => ("metricCalls" in event ? event.metricCalls : []));
      expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    }),
    { numRuns: 1500 },
  );
});

test("EV2 each proposal that was started ends in exactly one way", async () => {
  const ends = new Set<DecisionEvent["type"]>([
    "proposal-refused",
    "candidate-accepted",
    "candidate-rejected",
    "merge-rejected",
  ]);
  await fc.assert(
    fc.asyncProperty(scenarios, async (scenario) => {
      const { decisions, asked } = await play(scenario, 8, 5);
      expect(asked).toEqual([...new Set(asked)].toSorted((a, b) => a - b)); // CO1: rising, never the same twice
      const started = decisions.flatMap((event) =>
        event.type === "parent-selected" || event.type === "merge-proposed" ? event.proposalId : [],
      );
      const ended = decisions.flatMap((event) =>
        ends.has(event.type) && "proposalId" in event ? event.proposalId : [],
      );
      expect(ended.toSorted()).toEqual(started.toSorted());
    }),
    { numRuns: 300 },
  );
});

test("EV1 and EV3 a run that is cut and replayed makes the same list", async () => {
  await fc.assert(
    fc.asyncProperty(scenarios, fc.double({ min: 0, max: 1, noNaN: true }), async (scenario, share) => {
      const whole = await play(scenario, 4, 2);
      const cutAt = Math.floor(share * whole.decisions.length);
      const controller = new AbortController();
      const cut = fakeDeps({ ...portsFor(scenario, 9), signal: controller.signal });
      const { emit } = cut;
      cut.emit = (event) => {
        emit(event);
        if ("decision" in event && event.decision === cutAt) controller.abort(new Error("cut"));
      };
      const outcome = await optimize(inputFor(scenario, 8), cut).then(
        () => "ended",
        (error: Error) => error.message,
      );
      const before = decisionsOf(cut);
      expect(before).toEqual(whole.decisions.slice(0, before.length));
      if (outcome === "cut") expect(before.at(-1)?.type).not.toBe("run-ended");
      const replayed = await play(scenario, 16, 4);
      expect(replayed.decisions).toEqual(whole.decisions);
    }),
    { numRuns: 100 },
  );
});
