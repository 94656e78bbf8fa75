import { LlmError } from "@/lib/llm";
import { type AgentCallDeps, callAgent } from "./agent-call";
import { agentUsageIn, readAgentReply } from "./agent-reply";
import { agentRequestOf, keptRequestOf } from "./agent-request";
import type { RolloutHost } from "./rollout-host";
import { NO_COST, type TargetAnswer } from "./target-answer";
import type { HttpTarget, RolloutSpec } from "./types";

/** Asks the user's own agent over HTTP, with the prompts under test; it must use them and change nothing (`dry_run`). */
export async function askHttpTarget(
  spec: RolloutSpec,
  target: HttpTarget,
  host: Pick<RolloutHost, "agent">,
  deps: AgentCallDeps,
  signal: AbortSignal,
): Promise<TargetAnswer> {
  const request = agentRequestOf(spec);
  const ask = {
    callKey: `${spec.callKeyPrefix}:agent`,
    targetVersionId: target.versionId,
    maxUsd: target.maxUsdPerCall,
    request: keptRequestOf(target.url, request),
  };
  const buy = async () => {
    const { reply, latencyMs } = await callAgent(target, request, deps, signal);
    const { costUsd, ...usage } = agentUsageIn(reply, target);
    return { reply, latencyMs, costUsd, usage };
  };
  try {
    const { reply, latencyMs } = await host.agent(ask, buy, signal);
    return readAgentReply(reply, target, latencyMs);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof LlmError)) throw error;
    return { status: "failed", cause: error.message, answered: error.kind === "bad-reply", cost: NO_COST };
  }
}
