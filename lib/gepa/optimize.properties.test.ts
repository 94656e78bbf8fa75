import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DecisionEvent } from "./events";
import { optimize } from "./optimize";
import type { ReflectorReply } from "./ports";
import { decisionsOf, type FakeDeps, type FakeParts, fakeDeps } from "./testing/fakes";
import { inputFor, portsFor, type Scenario, scenarios } from "./testing/scenarios";
import type { Rollout } from "./types";

/** `GEPA_RUNS=20 npm run test:unit -- lib/gepa/optimize.properties` looks twenty times as long. */
const times = Number(process.env.GEPA_RUNS ?? 1);
const runs = (count: number): { numRuns: number } => ({ numRuns: count * times });
const TIMEOUT_MS = 120_000 * times;

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
      if (isAnswered(rollout)) answered.count += 1;
      return rollout;
    },
  });
  const result = await optimize(inputFor(scenario, concurrency), deps);
  return { result, decisions: decisionsOf(deps), events: deps.events, answered: answered.count, asked };
}

const isAnswered = (rollout: Rollout): boolean => rollout.status === "scored" || rollout.answered;

test(
  "EV1 the decisions are the same at concurrency 1, 4 and 16, whatever the latencies",
  async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, fc.integer({ min: 1, max: 1e6 }), async (scenario, latency) => {
        const [alone, some, many] = [
          await play(scenario, 1, 0),
          await play(scenario, 4, latency),
          await play(scenario, 16, latency + 1),
        ];
        expect(some.decisions).toEqual(alone.decisions);
        expect(many.decisions).toEqual(alone.decisions);
      }),
      runs(150),
    );
  },
  TIMEOUT_MS,
);

test(
  "BU1 used never exceeds the budget, and is what the evaluator was really asked",
  async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        const { result, decisions, answered } = await play(scenario, 16, 3);
        expect(answered).toBeLessThanOrEqual(scenario.maxMetricCalls);
        expect(result.metricCalls).toBe(answered);
        const counts = decisions.flatMap((event) => ("metricCalls" in event ? event.metricCalls : []));
        expect(counts).toEqual(counts.toSorted((a, b) => a - b));
      }),
      runs(1200),
    );
  },
  TIMEOUT_MS,
);

test(
  "BU1 nor does a run that is aborted at any call: what was answered until then is within the budget",
  async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, fc.integer({ min: 1, max: 300 }), async (scenario, abortAt) => {
        const controller = new AbortController();
        const ports = portsFor(scenario, 5);
        let calls = 0;
        let answered = 0;
        const count = (): void => {
          calls += 1;
          if (calls === abortAt) controller.abort(new Error("pulled the plug"));
        };
        const deps = fakeDeps({
          ...ports,
          signal: controller.signal,
          evaluate: async (request, signal) => {
            count();
            const rollout = await ports.evaluate(request, signal);
            if (isAnswered(rollout)) answered += 1;
            return rollout;
          },
          reflect: (prompt, key, signal) => {
            count();
            return ports.reflect(prompt, key, signal);
          },
        });
        const end = await optimize(inputFor(scenario, 16), deps).then(
          () => "ended",
          (error: Error) => error.message,
        );
        expect(answered).toBeLessThanOrEqual(scenario.maxMetricCalls);
        expect(end).toBe(calls >= abortAt ? "pulled the plug" : "ended");
      }),
      {
        ...runs(800),
        // The abort meets the last call of the run, a reflection that is then refused.
        examples: [
          [
            {
              seed: 82982,
              strategy: "frugal",
              lanes: 2,
              maxMetricCalls: 18,
              failing: 0,
              answered: 0,
              noise: 0.3,
              unusable: 0,
              components: 1,
              isDisjoint: false,
              tasks: 1,
              hasCache: false,
              stopAt: 5,
            },
            22,
          ],
        ],
      },
    );
  },
  TIMEOUT_MS,
);

test(
  "EV2 each proposal that was started ends in exactly one way",
  async () => {
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
      runs(300),
    );
  },
  TIMEOUT_MS,
);

