import type { Message } from "@/lib/contracts/records";
import type { JudgeSnapshot, ScaleValue } from "@/lib/judge";
import type { ModelRef } from "./model-caller";
import type { RolloutHost } from "./rollout-host";

/** The assistant under test, pinned. Both sides of a comparison use the same one. */
export type TargetSnapshot =
  | { kind: "chat"; versionId: string; task: ModelRef }
  | {
      kind: "http";
      versionId: string;
      url: string;
      headers: Readonly<Record<string, string>>;
      /** JSON pointers (RFC 6901) into the agent's reply. */
      replyPointer: string;
      stepsPointer: string | null;
      usagePointer: string | null;
      timeoutMs: number;
      /** Calls in flight at most, over all jobs. */
      maxConcurrency: number;
      /** USD; null = not known. */
      maxUsdPerCall: number | null;
    };
export type HttpTarget = Extract<TargetSnapshot, { kind: "http" }>;

export interface RolloutStep {
  tool: string;
  arguments: string;
  result: string;
  ms: number | null;
}

/** A judge that grades the output; weights of a rollout's judges sum to 1. */
export interface RolloutJudge {
  snapshot: JudgeSnapshot;
  weight: number;
  model: ModelRef;
}

/** Everything one rollout depends on. Serialisable: it may be executed on another machine. */
export interface RolloutSpec {
  runId: string;
  rolloutId: string;
  recordId: string;
  target: TargetSnapshot;
  components: Readonly<Record<string, string>>;
  /** Order in which components are joined by a blank line. */
  layout: readonly string[];
  inputs: { messages: readonly Message[]; fields: Readonly<Record<string, string>> };
  /** Rendered for judges. */
  inputsText: string;
  expectationsText: string;
  judges: readonly RolloutJudge[];
  /** 0 for the memoised reading. */
  sample: number;
  /** Stable prefix of the call keys: equal prefix, equal replies. */
  callKeyPrefix: string;
  /** Set when the answer is known already (memo): only the judges are asked. */
  knownOutput: { output: string; steps: readonly RolloutStep[] } | null;
}

export type JudgeVerdict =
  | { judgeVersionId: string; status: "graded"; value: ScaleValue; rationale: string; normalised: number }
  | { judgeVersionId: string; status: "failed"; cause: string; rawReply: string | null };

export type RolloutOutcome =
  | {
      status: "scored";
      output: string;
      steps: readonly RolloutStep[];
      verdicts: readonly JudgeVerdict[];
      /** Weighted mean of the normalised grades, 0..1. */
      score: number;
      /** Judge name → normalised grade. */
      objectives: Readonly<Record<string, number>>;
      /** The judges' words, for the reflection model. */
      feedback: string;
      cost: RolloutCost;
    }
  | {
      status: "failed";
      cause: string;
      /** The task call was answered, so it counts as a metric call. */
      answered: boolean;
      output: string | null;
      steps: readonly RolloutStep[];
      verdicts: readonly JudgeVerdict[];
      cost: RolloutCost;
    };

/** Of the task call alone: what an answer costs in production. */
export interface RolloutCost {
  inputTokens: number | null;
  outputTokens: number | null;
  costUsd: number | null;
  latencyMs: number | null;
  simulated: boolean;
}

/** Executes rollouts, here or on another machine. Resolves as failed rather than rejecting, except on abort. */
export interface RolloutExecutor {
  execute(spec: RolloutSpec, host: RolloutHost, signal: AbortSignal): Promise<RolloutOutcome>;
}
