import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import {
  type AnswerList,
  answerListSchema,
  type EvaluationView,
  evaluationSchema,
  type StartEvaluationInput,
} from "@/lib/contracts/evaluations";
import { isFinalJobState } from "@/lib/contracts/jobs";
import { apiFetch } from "./api-fetch";

const projectAt = (projectId: string) => `/api/v1/projects/${encodeURIComponent(projectId)}`;
const roundAt = (evaluationId: string) => `/api/v1/evaluations/${encodeURIComponent(evaluationId)}`;
const POLL_MS = 2_000;
/** Answers the server gives at a time. */
export const ANSWERS_A_PAGE = 50;

/** All rounds of a project; looked at again and again while one is at work. */
export function roundsOptions(projectId: string) {
  return queryOptions({
    queryKey: ["rounds", projectId] as const,
    queryFn: async ({ signal }) => {
      const schema = z.object({ items: z.array(evaluationSchema) });
      return (await apiFetch(`${projectAt(projectId)}/evaluations`, { schema, signal })).items;
    },
    refetchInterval: ({ state }) =>
      state.data?.some(({ state: one }) => !isFinalJobState(one)) ? POLL_MS : false,
  });
}

export function roundOptions(evaluationId: string) {
  return queryOptions({
    queryKey: ["round", evaluationId] as const,
    queryFn: ({ signal }) => apiFetch(roundAt(evaluationId), { schema: evaluationSchema, signal }),
  });
}

/** Answers of a round, page by page. */
export function roundAnswersOptions(projectId: string, evaluationId: string, initial: AnswerList) {
  return infiniteQueryOptions({
    queryKey: ["round", evaluationId, "answers"] as const,
    queryFn: ({ pageParam, signal }) =>
      apiFetch(`${projectAt(projectId)}/traces`, {
        query: { evaluation: evaluationId, cursor: pageParam, limit: ANSWERS_A_PAGE },
        schema: answerListSchema,
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    initialData: { pages: [initial], pageParams: [null] },
    // Begun anew with each visit, as the page is.
    gcTime: 0,
  });
}

/** @param idempotencyKey one a press: a repeated try after a lost answer starts no second round */
export function startRound(
  projectId: string,
  input: StartEvaluationInput,
  idempotencyKey: string,
): Promise<EvaluationView> {
  return apiFetch(`${projectAt(projectId)}/evaluations`, {
    method: "POST",
    body: input,
    idempotencyKey,
    schema: evaluationSchema,
  });
}

export function controlRound(
  evaluationId: string,
  action: "pause" | "resume" | "cancel",
): Promise<EvaluationView> {
  return apiFetch(`${roundAt(evaluationId)}/${action}`, { method: "POST", schema: evaluationSchema });
}
