import { z } from "zod";

export const blindChoices = ["first", "second", "same"] as const;
export type BlindChoice = (typeof blindChoices)[number];

/** Two answers to one question, in an order that chance gave; nothing says which prompt wrote which. */
export const blindPairSchema = z.object({
  id: z.string(),
  question: z.string(),
  /** What a good answer does, in the experts' words. */
  expected: z.string(),
  mustMention: z.array(z.string()),
  mustNever: z.array(z.string()),
  first: z.string(),
  second: z.string(),
  choice: z.enum(blindChoices).nullable(),
  reason: z.string(),
});
export type BlindPair = z.infer<typeof blindPairSchema>;

/** One expert's own sheet. */
export const blindSheetSchema = z.object({
  reviewId: z.string(),
  reviewNumber: z.number().int(),
  projectId: z.string(),
  promptName: z.string(),
  askedBy: z.string(),
  /** In the order of asking; empty until the expert has begun. */
  pairs: z.array(blindPairSchema),
  /** How many there are, or will be. */
  total: z.number().int(),
});
export type BlindSheet = z.infer<typeof blindSheetSchema>;

export const blindAnswerInput = z.object({
  choice: z.enum(blindChoices),
  reason: z.string().trim().max(2_000).default(""),
});
export type BlindAnswerInput = z.infer<typeof blindAnswerInput>;

/** What came of it, told on the review. Counts leave the swapped repeats out. */
export const blindResultSchema = z.object({
  askedBy: z.string(),
  askedAt: z.number(),
  experts: z.array(
    z.object({
      name: z.string(),
      isDone: z.boolean(),
      candidate: z.number().int(),
      production: z.number().int(),
      same: z.number().int(),
      /** Of the pairs that were shown twice, the other way round: how many got the same answer. */
      steady: z.number().int(),
      repeated: z.number().int(),
    }),
  ),
  /** All who are done, together. */
  candidate: z.number().int(),
  production: z.number().int(),
  same: z.number().int(),
  steady: z.number().int(),
  repeated: z.number().int(),
  /** Share of choices for the answer that stood first: near 0.5 when the place does not matter. Null without any. */
  firstShare: z.number().nullable(),
  /** Chance of so clear a preference, either way, when the two are equally good; null without a choice. */
  pValue: z.number().nullable(),
  sentence: z.string(),
  /** Reasons that were given, with which side they spoke for. */
  reasons: z.array(
    z.object({
      by: z.string(),
      question: z.string(),
      favours: z.enum(["candidate", "production", "same"]),
      text: z.string(),
    }),
  ),
});
export type BlindResult = z.infer<typeof blindResultSchema>;
