import { queryOptions } from "@tanstack/react-query";
import {
  type JudgeCheckView,
  judgeAnswersSchema,
  judgeCheckSchema,
  type PreviewPromptInput,
  promptPreviewSchema,
  type StartJudgeCheckInput,
} from "@/lib/contracts/judge-checks";
import {
  type ChangeStandardInput,
  type StandardScopeInput,
  standardChangeSchema,
  standardPreviewSchema,
} from "@/lib/contracts/standards";
import { apiFetch } from "./api-fetch";

const part = encodeURIComponent;
const judgeAt = (judgeId: string) => `/api/v1/judges/${part(judgeId)}`;

/** How often a check at work is asked for, in milliseconds. */
const POLL_MS = 700;

/** Answers that the judge can be tried on. */
export function judgeAnswersOptions(judgeId: string) {
  return queryOptions({
    queryKey: ["judge-answers", judgeId] as const,
    queryFn: ({ signal }) => apiFetch(`${judgeAt(judgeId)}/answers`, { schema: judgeAnswersSchema, signal }),
  });
}

/** The exact prompt for one answer, with what has been changed and not saved. */
export function promptPreviewOptions(judgeId: string, input: PreviewPromptInput) {
  return queryOptions({
    queryKey: ["judge-prompt", judgeId, input] as const,
    queryFn: ({ signal }) =>
      apiFetch(`${judgeAt(judgeId)}/preview`, {
        method: "POST",
        body: input,
        schema: promptPreviewSchema,
        signal,
      }),
    retry: false,
  });
}

export function startJudgeCheck(judgeId: string, input: StartJudgeCheckInput) {
  return apiFetch(`${judgeAt(judgeId)}/checks`, {
    method: "POST",
    body: input,
    idempotencyKey: crypto.randomUUID(),
    schema: judgeCheckSchema,
  });
}

/** A check; asked again while it is at work. */
export function judgeCheckOptions(initial: JudgeCheckView) {
  return queryOptions({
    queryKey: ["judge-check", initial.id] as const,
    queryFn: ({ signal }) =>
      apiFetch(`/api/v1/judge-checks/${part(initial.id)}`, { schema: judgeCheckSchema, signal }),
    initialData: initial,
    refetchInterval: ({ state: { data } }) =>
      data && ["queued", "running", "paused"].includes(data.state) ? POLL_MS : false,
  });
}

/** What a change of the standard would do. */
export function standardPreviewOptions(judgeId: string, scope: StandardScopeInput) {
  return queryOptions({
    queryKey: ["standard-preview", judgeId, scope] as const,
    queryFn: ({ signal }) =>
      apiFetch(`${judgeAt(judgeId)}/standard-changes/preview`, {
        method: "POST",
        body: scope,
        schema: standardPreviewSchema,
        signal,
      }),
  });
}

export function changeStandard(judgeId: string, input: ChangeStandardInput) {
  return apiFetch(`${judgeAt(judgeId)}/standard-changes`, {
    method: "POST",
    body: input,
    idempotencyKey: crypto.randomUUID(),
    schema: standardChangeSchema,
  });
}

/** Brings labels back that a change had set aside. */
export function undoStandardChange(judgeId: string, changeId: string) {
  return apiFetch(`${judgeAt(judgeId)}/standard-changes/${part(changeId)}`, {
    method: "DELETE",
    schema: standardChangeSchema,
  });
}
