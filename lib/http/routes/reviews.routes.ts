import { z } from "zod";
import { blindAnswerInput, blindSheetSchema } from "@/lib/contracts/blind";
import { quarterReportSchema, quarterSchema } from "@/lib/contracts/quarter-report";
import { createReviewInput, promoteInput, reviewSchema } from "@/lib/contracts/reviews";
import { defineRoute } from "../define-route";

const reviewRowSchema = reviewSchema.pick({
  id: true,
  number: true,
  state: true,
  promptName: true,
  decisionSentence: true,
  simulated: true,
  createdAt: true,
  author: true,
});
export type ReviewRow = z.infer<typeof reviewRowSchema>;

export const listReviews = defineRoute({
  id: "reviews.list",
  method: "GET",
  path: "/api/v1/projects/:project/reviews",
  summary: "Reviews, newest first.",
  permission: "project:read",
  scope: "reviews:read",
  response: z.object({ items: z.array(reviewRowSchema) }),
});

export const quarterReport = defineRoute({
  id: "reviews.quarter",
  method: "GET",
  path: "/api/v1/projects/:project/quarter-report",
  summary:
    "What was decided in a quarter (`2026-q4`, UTC; the present one by default): promotions, declines, overrides, self-approvals, rollbacks, age of evidence.",
  permission: "project:read",
  scope: "reviews:read",
  query: z.object({ quarter: quarterSchema.optional() }),
  response: quarterReportSchema,
});

export const createReview = defineRoute({
  id: "reviews.create",
  method: "POST",
  path: "/api/v1/projects/:project/reviews",
  summary:
    "Opens a review of a run's candidate or of a hand-written text; gives the open one if there is one.",
  permission: "reviews:write",
  body: createReviewInput,
  response: reviewSchema,
  status: 201,
  idempotent: true,
});

export const getReview = defineRoute({
  id: "reviews.get",
  method: "GET",
  path: "/api/v1/reviews/:review",
  summary: "Everything the decision rests on. Reading it never breaks a seal.",
  permission: "project:read",
  scope: "reviews:read",
  response: reviewSchema,
});

export const reviewBundle = defineRoute({
  id: "reviews.bundle",
  method: "GET",
  path: "/api/v1/reviews/:review/bundle",
  summary:
    "One file with everything that the review's figures need; `npm run verify-bundle` computes them again.",
  permission: "project:read",
  scope: "reviews:read",
});

export const editReview = defineRoute({
  id: "reviews.edit",
  method: "PATCH",
  path: "/api/v1/reviews/:review",
  summary:
    "Changes the words under review; `If-Match` is their `contentHash`. Evidence and approvals were about the old ones and count no more.",
  permission: "reviews:write",
  ifMatch: "required",
  body: z.object({ components: z.record(z.string(), z.string().max(200_000)) }),
  response: reviewSchema,
});

export const buyEvidence = defineRoute({
  id: "reviews.evidence",
  method: "POST",
  path: "/api/v1/reviews/:review/evidence",
  summary: "Scores the sealed records under both prompts: one counted look.",
  permission: "reviews:write",
  response: reviewSchema,
  status: 201,
  idempotent: true,
});

export const controlEvidence = defineRoute({
  id: "reviews.evidence-control",
  method: "POST",
  path: "/api/v1/reviews/:review/evidence/:action",
  summary: "Pauses, resumes or cancels the look that is under way; `action` is pause, resume or cancel.",
  permission: "reviews:write",
  response: reviewSchema,
});

export const acceptLoss = defineRoute({
  id: "reviews.accept-regression",
  method: "POST",
  path: "/api/v1/reviews/:review/accept-regression",
  summary: "Accepts one confirmed loss by name, with a reason.",
  permission: "reviews:comment",
  body: z.object({
    recordId: z.string(),
    reason: z.string().trim().min(1, "Say why this loss may be taken.").max(5_000),
  }),
  response: reviewSchema,
});

export const commentReview = defineRoute({
  id: "reviews.comment",
  method: "POST",
  path: "/api/v1/reviews/:review/comments",
  summary: "A comment or a question, on a line or on the whole.",
  permission: "reviews:comment",
  body: z.object({
    text: z.string().trim().min(1).max(10_000),
    line: z.string().max(2_000).nullable().default(null),
    kind: z.enum(["comment", "question"]).default("comment"),
  }),
  response: reviewSchema,
});

export const askBlind = defineRoute({
  id: "reviews.ask-blind",
  method: "POST",
  path: "/api/v1/reviews/:review/ab-request",
  summary: "Asks the experts to compare the answers of the newest look, not told which is which.",
  permission: "reviews:comment",
  response: reviewSchema,
});

export const getBlindSheet = defineRoute({
  id: "reviews.blind-sheet",
  method: "GET",
  path: "/api/v1/reviews/:review/ab",
  summary: "The caller's own sheet; without pairs until it is begun.",
  permission: "labels:write",
  response: blindSheetSchema,
});

export const beginBlindSheet = defineRoute({
  id: "reviews.blind-begin",
  method: "POST",
  path: "/api/v1/reviews/:review/ab",
  summary: "Draws the caller's pairs, once, in an order of their own.",
  permission: "labels:write",
  response: blindSheetSchema,
});

export const answerBlindPair = defineRoute({
  id: "reviews.blind-answer",
  method: "POST",
  path: "/api/v1/reviews/:review/ab/:check",
  summary: "Which of the two is better, or that they are the same. The last choice stands.",
  permission: "labels:write",
  body: blindAnswerInput,
  response: blindSheetSchema,
});

export const approveReview = defineRoute({
  id: "reviews.approve",
  method: "POST",
  path: "/api/v1/reviews/:review/approvals",
  summary: "Approves the words under review, by their content.",
  permission: "reviews:approve",
  body: z.object({ override: z.boolean().default(false), reason: z.string().max(5_000).default("") }),
  response: reviewSchema,
});

export const declineReview = defineRoute({
  id: "reviews.decline",
  method: "POST",
  path: "/api/v1/reviews/:review/decline",
  summary: "Closes the review with a reason. Production is unchanged.",
  permission: "reviews:approve",
  body: z.object({ reason: z.string().trim().min(1, "Say in a few words why.").max(5_000) }),
  response: reviewSchema,
});

export const promoteReview = defineRoute({
  id: "reviews.promote",
  method: "POST",
  path: "/api/v1/reviews/:review/promote",
  summary: "Approves (when that is the last word needed) and moves the alias, if the gate is open.",
  permission: "prompts:promote",
  body: promoteInput,
  response: reviewSchema,
});
