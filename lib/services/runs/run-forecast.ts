import "server-only";
import type { CallPace } from "@/db/repos/paid-calls.repo";
import type { Project } from "@/db/repos/projects.repo";
import type { ModelAssignment } from "@/lib/contracts/projects";
import type { Preflight, StartRunInput } from "@/lib/contracts/runs";
import { forecastRun, type PerRole, type RunForecast } from "@/lib/stats/forecast";
import { AGENT } from "../models/model-gateway";
import type { ServiceDeps } from "../service-deps";
import { suggestLanes } from "./suggest-lanes";

const ROLES = ["task", "judge", "reflection"] as const;
const CONCURRENCY = 16;

export interface LaunchForecast extends RunForecast {
  /** Scoring every sealed record under both prompts, afterwards; null where no price is known. */
  reviewUsd: number | null;
  /** One answer with its grades; null where no price is known. */
  answerUsd: number | null;
  lanes: Preflight["lanes"];
}

interface ForecastFacts {
  project: Project;
  input: StartRunInput;
  trainset: number;
  valset: number;
  sealed: number;
  modelJudges: number;
  /** The project's own agent answers, under this version of its settings; null = the task model does. */
  agentVersionId: string | null;
  /** Share of the starting prompt's answers that are known already, 0..1. */
  knownShare: number;
}

/** From what this project's calls took and used so far; what was never measured stays unknown. */
export function forecastLaunch(
  { repos, env }: Pick<ServiceDeps, "repos" | "env">,
  facts: ForecastFacts,
): LaunchForecast {
  const { project, input, modelJudges, agentVersionId } = facts;
  const paces = repos.paidCalls.paceOf(project.id);
  const paceOf = (role: keyof PerRole<unknown>): CallPace | undefined => {
    const isAgent = role === "task" && agentVersionId !== null;
    const { connectionId, model } = isAgent
      ? { connectionId: agentVersionId, model: AGENT }
      : project.models[role];
    return paces.find(
      (pace) => pace.role === role && pace.connectionId === connectionId && pace.model === model,
    );
  };
  const latencyOf = (role: keyof PerRole<unknown>): number | null => {
    if (role === "task" && agentVersionId !== null)
      return paceOf(role)?.latencyMs ?? repos.targets.lastCheck(agentVersionId)?.latencyMs ?? null;
    // How long the simulated models wait is a setting, so it is known before the first call.
    const isSimulated = repos.connections.byId(project.models[role].connectionId)?.kind === "simulated";
    return paceOf(role)?.latencyMs ?? (isSimulated ? env.TOUCHSTONE_SANDBOX_DELAY_MS : null);
  };
  const tokensOf = (role: keyof PerRole<unknown>) => tokensOfPace(paceOf(role));
  const [taskMs, judgeMs, reflectionMs] = ROLES.map(latencyOf);
  const tokensPerCall = perRole(tokensOf);
  const agentUsd = agentVersionId === null ? null : (paceOf("task")?.costUsd ?? null);
  const prices = perRole((role) =>
    role === "task" && agentVersionId !== null ? agentPrice(agentUsd) : priceOf(repos, project.models[role]),
  );
  const forecastAt = (lanes: number) =>
    forecastRun({
      maxMetricCalls: input.maxMetricCalls,
      trainsetSize: Math.max(1, facts.trainset),
      valsetSize: Math.max(1, facts.valset),
      strategy: input.strategy,
      lanes,
      concurrency: CONCURRENCY,
      judges: modelJudges,
      latency:
        taskMs == null || judgeMs == null || reflectionMs == null ? null : { taskMs, judgeMs, reflectionMs },
      tokensPerCall,
      agentUsd,
      knownShare: facts.knownShare,
      prices,
    });
  const costOf = (role: keyof PerRole<unknown>): number =>
    tokensPerCall && prices
      ? (tokensPerCall[role].input * prices[role].inputPerMillion +
          tokensPerCall[role].output * prices[role].outputPerMillion) /
        1e6
      : 0;
  const answerUsd =
    tokensPerCall && prices ? (agentUsd ?? costOf("task")) + modelJudges * costOf("judge") : null;
  return {
    ...forecastAt(input.lanes),
    answerUsd,
    reviewUsd: answerUsd === null ? null : 2 * facts.sealed * answerUsd,
    lanes: suggestLanes(forecastAt),
  };
}

/** An agent is paid by the answer (`agentUsd`), so its tokens cost nothing beside; null where its cost is not known. */
function agentPrice(agentUsd: number | null) {
  return agentUsd === null ? null : { inputPerMillion: 0, outputPerMillion: 0 };
}

/** The price of a model; null when it is not known. */
export function priceOf(repos: ServiceDeps["repos"], { connectionId, model }: ModelAssignment) {
  return repos.connections.byId(connectionId)?.prices[model] ?? null;
}

function tokensOfPace(pace: CallPace | undefined): { input: number; output: number } | null {
  if (pace?.inputTokens == null || pace.outputTokens === null) return null;
  return { input: pace.inputTokens, output: pace.outputTokens };
}

function perRole<Value>(read: (role: keyof PerRole<unknown>) => Value | null): PerRole<Value> | null {
  const [task, judge, reflection] = ROLES.map(read);
  return task == null || judge == null || reflection == null ? null : { task, judge, reflection };
}
