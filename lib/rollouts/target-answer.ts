import type { RolloutCost, RolloutStep } from "./types";

/** What an assistant answered, or why it did not. */
export type TargetAnswer =
  | {
      status: "answered";
      output: string;
      /** Null when the target does not say what it did. */
      steps: readonly RolloutStep[] | null;
      cost: RolloutCost;
    }
  | {
      status: "failed";
      cause: string;
      /** The assistant answered, though nothing that could be used: it counts as a metric call. */
      answered: boolean;
      cost: RolloutCost;
    };

export const NO_COST: RolloutCost = {
  inputTokens: null,
  outputTokens: null,
  costUsd: null,
  latencyMs: null,
  simulated: false,
};
