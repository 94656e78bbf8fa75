import {
  type EngineDeps,
  type Example,
  type GepaEvent,
  type OptimizeInput,
  type OptimizeResult,
  optimize,
} from "@/lib/gepa";
import { clamp } from "@/lib/util/math";
import type { Arm } from "./arms";
import { type Measures, measure } from "./measures";
import { type Caps, createMeter, type Meter } from "./meter";
import { seedCandidate } from "./prompt-reading";
import { simulateReflection } from "./reflection";
import { createVirtualTime, reflectionSeconds, rolloutSeconds, type VirtualTime } from "./virtual-time";
import { rollOut, type World } from "./world";

export interface ArmSettings {
  maxMetricCalls: number;
  seed: number;
  caps?: Caps;
  /** False leaves out the simulated waiting; nothing but the minutes hangs on it. */
  hasLatency?: boolean;
  split?: Split;
}

/** Valset = trainset, disjoint halves, or a valset that is a sample of the trainset as the product takes it. */
export type Split = "shared" | "halves" | "sample";

/** Rollouts in flight at most. */
export const WORKERS = 16;

/** One run of an arm on a world, in memory; time is simulated. */
export async function runArm(
  arm: Arm,
  world: World,
  settings: ArmSettings,
): Promise<{ result: OptimizeResult; measures: Measures }> {
  const time = createVirtualTime();
  const meter = createMeter(settings.caps);
  const events: GepaEvent[] = [];
  const deps = portsOf(world, settings, meter, time, (event) => void events.push(event));
  const work = (): Promise<OptimizeResult> => optimize(inputFor(arm, world, settings), deps);
  const result = settings.hasLatency ? await time.run(work) : await work();
  return { result, measures: measure(world, meter, time.now() / 60, result, events) };
}

const OVER_CAP = "A cap of the benchmark is reached.";

function portsOf(
  world: World,
  { seed, hasLatency }: ArmSettings,
  meter: Meter,
  time: VirtualTime,
  emit: EngineDeps["emit"],
): EngineDeps {
  const pause = hasLatency ? time.sleep : async (): Promise<void> => {};
  const byId = new Map(world.records.map((record) => [record.id, record]));
  return {
    evaluator: {
      async evaluate({ candidate, exampleId, sample }) {
        await pause(rolloutSeconds(candidate, exampleId, sample));
        const record = byId.get(exampleId);
        if (record === undefined) return { status: "failed", cause: "no such record", answered: false };
        const rollout = rollOut(world, candidate, record, sample);
        return meter.payRollout(candidate, record.question, rollout)
          ? { status: "scored", objectives: {}, ...rollout }
          : { status: "failed", cause: OVER_CAP, answered: false };
      },
    },
    reflector: {
      async reflect({ prompt, callKey }) {
        await pause(reflectionSeconds(callKey, seed));
        const text = simulateReflection(world, prompt.user);
        return meter.payReflection(prompt.system.length + prompt.user.length, text.length)
          ? { status: "answered", text, truncated: false }
          : { status: "failed", cause: OVER_CAP };
      },
    },
    control: {
      async inputsAfter() {
        const isOver = !meter.hasRoomForProposal();
        return isOver && meter.rollouts() > 0 ? [{ kind: "stop", reason: "money" }] : [];
      },
    },
    archive: { saveProposal: () => undefined },
    clock: { now: time.now },
    emit,
    signal: new AbortController().signal,
  };
}

function inputFor(arm: Arm, world: World, settings: ArmSettings): OptimizeInput {
  const { regime } = world;
  const { trainset, valset } = setsOf(world, settings);
  const components = Object.keys(seedCandidate(regime));
  const keepVariables = arm.isUnaware
    ? {}
    : Object.fromEntries(components.map((name) => [name, regime.variables]));
  return {
    seedCandidate: seedCandidate(regime),
    trainset,
    valset,
    maxMetricCalls: settings.maxMetricCalls,
    seed: settings.seed,
    strategy: arm.strategy,
    lanes: arm.lanes ?? 1,
    concurrency: WORKERS,
    targetScore: 1,
    floors: {},
    guidance: {
      description: "",
      keepVariables,
      guidelines: [],
      maxComponentChars: 8000,
      editStyle: "small-edits",
    },
    ...(arm.frugal ? { frugal: arm.frugal } : {}),
    ...(arm.reference ? { reference: arm.reference } : {}),
  };
}

/** Trainset and valset of a world under a split. */
export function setsOf(
  world: World,
  { split, maxMetricCalls }: Pick<ArmSettings, "split" | "maxMetricCalls">,
): { trainset: Example[]; valset: Example[] } {
  const examples = world.records.map(
    ({ id, question }): Example => ({ id, inputs: question, expectations: "", tags: [] }),
  );
  const half = Math.floor(examples.length / 2);
  const sample = clamp(Math.floor(maxMetricCalls / 5), 10, 40);
  if (split === "halves") return { trainset: examples.slice(half), valset: examples.slice(0, half) };
  return { trainset: examples, valset: split === "sample" ? examples.slice(0, sample) : examples };
}
