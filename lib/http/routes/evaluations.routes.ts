import { z } from "zod";
import {
  answerListSchema,
  evaluationSchema,
  startEvaluationInput,
  triedSchema,
  tryQuestionInput,
} from "@/lib/contracts/evaluations";
import { sendTracesInput, sentTracesSchema } from "@/lib/contracts/traces";
import { defineRoute } from "../define-route";

export const listEvaluations = defineRoute({
  id: "evaluations.list",
  method: "GET",
  path: "/api/v1/projects/:project/evaluations",
  summary: "Rounds of answers, newest first.",
  permission: "project:read",
  scope: "runs:read",
  response: z.object({ items: z.array(evaluationSchema) }),
});

export const startEvaluation = defineRoute({
  id: "evaluations.start",
  method: "POST",
  path: "/api/v1/projects/:project/evaluations",
  summary: "Gets answers: runs the assistant over practice records (sets are given first).",
  permission: "answers:create",
  body: startEvaluationInput,
  response: evaluationSchema,
  status: 201,
  idempotent: true,
});

export const getEvaluation = defineRoute({
  id: "evaluations.get",
  method: "GET",
  path: "/api/v1/evaluations/:evaluation",
  summary: "One round with its progress.",
  permission: "project:read",
  scope: "runs:read",
  response: evaluationSchema,
});

export const controlEvaluation = defineRoute({
  id: "evaluations.control",
  method: "POST",
  path: "/api/v1/evaluations/:evaluation/:action",
  summary: "Pauses, resumes or cancels a round; `action` is pause, resume or cancel.",
  permission: "answers:create",
  response: evaluationSchema,
});

export const listTraces = defineRoute({
  id: "traces.list",
  method: "GET",
  path: "/api/v1/projects/:project/traces",
  summary: "Answers, newest first, with the judge's verdicts.",
  permission: "project:read",
  scope: "runs:read",
  query: z.object({
    evaluation: z.string().optional(),
    record: z.string().optional(),
    cursor: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(100),
  }),
  response: answerListSchema,
});

export const sendTraces = defineRoute({
  id: "traces.send",
  method: "POST",
  path: "/api/v1/traces",
  summary:
    "Answers that an agent gave, up to 500 at a time, with what it did on the way. A name that was sent before is kept once.",
  permission: "answers:create",
  scope: "traces:write",
  body: sendTracesInput,
  response: sentTracesSchema,
  status: 201,
  idempotent: true,
  bodyLimitBytes: 20_000_000,
});

export const tryQuestion = defineRoute({
  id: "answers.try",
  method: "POST",
  path: "/api/v1/projects/:project/try",
  summary: "Asks one question of one or two prompt texts, side by side. Nothing is kept.",
  permission: "answers:create",
  body: tryQuestionInput,
  response: triedSchema,
});
