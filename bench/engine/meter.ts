import type { Candidate } from "@/lib/gepa/types";
import { reflectionDollars, rolloutDollars } from "./prices";
import type { WorldRollout } from "./world";

/** What one reflection costs, in metric calls. */
export const REFLECTION_COST = 8;
const SMALL_RUNG = 4;

/** What a run may spend at most beside its metric calls. */
export interface Caps {
  /** Metric calls plus eight for each reflection. */
  cost?: number;
  dollars?: number;
}

/** Counts at our side what a run spends, whatever the engine says. */
export interface Meter {
  rollouts(): number;
  reflections(): number;
  cost(): number;
  dollars(): number;
  /** False when the caps leave no room for one more reflection like the last and a small rung. */
  hasRoomForProposal(): boolean;
  /** Pays for a rollout; false when a cap does not allow it, and then nothing is paid. */
  payRollout(candidate: Candidate, question: string, rollout: WorldRollout): boolean;
  payReflection(promptChars: number, replyChars: number): boolean;
}

export function createMeter(caps: Caps = {}): Meter {
  const spent = { rollouts: 0, reflections: 0, dollars: 0, lastReflection: 0 };
  const costNow = (): number => spent.rollouts + REFLECTION_COST * spent.reflections;
  const pay = (kind: "rollouts" | "reflections", cost: number, dollars: number): boolean => {
    if (costNow() + cost > (caps.cost ?? Number.POSITIVE_INFINITY)) return false;
    if (spent.dollars + dollars > (caps.dollars ?? Number.POSITIVE_INFINITY)) return false;
    spent[kind] += 1;
    spent.dollars += dollars;
    return true;
  };
  return {
    rollouts: () => spent.rollouts,
    reflections: () => spent.reflections,
    cost: costNow,
    dollars: () => spent.dollars,
    hasRoomForProposal: () =>
      costNow() + REFLECTION_COST + SMALL_RUNG <= (caps.cost ?? Number.POSITIVE_INFINITY) &&
      spent.dollars + spent.lastReflection <= (caps.dollars ?? Number.POSITIVE_INFINITY),
    payRollout: (candidate, question, rollout) =>
      pay("rollouts", 1, rolloutDollars(candidate, question, rollout)),
    payReflection(promptChars, replyChars) {
      spent.lastReflection = reflectionDollars(promptChars, replyChars);
      return pay("reflections", REFLECTION_COST, spent.lastReflection);
    },
  };
}
