import type { EmbeddingModel } from "@/lib/judge";
import { createFairPool, type FetchLike, systemTiming, type Timing } from "@/lib/llm";
import { assertNever } from "@/lib/util/assert-never";
import { askChatTarget } from "./chat-target";
import { askHttpTarget } from "./http-target";
import { combineVerdicts, judgeAnswer } from "./judge-answer";
import type { ModelCaller } from "./model-caller";
import { NO_COST, type TargetAnswer } from "./target-answer";
import type { RolloutExecutor, RolloutJudge, RolloutOutcome, RolloutSpec } from "./types";

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
  return {
    execute: (spec, call, signal) =>
      pool.run(spec.runId, () => executeRollout(spec, call, deps, signal), signal),
  };
}

async function executeRollout(
  spec: RolloutSpec,
  call: ModelCaller,
  deps: PoolExecutorDeps,
  signal: AbortSignal,
): Promise<RolloutOutcome> {
  const answer = await answerOf(spec, call, deps, signal);
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
  const judging = { call, embeddingsFor: deps.embeddingsFor ?? (() => null) };
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
  call: ModelCaller,
  deps: PoolExecutorDeps,
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
      return askChatTarget(spec, target, call, signal);
    case "http":
      return askHttpTarget(spec, target, { fetch: deps.fetch, timing: deps.timing ?? systemTiming }, signal);
    default:
      return assertNever(target);
  }
}
