import type { Usage } from "@/lib/llm";
import type { ModelCaller } from "./model-caller";

/** An agent's reply as it is kept: equal key inside a job, equal reply. */
export interface AgentReply {
  /** Parsed JSON. */
  reply: unknown;
  latencyMs: number;
  usage: Usage;
  /** As the agent said; null when it does not. */
  costUsd: number | null;
}

export interface AgentAsk {
  callKey: string;
  targetVersionId: string;
  /** What the call may cost at most; null = not known. */
  maxUsd: number | null;
  /** What it asks for, without secrets. */
  request: object;
}

/**
 * Gives the reply that is kept under the ask's key, else buys it and commits it before it is used.
 * @throws what `buy` throws, or the signal's reason on abort
 */
export type AgentCaller = (
  ask: AgentAsk,
  buy: () => Promise<AgentReply>,
  signal: AbortSignal,
) => Promise<AgentReply>;

/** What whoever asks for a rollout keeps and pays: models and agents alike. */
export interface RolloutHost {
  call: ModelCaller;
  agent: AgentCaller;
}

/** Keeps nothing, for a question that is only tried. */
export const askAgentDirectly: AgentCaller = (_ask, buy) => buy();
