"use client";

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import {
  type CreateReviewInput,
  type EvidenceView,
  type PromoteInput,
  type ReviewView,
  reviewSchema,
} from "@/lib/contracts/reviews";
import { actAndShow } from "./act-and-show";
import { apiFetch } from "./api-fetch";
import { rollBackPrompt } from "./prompts";
import { useSeededQuery } from "./use-seeded-query";

const reviewAt = (reviewId: string) => `/api/v1/reviews/${encodeURIComponent(reviewId)}`;
const POLL_MS = 1_000;

/** Whether a look at the sealed records goes on. */
export function isUnderWay(evidence: EvidenceView | null): boolean {
  return (
    evidence !== null &&
    (evidence.state === "queued" || evidence.state === "running" || evidence.state === "paused")
  );
}

/** A review; looked at every second while its evidence is on its way. */
function reviewOptions(reviewId: string) {
  return queryOptions({
    queryKey: ["review", reviewId] as const,
    queryFn: ({ signal }) => apiFetch(reviewAt(reviewId), { schema: reviewSchema, signal }),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data.evidence) ? POLL_MS : false),
  });
}

/** What a person may do to a review. */
export type ReviewAct =
  | { kind: "buy-evidence"; key: string }
  | { kind: "control-evidence"; action: "pause" | "resume" | "cancel" }
  | { kind: "accept-loss"; recordId: string; reason: string }
  | { kind: "comment"; text: string; line: string | null; as: "comment" | "question" }
  | { kind: "approve"; override: boolean; reason: string }
  | { kind: "ask-blind" }
  | { kind: "edit"; components: Record<string, string>; contentHash: string }
  | { kind: "decline"; reason: string }
  | ({ kind: "promote" } & PromoteInput);

/** Carries an act out; the answer is the review as it is then. */
function actOnReview(reviewId: string, act: ReviewAct): Promise<ReviewView> {
  const post = (path: string, body?: unknown, idempotencyKey?: string) =>
    apiFetch(`${reviewAt(reviewId)}/${path}`, { method: "POST", body, idempotencyKey, schema: reviewSchema });
  switch (act.kind) {
    case "buy-evidence":
      return post("evidence", undefined, act.key);
    case "control-evidence":
      return post(`evidence/${act.action}`);
    case "accept-loss":
      return post("accept-regression", { recordId: act.recordId, reason: act.reason });
    case "comment":
      return post("comments", { text: act.text, line: act.line, kind: act.as });
    case "approve":
      return post("approvals", { override: act.override, reason: act.reason });
    case "ask-blind":
      return post("ab-request");
    case "edit":
      return apiFetch(reviewAt(reviewId), {
        method: "PATCH",
        body: { components: act.components },
        ifMatch: act.contentHash,
        schema: reviewSchema,
      });
    case "decline":
      return post("decline", { reason: act.reason });
    case "promote": {
      const { expectedCurrent, reason, override } = act;
      return post("promote", { expectedCurrent, reason, override });
    }
  }
}

/** The review as it is now, and what may be done to it. */
export function useReview(initial: ReviewView) {
  const client = useQueryClient();
  const options = reviewOptions(initial.id);
  const { queryKey } = options;
  const { data: review, error: loadError } = useSeededQuery(options, initial);
  const mutation = useMutation({
    mutationFn: (act: ReviewAct) => actAndShow(client, queryKey, () => actOnReview(initial.id, act)),
  });
  const reload = () => client.invalidateQueries({ queryKey });
  return { review, loadError, act: mutation, reload };
}

/** Opens a review of a candidate or a hand-written text, or gives the one that is open. */
export function createReview(projectId: string, input: CreateReviewInput): Promise<ReviewView> {
  return apiFetch(`/api/v1/projects/${encodeURIComponent(projectId)}/reviews`, {
    method: "POST",
    body: input,
    schema: reviewSchema,
  });
}

/** Takes a promotion back from its review: the alias goes to the version before, at once. */
export function useRollBackFromReview(review: ReviewView, onDone: () => void) {
  return useMutation({
    mutationFn: (reason: string) => {
      const { promptName, promotion } = review;
      if (!promotion || promotion.fromVersion === null) throw new Error("there is nothing to roll back to");
      const { alias, version, fromVersion } = promotion;
      return rollBackPrompt({
        name: promptName,
        alias,
        toVersion: fromVersion,
        expectedCurrent: version,
        reason,
      });
    },
    onSuccess: onDone,
  });
}
