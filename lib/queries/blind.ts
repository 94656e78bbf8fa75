"use client";

import { type BlindAnswerInput, type BlindSheet, blindSheetSchema } from "@/lib/contracts/blind";
import { apiFetch } from "./api-fetch";

const sheetAt = (reviewId: string) => `/api/v1/reviews/${encodeURIComponent(reviewId)}/ab`;

/** Draws this person's pairs; begun again it is the same sheet. */
export function beginSheet(reviewId: string): Promise<BlindSheet> {
  return apiFetch(sheetAt(reviewId), { method: "POST", schema: blindSheetSchema });
}

export function answerPair(reviewId: string, pairId: string, answer: BlindAnswerInput): Promise<BlindSheet> {
  return apiFetch(`${sheetAt(reviewId)}/${encodeURIComponent(pairId)}`, {
    method: "POST",
    body: answer,
    schema: blindSheetSchema,
  });
}
