import type { GepaEvent, OptimizeResult } from "@/lib/gepa";
import type { Meter } from "./meter";
import { attainableQuality, trueQuality, type World } from "./world";

/** What is kept of one run. Plain numbers: they travel between processes. */
export interface Measures {
  /** True quality of the recommended candidate, as a share of what is attainable in its world. */
  share: number;
  calls: number;
  reflections: number;
  /** Metric calls plus eight for each reflection. */
  cost: number;
  dollars: number;
  /** Simulated minutes at sixteen workers. */
  minutes: number;
  /** Accepted candidates that were truly better than every one accepted before. */
  improvements: number;
  /** Proposals that were refused before a metric call was spent on them. */
  refused: number;
}

/** Refusals that say nothing of a proposed text; in a world a reflection fails only when a cap is reached. */
const NOT_THE_TEXT = ["rollouts-failing", "nothing-to-learn", "reflection-failed"];

export function measure(
  world: World,
  meter: Meter,
  minutes: number,
  result: OptimizeResult,
  events: readonly GepaEvent[],
): Measures {
  const refused = events.filter(
    (event) => event.type === "proposal-refused" && !NOT_THE_TEXT.includes(event.reason),
  );
  const accepted = result.candidates.filter(({ isAccepted }) => isAccepted);
  return {
    ...spendOf(meter),
    share: trueQuality(world, result.recommended) / attainableQuality(world),
    minutes,
    improvements: countImprovements(accepted.map(({ candidate }) => trueQuality(world, candidate))),
    refused: refused.length,
  };
}

export function spendOf(meter: Meter): Pick<Measures, "calls" | "reflections" | "cost" | "dollars"> {
  return {
    calls: meter.rollouts(),
    reflections: meter.reflections(),
    cost: meter.cost(),
    dollars: meter.dollars(),
  };
}

/** How often a later quality tops all earlier ones; the first is where the run started. */
export function countImprovements(qualities: readonly number[]): number {
  let [best = 0] = qualities;
  let count = 0;
  for (const quality of qualities.slice(1)) {
    if (quality <= best) continue;
    best = quality;
    count += 1;
  }
  return count;
}