/** What a host keeps: every answer under the name of its request. A kept answer is given again, at once and for free. */
interface Store {
  answers: Map<string, Rollout | ReflectorReply>;
  bought: number;
}

function storedPorts(scenario: Scenario, latency: number, store: Store): FakeParts {
  const ports = portsFor(scenario, latency);
  const once = async <Answer extends Rollout | ReflectorReply>(
    key: string,
    signal: AbortSignal,
    buy: () => Answer | Promise<Answer>,
  ): Promise<Answer> => {
    const kept = store.answers.get(key);
    if (kept !== undefined) return kept as Answer;
    const answer = await buy();
    signal.throwIfAborted(); // cut off in flight: not committed
    store.answers.set(key, answer);
    store.bought += 1;
    return answer;
  };
  return {
    ...ports,
    evaluate: (request, signal) =>
      once(`${JSON.stringify(request.candidate)} ${request.exampleId} ${request.sample}`, signal, () =>
        ports.evaluate(request, signal),
      ),
    reflect: (prompt, key, signal) =>
      once(`${key} ${prompt}`, signal, () => ports.reflect(prompt, key, signal)),
  };
}

/** One life of a run: to its end, or until the event at which it is cut. */
async function live(scenario: Scenario, cutAt: number, latency: number, store: Store) {
  const controller = new AbortController();
  const deps: FakeDeps = fakeDeps({ ...storedPorts(scenario, latency, store), signal: controller.signal });
  const { emit } = deps;
  deps.emit = (event) => {
    emit(event);
    if (deps.events.length === cutAt) controller.abort(new Error("cut"));
  };
  const end = await optimize(inputFor(scenario, 1 + (latency % 16)), deps).then(
    () => "ended",
    (error: Error) => error.message,
  );
  return { decisions: decisionsOf(deps), end };
}

describe("EV1 and EV3 a run that is cut and replayed makes the same list", () => {
  test(
    "cut again and again, at random events, at another concurrency each time",
    async () => {
      await fc.assert(
        fc.asyncProperty(
          scenarios,
          fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 3 }),
          async (scenario, cuts) => {
            const whole = await play(scenario, 4, 2);
            const store: Store = { answers: new Map(), bought: 0 };
            for (const [life, cutAt] of [...cuts, Number.POSITIVE_INFINITY].entries()) {
              const { decisions, end } = await live(scenario, cutAt, 7 + 3 * life, store);
              expect(decisions).toEqual(whole.decisions.slice(0, decisions.length));
              if (end === "cut") expect(decisions.at(-1)?.type).not.toBe("run-ended");
              else expect(decisions).toEqual(whole.decisions);
            }
            expect(store.bought).toBe(store.answers.size); // nothing that was kept was bought again
          },
        ),
        runs(150),
      );
    },
    TIMEOUT_MS,
  );

  test.each(["frugal", "reference"] as const)(
    "%s, cut at every single event",
    async (strategy) => {
      const scenario: Scenario = {
        seed: 11,
        strategy,
        lanes: 3,
        maxMetricCalls: 60,
        failing: 0.1,
        answered: 0.5,
        noise: 0.1,
        unusable: 0.1,
        components: 2,
        isDisjoint: false,
        tasks: 2,
        hasCache: true,
        stopAt: null,
      };
      const whole = await play(scenario, 4, 2);
      expect(whole.decisions.length).toBeGreaterThan(15);
      const events = whole.events.length;
      for (let cutAt = 1; cutAt < events; cutAt++) {
        const store: Store = { answers: new Map(), bought: 0 };
        const first = await live(scenario, cutAt, cutAt, store);
        expect(first.decisions).toEqual(whole.decisions.slice(0, first.decisions.length));
        const second = await live(scenario, Number.POSITIVE_INFINITY, cutAt + 5, store);
        expect(second).toEqual({ decisions: whole.decisions, end: "ended" });
      }
    },
    TIMEOUT_MS,
  );
});
