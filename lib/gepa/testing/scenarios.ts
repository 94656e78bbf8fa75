import fc from "fast-check";
import { drawFrom } from "@/lib/util/rng";
import type { OptimizeInput } from "../options";
import type { ControlInput, ReflectorReply } from "../ports";
import type { Rollout, RolloutRequest } from "../types";
import { type FakeParts, inputOf } from "./fakes";
import { createRuleWorld } from "./rule-world";

/** One random run: how it is set up, and what goes wrong in it. */
export interface Scenario {
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

export const scenarios = fc.record<Scenario>({
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

export function inputFor(scenario: Scenario, concurrency: number): OptimizeInput {
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
export function portsFor(scenario: Scenario, latency: number): FakeParts {
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
