import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import type { EditJudgeInput } from "@/lib/contracts/judge-page";
import {
  alignmentViewSchema,
  type CreateJudgeInput,
  type DifferenceOutcome,
  judgeSchema,
  judgeVersionSchema,
} from "@/lib/contracts/judges";
import { commitLabelInput } from "@/lib/contracts/labels";
import { isTeachingLive } from "@/lib/view-models/judge-stage";
import { apiFetch } from "./api-fetch";

const part = encodeURIComponent;
const judgeAt = (judgeId: string) => `/api/v1/judges/${part(judgeId)}`;
const alignmentAt = (alignmentId: string) => `/api/v1/alignments/${part(alignmentId)}`;

/** How often a teaching at work is asked for, in milliseconds. */
const POLL_MS = 1_000;
/** Parked, somebody else may resume it. */
const PARKED_POLL_MS = 5_000;

/** One teaching; asked again each second while it is at work. */
export function alignmentOptions(alignmentId: string) {
  return queryOptions({
    queryKey: ["alignment", alignmentId] as const,
    queryFn: ({ signal }) => apiFetch(alignmentAt(alignmentId), { schema: alignmentViewSchema, signal }),
    refetchInterval: ({ state: { data } }) =>
      data === undefined
        ? false
        : isTeachingLive(data)
          ? POLL_MS
          : data.state === "paused"
            ? PARKED_POLL_MS
            : false,
  });
}

export function createJudge(projectId: string, input: CreateJudgeInput) {
  const path = `/api/v1/projects/${part(projectId)}/judges`;
  return apiFetch(path, { method: "POST", body: input, schema: judgeSchema });
}

/** A hand edit as a new draft. */
export function editJudge(judgeId: string, input: EditJudgeInput) {
  return apiFetch(`${judgeAt(judgeId)}/versions`, {
    method: "POST",
    body: input,
    schema: judgeVersionSchema,
  });
}

const usedSchema = z.object({ judge: judgeSchema, rulerSentence: z.string().nullable() });

export function putVersionToUse(judgeId: string, versionId: string) {
  return apiFetch(`${judgeAt(judgeId)}/versions/${part(versionId)}/use`, {
    method: "POST",
    schema: usedSchema,
  });
}

/** Sets a hand-edited draft aside. */
export function discardDraft(judgeId: string, versionId: string) {
  return apiFetch(`${judgeAt(judgeId)}/versions/${part(versionId)}`, {
    method: "DELETE",
    schema: judgeSchema,
  });
}

/** @param idempotencyKey one a press: a repeated try after a lost answer starts no second teaching */
export function startTeaching(judgeId: string, idempotencyKey: string) {
  return apiFetch(`${judgeAt(judgeId)}/alignments`, {
    method: "POST",
    idempotencyKey,
    schema: alignmentViewSchema,
  });
}

export function controlTeaching(alignmentId: string, action: "pause" | "resume" | "cancel" | "retry") {
  return apiFetch(`${alignmentAt(alignmentId)}/${action}`, { method: "POST", schema: alignmentViewSchema });
}

const decidedSchema = z.object({ alignment: alignmentViewSchema, rulerSentence: z.string().nullable() });

export function decideTeaching(alignmentId: string, decision: "used" | "kept-old") {
  return apiFetch(`${alignmentAt(alignmentId)}/decision`, {
    method: "POST",
    body: { decision },
    schema: decidedSchema,
  });
}

export function settleDifference(alignmentId: string, labelId: string, outcome: DifferenceOutcome) {
  return apiFetch(`${alignmentAt(alignmentId)}/differences`, {
    method: "POST",
    body: { labelId, outcome },
    schema: alignmentViewSchema,
  });
}

/** My label of an answer, which takes the place of my earlier one. */
export function labelAgain(input: {
  traceId: string;
  judgeId: string;
  value: number | boolean | string;
  reason: string;
}) {
  return apiFetch("/api/v1/labels", { method: "POST", body: commitLabelInput.parse(input) });
}
