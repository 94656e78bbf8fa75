import {
  createEpisodeIndex,
  type EmbeddingModel,
  type EpisodeIndex,
  type JudgeModel,
  type JudgeSnapshot,
  judgeCase,
  renderSteps,
} from "@/lib/judge";
import { LlmError } from "@/lib/llm";
import { sum } from "@/lib/util/math";
import type { ModelCaller } from "./model-caller";
import type { JudgeVerdict, RolloutJudge, RolloutSpec, RolloutStep } from "./types";

export interface JudgeDeps {
  call: ModelCaller;
  /** Vectors for judges that remember by embedding; null where none is connected. */
  embeddingsFor(judge: RolloutJudge): EmbeddingModel | null;
}

/** All judges of a rollout on one answer, side by side, in the order of the spec. */
export function judgeAnswer(
  spec: RolloutSpec,
  answer: { output: string; steps: readonly RolloutStep[] | null },
  deps: JudgeDeps,
  signal: AbortSignal,
): Promise<JudgeVerdict[]> {
  const one = {
    traceId: null,
    recordId: spec.recordId,
    inputs: spec.inputsText,
    outputs: answer.output,
    expectations: spec.expectationsText,
    steps: renderSteps(answer.steps),
  };
  return Promise.all(
    spec.judges.map(async (judge) => {
      const { snapshot } = judge;
      const retrieval = indexOf(snapshot, deps.embeddingsFor(judge));
      const callKey = `${spec.callKeyPrefix}:judge:${snapshot.versionId}`;
      const verdict = await judgeCase(
        snapshot,
        one,
        { model: judgeModel(judge, spec, deps.call), retrieval, callKey },
        signal,
      );
      return { judgeVersionId: snapshot.versionId, ...verdict };
    }),
  );
}

function judgeModel(judge: RolloutJudge, spec: RolloutSpec, call: ModelCaller): JudgeModel {
  return {
    ask: async ({ callKey, messages, schema }, signal) => {
      try {
        const request = { callKey, role: "judge" as const, messages, sample: spec.sample, schema };
        const reply = await call(judge.model, request, signal);
        return { status: "answered", text: reply.text };
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof LlmError)) throw error;
        return { status: "failed", cause: error.message };
      }
    },
  };
}

// Building an index reads all episodes; a run judges thousands of answers with the same snapshot.
const indexes = new WeakMap<JudgeSnapshot, { embeddings: EmbeddingModel | null; index: EpisodeIndex }>();

function indexOf(snapshot: JudgeSnapshot, embeddings: EmbeddingModel | null): EpisodeIndex {
  const known = indexes.get(snapshot);
  if (known && known.embeddings === embeddings) return known.index;
  const index = createEpisodeIndex(snapshot, embeddings);
  indexes.set(snapshot, { embeddings, index });
  return index;
}

/** Score, objectives and feedback of judged answers; the first failed verdict is the cause when one failed. */
export function combineVerdicts(
  judges: readonly RolloutJudge[],
  verdicts: readonly JudgeVerdict[],
):
  | { status: "scored"; score: number; objectives: Record<string, number>; feedback: string }
  | { status: "failed"; cause: string } {
  const weights = sum(judges.map((judge) => judge.weight));
  if (judges.length === 0 || !(weights > 0))
    return { status: "failed", cause: "No judge with a weight above 0 was asked." };
  const parts: number[] = [];
  const objectives: Record<string, number> = {};
  const words: string[] = [];
  for (const [index, judge] of judges.entries()) {
    const verdict = verdicts[index];
    const { name } = judge.snapshot;
    if (verdict?.status !== "graded")
      return {
        status: "failed",
        cause: `“${name}” could not grade the answer: ${verdict?.cause ?? "it was not asked"}`,
      };
    parts.push(judge.weight * verdict.normalised);
    objectives[name] = verdict.normalised;
    words.push(judges.length === 1 ? verdict.rationale : `${name}: ${verdict.rationale}`);
  }
  return {
    status: "scored",
    score: Math.min(1, Math.max(0, sum(parts) / weights)),
    objectives,
    feedback: words.join("\n"),
  };
}
