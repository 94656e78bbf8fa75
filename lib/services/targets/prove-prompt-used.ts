import "server-only";
import { LlmError, systemTiming } from "@/lib/llm";
import { callAgent } from "@/lib/rollouts/agent-call";
import { agentUsageIn, readAgentReply } from "@/lib/rollouts/agent-reply";
import { type AgentRequest, keptRequestOf } from "@/lib/rollouts/agent-request";
import { canaryPrompts, canaryWord, obeysCanary } from "@/lib/rollouts/canary";
import type { AgentReply } from "@/lib/rollouts/rollout-host";
import type { HttpTarget, TargetSnapshot } from "@/lib/rollouts/types";
import type { JobContext } from "../jobs/job-types";
import type { JobModels } from "../models/model-gateway";
import type { ServiceDeps } from "../service-deps";

export interface PromptProof {
  jobId: string;
  target: TargetSnapshot;
  components: readonly string[];
  /** A record to ask about: the agent may need its fields. */
  inputs: { messages: AgentRequest["messages"]; fields: AgentRequest["fields"] };
  models: Pick<JobModels, "agent">;
  context: Pick<JobContext, "pause" | "whilePaused" | "signal">;
}

type ProofDeps = Pick<ServiceDeps, "repos" | "now" | "newId" | "agentFetch">;

/**
 * Before a run and before evidence: an agent that ignores the prompt it is sent would make every comparison one of
 * luck. Pauses the job with the cause until a fresh check succeeds; a check that succeeded is never repeated.
 */
export async function provePromptUsed(deps: ProofDeps, proof: PromptProof): Promise<void> {
  const { target, context } = proof;
  if (target.kind !== "http") return;
  const word = canaryWord(proof.jobId);
  for (let turn = 1; ; turn += 1) {
    const callKey = `canary:${turn}`;
    const known = deps.repos.paidCalls.find(proof.jobId, callKey);
    const output = known
      ? outputOf(known.reply as unknown as AgentReply, target)
      : await askCanary(deps, proof, target, { callKey, word });
    if (output === undefined) continue;
    if (output !== null && obeysCanary(output, word)) return;
    // What an earlier start was told is old news: the agent may have been mended since.
    if (known) continue;
    context.pause(IGNORED);
    await context.whilePaused();
  }
}

const IGNORED =
  "Your agent answered, but did not do what the prompt told it, so no candidate could make a difference. Let it use the texts under “prompts” of each request, then resume.";

/** What it answered; undefined when nothing came back, and a person has resumed since. */
async function askCanary(
  deps: ProofDeps,
  { jobId, components, inputs, models, context }: PromptProof,
  target: HttpTarget,
  { callKey, word }: { callKey: string; word: string },
): Promise<string | null | undefined> {
  const prompts = canaryPrompts(components, word);
  const request: AgentRequest = { ...inputs, prompts, run_id: jobId, rollout_id: callKey, dry_run: true };
  const ask = {
    callKey,
    targetVersionId: target.versionId,
    maxUsd: target.maxUsdPerCall,
    request: keptRequestOf(target.url, request),
  };
  const note = (canary: "used" | "ignored" | "failed", says: string, latencyMs: number | null): void => {
    const { newId, now } = deps;
    const check = { id: newId("tck"), targetVersionId: target.versionId, canary, says, latencyMs };
    deps.repos.targets.addCheck({ ...check, createdAt: now() });
  };
  const buy = async (): Promise<AgentReply> => {
    const { reply, latencyMs } = await callAgent(
      target,
      request,
      { fetch: deps.agentFetch, timing: systemTiming },
      context.signal,
    );
    const { costUsd, ...usage } = agentUsageIn(reply, target);
    return { reply, latencyMs, costUsd, usage };
  };
  try {
    const reply = await models.agent(ask, buy, context.signal);
    const output = outputOf(reply, target);
    const isUsed = output !== null && obeysCanary(output, word);
    note(
      isUsed ? "used" : "ignored",
      isUsed ? `Told to answer with ${word}, it did.` : IGNORED,
      reply.latencyMs,
    );
    return output;
  } catch (error) {
    context.signal.throwIfAborted();
    if (!(error instanceof LlmError)) throw error;
    note("failed", error.message, null);
    context.pause(error.message);
    await context.whilePaused();
    return undefined;
  }
}

function outputOf({ reply, latencyMs }: AgentReply, target: HttpTarget): string | null {
  const answer = readAgentReply(reply, target, latencyMs);
  return answer.status === "answered" ? answer.output : null;
}
