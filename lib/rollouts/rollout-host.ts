import type { Usage } from "@/lib/llm";
import type { Flight, ModelCaller } from "./model-caller";

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
  buy: (flight?: Flight) => Promise<AgentReply>,
  signal: AbortSignal,
) => Promise<AgentReply>;

/** What whoever asks for a rollout keeps and pays: models and agents alike. */
export interface RolloutHost {
  call: ModelCaller;
  agent: AgentCaller;
  /**
   * Pauses the work on whose account this is, with a cause that a person can do something about, and goes on by itself
   * when `over` resolves. Resolves when the pause is over, whoever ended it. Absent where nothing can be paused.
   */
  waitOut?(cause: string, over: Promise<void>): Promise<void>;
  /**
   * Tells of each pause, one that is on included, with a promise of its end: until then nothing is bought, so whoever
   * holds a place for this work may give it to others. Absent where nothing can be paused. @returns ends the telling
   */
  onHeld?(listener: (over: Promise<void>) => void): () => void;
}

/** Keeps nothing, for a question that is only tried. */
export const askAgentDirectly: AgentCaller = (_ask, buy) => buy();
