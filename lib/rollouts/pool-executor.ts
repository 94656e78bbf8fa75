import type { EmbeddingModel } from "@/lib/judge";
import { createFairPool, type FairPool, type FetchLike, systemTiming, type Timing } from "@/lib/llm";
import { assertNever } from "@/lib/util/assert-never";
import { askChatTarget } from "./chat-target";
import { askHttpTarget } from "./http-target";
import { combineVerdicts, judgeAnswer } from "./judge-answer";
import type { RolloutHost } from "./rollout-host";
import { NO_COST, type TargetAnswer } from "./target-answer";
import type { HttpTarget, RolloutExecutor, RolloutJudge, RolloutOutcome, RolloutSpec } from "./types";

export interface PoolExecutorDeps {
  /** Network of HTTP targets; the server passes the fetch that checks addresses. */
  fetch: FetchLike;
  timing?: Timing;
  /** Rollouts in flight at most, shared by all runs in turn. */
  limit?: number;
  /** Vectors for judges that remember by embedding; null where none is connected. */
  embeddingsFor?(judge: RolloutJudge): EmbeddingModel | null;
}

/** Runs rollouts in this process: ask the target, have all judges grade the answer, combine. */
export function createPoolExecutor(deps: PoolExecutorDeps): RolloutExecutor {
  const pool = createFairPool(deps.limit ?? 256);
  const agents = new Map<string, FairPool>();
  /** An agent has a limit of its own, which all jobs share. */
  const askAgent: AskAgent = (spec, target, host, signal) => {
    const room = agents.get(target.versionId) ?? createFairPool(target.maxConcurrency);
    agents.set(target.versionId, room);
    const network = { fetch: deps.fetch, timing: deps.timing ?? systemTiming };
    return room.run(spec.runId, () => askHttpTarget(spec, target, host, network, signal), signal);
  };
  return {
    execute: (spec, host, signal) =>
      pool.run(spec.runId, () => executeRollout(spec, host, { ...deps, askAgent }, signal), signal),
  };
}

type AskAgent = (
  spec: RolloutSpec,
  target: HttpTarget,
  host: RolloutHost,
  signal: AbortSignal,
) => Promise<TargetAnswer>;
type Deps = PoolExecutorDeps & { askAgent: AskAgent };

async function executeRollout(
  spec: RolloutSpec,
  host: RolloutHost,
  deps: Deps,
  signal: AbortSignal,
): Promise<RolloutOutcome> {
  const answer = await answerOf(spec, host, deps, signal);
  const { cost } = answer;
  if (answer.status === "failed") {
    return {
      status: "failed",
      cause: answer.cause,
      answered: answer.answered,
      output: null,
      steps: [],
      verdicts: [],
      cost,
    };
  }
  const judging = { call: host.call, embeddingsFor: deps.embeddingsFor ?? (() => null) };
  const verdicts = await judgeAnswer(spec, answer, judging, signal);
  const combined = combineVerdicts(spec.judges, verdicts);
  const kept = { output: answer.output, steps: answer.steps ?? [], verdicts, cost };
  if (combined.status === "failed")
    return { status: "failed", cause: combined.cause, answered: true, ...kept };
  const { score, objectives, feedback } = combined;
  return { status: "scored", score, objectives, feedback, ...kept };
}

async function answerOf(
  spec: RolloutSpec,
  host: RolloutHost,
  deps: Deps,
  signal: AbortSignal,
): Promise<TargetAnswer> {
  const { target, knownOutput } = spec;
  if (knownOutput !== null) {
    const saysSteps = target.kind === "http" && target.stepsPointer !== null;
    return {
      status: "answered",
      output: knownOutput.output,
      steps: saysSteps ? knownOutput.steps : null,
      cost: NO_COST,
    };
  }
  switch (target.kind) {
    case "chat":
      return askChatTarget(spec, target, host.call, signal);
    case "http":
      return deps.askAgent(spec, target, host, signal);
    default:
      return assertNever(target);
  }
}
