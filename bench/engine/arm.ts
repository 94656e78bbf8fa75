import {
  type Example,
  type FrugalOptions,
  type OptimizeInput,
  type OptimizeResult,
  optimize,
  type ReferenceOptions,
} from "@/lib/gepa";
import { clamp } from "@/lib/util/math";
import { simulateReflection } from "./reflection";
import { createVirtualTime, latencyOf } from "./virtual-time";
import { rollOut, SEED_TEXT, trueQuality, type World } from "./world";

/** One engine setting under comparison. */
export interface Arm {
  name: string;
  strategy: "frugal" | "reference";
  frugal?: Partial<FrugalOptions>;
  reference?: Partial<ReferenceOptions>;
  lanes?: number;
}

export interface ArmResult {
  /** Expected held-out score of the recommended text. */
  quality: number;
  metricCalls: number;
  reflections: number;
  /** Metric calls, with a reflection counted as eight. */
  cost: number;
  /** Simulated minutes at sixteen workers; 0 without latencies. */
  minutes: number;
  result: OptimizeResult;
}

export interface ArmSettings {
  maxMetricCalls: number;
  seed: number;
  /** The run is stopped before a proposal that would go beyond this cost. */
  maxCost?: number;
  hasLatency?: boolean;
  split?: Split;
}

/** Valset = trainset, disjoint halves, or a valset that is a sample of the trainset as the product takes it. */
export type Split = "shared" | "halves" | "sample";

/** What one reflection costs, in metric calls. */
export const REFLECTION_COST = 8;
const WORKERS = 16;
const LEAST_PROPOSAL_COST = REFLECTION_COST + 4;

/** One run of an arm on a world, in memory; time is simulated. */
export async function runArm(arm: Arm, world: World, settings: ArmSettings): Promise<ArmResult> {
  const time = createVirtualTime();
  const pause = settings.hasLatency ? time.sleep : async (): Promise<void> => {};
  const spent = { rollouts: 0, reflections: 0 };
  const costNow = (): number => spent.rollouts + REFLECTION_COST * spent.reflections;
  const byId = new Map(world.records.map((record) => [record.id, record]));
  const work = (): Promise<OptimizeResult> =>
    optimize(inputFor(arm, world, settings), {
      evaluator: {
        async evaluate({ candidate, exampleId, sample }) {
          await pause(latencyOf(3.5, 0.6, candidate.system ?? "", exampleId, sample));
          const record = byId.get(exampleId);
          if (record === undefined) return { status: "failed", cause: "no such record", answered: false };
          spent.rollouts += 1;
          return {
            status: "scored",
            objectives: {},
            ...rollOut(world, candidate.system ?? "", record, sample),
          };
        },
      },
      reflector: {
        async reflect({ prompt, callKey }) {
          spent.reflections += 1;
          await pause(latencyOf(20, 0.4, callKey, settings.seed));
          return { status: "answered", text: simulateReflection(world, prompt.user), truncated: false };
        },
      },
      control: {
        async inputsAfter() {
          const isOver = costNow() + LEAST_PROPOSAL_COST > (settings.maxCost ?? Number.POSITIVE_INFINITY);
          return isOver && spent.rollouts > 0 ? [{ kind: "stop", reason: "money" }] : [];
        },
      },
      archive: { saveProposal: () => undefined },
      clock: { now: time.now },
      emit: () => undefined,
      signal: new AbortController().signal,
    });
  const result = settings.hasLatency ? await time.run(work) : await work();
  return {
    quality: trueQuality(world, result.recommended.system ?? ""),
    metricCalls: result.metricCalls,
    reflections: spent.reflections,
    cost: costNow(),
    minutes: time.now() / 60,
    result,
  };
}

function inputFor(arm: Arm, world: World, { maxMetricCalls, seed, split }: ArmSettings): OptimizeInput {
  const examples = world.records.map(
    ({ id }): Example => ({ id, inputs: `Question ${id}`, expectations: "", tags: [] }),
  );
  const half = Math.floor(examples.length / 2);
  const sample = clamp(Math.floor(maxMetricCalls / 5), 10, 40);
  return {
    seedCandidate: { system: SEED_TEXT },
    trainset: split === "halves" ? examples.slice(half) : examples,
    valset:
      split === "halves"
        ? examples.slice(0, half)
        : split === "sample"
          ? examples.slice(0, sample)
          : examples,
    maxMetricCalls,
    seed,
    strategy: arm.strategy,
    lanes: arm.lanes ?? 1,
    concurrency: WORKERS,
    targetScore: 1,
    floors: {},
    guidance: {
      description: "",
      keepVariables: {},
      guidelines: [],
      maxComponentChars: 8000,
      editStyle: "small-edits",
    },
    ...(arm.frugal ? { frugal: arm.frugal } : {}),
    ...(arm.reference ? { reference: arm.reference } : {}),
  };
}
