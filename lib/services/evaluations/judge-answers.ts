import "server-only";
import type { Evaluation } from "@/db/repos/evaluations.repo";
import type { TraceWithVerdicts } from "@/db/repos/traces.repo";
import {
  createEpisodeIndex,
  type JudgeCase,
  type JudgeModel,
  judgeCase,
  renderExpectations,
  renderInputs,
  renderSteps,
} from "@/lib/judge";
import { LlmError } from "@/lib/llm";
import type { ModelRef } from "@/lib/rollouts/model-caller";
import { mapLimit } from "@/lib/util/map-limit";
import type { JobContext } from "../jobs/job-types";
import { embeddingsOfJob } from "../judges/embeddings";
import type { JobModels } from "../models/model-gateway";
import { inputsAsked } from "../queues/label-item";
import { judgeSnapshotOf } from "../runs/run-frame";
import type { ServiceDeps } from "../service-deps";

const CONCURRENCY = 16;

/** Answers of a round that its judge version has not graded yet; a failed verdict is a verdict too. */
export function ungradedOf(
  { repos }: Pick<ServiceDeps, "repos">,
  evaluation: Evaluation,
): TraceWithVerdicts[] {
  const { id, judgeVersionId } = evaluation;
  if (judgeVersionId === null) return [];
  return repos.traces
    .listByEvaluation(id)
    .filter(
      ({ state, verdicts }) =>
        state === "OK" && !verdicts.some((one) => one.judgeVersionId === judgeVersionId && one.sample === 0),
    );
}

/** Has the round's judge grade the answers that it has not graded, as of a sample whose answers were recorded. */
export async function judgeUngraded(
  deps: Pick<ServiceDeps, "repos" | "now">,
  evaluation: Evaluation,
  models: JobModels,
  context: JobContext,
  onGraded: () => void,
): Promise<void> {
  const { judge: model, embedding } = evaluation.models;
  const todo = ungradedOf(deps, evaluation);
  if (todo.length === 0 || evaluation.judgeVersionId === null || !model) return;
  const { judgeVersionId } = evaluation;
  const snapshot = judgeSnapshotOf(deps, judgeVersionId);
  const retrieval = createEpisodeIndex(snapshot, embedding ? embeddingsOfJob(embedding, models) : null);
  await mapLimit(
    todo,
    CONCURRENCY,
    async (trace) => {
      await context.whilePaused();
      const one = caseOf(deps, trace);
      const asked = {
        model: judgeModelOf(models, model),
        retrieval,
        callKey: `trace:${trace.id}:judge:${judgeVersionId}`,
      };
      const verdict = one
        ? await judgeCase(snapshot, one, asked, context.signal)
        : ({ status: "failed", cause: "Its record cannot be read any more.", rawReply: null } as const);
      const facts = { traceId: trace.id, judgeVersionId, sample: 0, createdAt: deps.now() };
      deps.repos.traces.addVerdict(
        verdict.status === "graded" ? { ...verdict, ...facts, rawReply: null } : { ...verdict, ...facts },
      );
      onGraded();
    },
    context.signal,
  );
}

/** The case as it was asked; null when there is no record to judge by, or it is sealed now. */
export function caseOf({ repos }: Pick<ServiceDeps, "repos">, trace: TraceWithVerdicts): JudgeCase | null {
  const record = repos.records.byId(trace.recordId);
  if (!record || record.set === "sealed") return null;
  return {
    traceId: trace.id,
    recordId: record.id,
    inputs: renderInputs(inputsAsked({ repos }, trace, record)),
    outputs: trace.output,
    expectations: renderExpectations(record.expectations),
    steps: trace.steps.length === 0 ? null : renderSteps(trace.steps),
  };
}

/** A judge's questions on account of a job. Provider trouble that the job does not wait out is a failed reply. */
function judgeModelOf(models: JobModels, ref: ModelRef): JudgeModel {
  return {
    ask: async ({ callKey, messages, schema }, signal) => {
      try {
        const reply = await models.call(ref, { callKey, role: "judge", messages, sample: 0, schema }, signal);
        return { status: "answered", text: reply.text };
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof LlmError)) throw error;
        return { status: "failed", cause: error.message };
      }
    },
  };
}
