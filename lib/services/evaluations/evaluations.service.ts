import "server-only";
import type { Evaluation } from "@/db/repos/evaluations.repo";
import { AppError } from "@/lib/contracts/errors";
import type {
  AnswerList,
  EvaluationView,
  RoundOffer,
  StartEvaluationInput,
  Tried,
  TryQuestionInput,
} from "@/lib/contracts/evaluations";
import type { Actor, Permission } from "@/lib/contracts/permissions";
import type { SendTracesInput, SentTraces } from "@/lib/contracts/traces";
import type { RolloutExecutor } from "@/lib/rollouts/types";
import { audit } from "../audit";
import { authorize } from "../authorize";
import { blindTraceIds } from "../labels/blind";
import type { ServiceDeps } from "../service-deps";
import type { SetsService } from "../sets/sets.service";
import { createAnswerViews, evaluationViewOf, roundNumber } from "./evaluation-view";
import { sendTraces } from "./send-traces";
import { roundOffer, startEvaluation } from "./start-evaluation";
import { tryQuestion } from "./try-question";

const roundActions = ["pause", "resume", "cancel"] as const;

export interface AnswerListQuery {
  evaluation?: string | undefined;
  record?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** Rounds of answers: one prompt over practice records. What a round does is in evaluation-job.ts. */
export function createEvaluationsService(
  deps: ServiceDeps,
  sets: Pick<SetsService, "assignSets">,
  executor: RolloutExecutor,
) {
  const { repos, jobs } = deps;

  const find = (actor: Actor, permission: Permission, evaluationId: string): Evaluation => {
    const evaluation = repos.evaluations.byId(evaluationId);
    if (!evaluation) throw new AppError("not-found", "There is no such round of answers.");
    authorize(actor, permission, evaluation.projectId);
    return evaluation;
  };
  const view = (evaluation: Evaluation): EvaluationView =>
    evaluationViewOf(deps, evaluation, roundNumber(deps, evaluation));

  return {
    /** Newest first. */
    list(actor: Actor, projectId: string): EvaluationView[] {
      authorize(actor, "project:read", projectId);
      const rounds = repos.evaluations.list(projectId);
      return rounds.map((round, index) => evaluationViewOf(deps, round, rounds.length - index));
    },

    get: (actor: Actor, evaluationId: string): EvaluationView =>
      view(find(actor, "project:read", evaluationId)),

    /** Gives sets first, then freezes the records; returns at once, the job runner does the rest. */
    start(actor: Actor, projectId: string, input: StartEvaluationInput): EvaluationView {
      authorize(actor, "answers:create", projectId);
      sets.assignSets(actor, projectId);
      const id = repos.transaction(() => startEvaluation(deps, actor, projectId, input));
      jobs.wake();
      return view(find(actor, "project:read", id));
    },

    /** What a new round would do: prompts to choose from, how many records go where, at what price. */
    offer(actor: Actor, projectId: string): RoundOffer {
      authorize(actor, "project:read", projectId);
      return roundOffer(deps, projectId);
    },

    /** Pauses, resumes or cancels. What is answered stays. @param action pause, resume or cancel */
    async control(actor: Actor, evaluationId: string, action: string): Promise<EvaluationView> {
      const round = find(actor, "answers:create", evaluationId);
      await control(deps, actor, round, action);
      return view(round);
    },

    /** Answers, newest first. Verdicts of those that wait for the reader's own label are left out. */
    answers(actor: Actor, projectId: string, query: AnswerListQuery): AnswerList {
      authorize(actor, "project:read", projectId);
      const { evaluation, record, cursor, limit } = query;
      const filter = {
        ...(evaluation ? { evaluationId: evaluation } : {}),
        ...(record ? { recordId: record } : {}),
        ...(cursor ? { cursor } : {}),
      };
      const { items, nextCursor } = repos.traces.list(projectId, { ...filter, limit });
      return { items: items.map(createAnswerViews(deps, blindTraceIds(deps, actor, projectId))), nextCursor };
    },

    /** Keeps answers that an agent gave and sent in from outside. */
    send: (actor: Actor, input: SendTracesInput): SentTraces => sendTraces(deps, actor, input),

    /** One question of one or two texts, side by side; nothing is kept. */
    tryQuestion(
      actor: Actor,
      projectId: string,
      input: TryQuestionInput,
      signal: AbortSignal,
    ): Promise<Tried> {
      authorize(actor, "answers:create", projectId);
      return tryQuestion(deps, executor, projectId, input, signal);
    },
  };
}

async function control(
  deps: ServiceDeps,
  actor: Actor,
  evaluation: Evaluation,
  asked: string,
): Promise<void> {
  const { repos, jobs } = deps;
  const action = roundActions.find((one) => one === asked);
  if (!action) {
    throw new AppError(
      "not-found",
      `A round of answers can be paused, resumed or cancelled, not "${asked}".`,
    );
  }
  const job = evaluation.jobId === null ? null : repos.jobs.byId(evaluation.jobId);
  if (!job || ["done", "failed", "cancelled"].includes(job.state)) {
    throw new AppError("run-not-active", "This round is over; its answers are kept.");
  }
  const { id, projectId } = evaluation;
  audit(deps, actor, { projectId, action: `round-${action}`, subjectType: "evaluation", subjectId: id });
  if (action === "pause") jobs.pause(job.id, `Paused by ${actor.name}.`);
  else if (action === "resume") jobs.resume(job.id);
  else await jobs.cancel(job.id, `Cancelled by ${actor.name}.`);
}
