import { z } from "zod";
import { stepSchema } from "./evaluations";

/** One candidate opened: its text, provenance, reflection and per-record results. */
export const candidateDetailSchema = z.object({
  candidateId: z.string(),
  components: z.record(z.string(), z.string()),
  parentIds: z.array(z.string()),
  parentComponents: z.record(z.string(), z.string()).nullable(),
  seedComponents: z.record(z.string(), z.string()),
  /** What is in production now; null when nothing is. */
  productionComponents: z.record(z.string(), z.string()).nullable(),
  summary: z.string(),
  changes: z.array(
    z.object({
      sentence: z.string(),
      exampleIds: z.array(z.string()),
      guidelineIds: z.array(z.string()),
      verified: z.boolean(),
    }),
  ),
  /** Guidelines that the changes cite, with the experts' words behind them. */
  guidelines: z.array(
    z.object({
      id: z.string(),
      text: z.string(),
      words: z.array(z.object({ author: z.string(), reason: z.string() })),
    }),
  ),
  refused: z.object({ reason: z.string(), detail: z.string() }).nullable(),
  reflection: z.object({ prompt: z.string(), reply: z.string() }).nullable(),
  rollouts: z.array(
    z.object({
      recordId: z.string(),
      question: z.string(),
      output: z.string(),
      score: z.number().nullable(),
      shown: z.string(),
      rationale: z.string(),
      cause: z.string().nullable(),
      parentScore: z.number().nullable(),
      seedScore: z.number().nullable(),
      /** What the agent did on the way, when it says. */
      steps: z.array(stepSchema),
      /** False when the answer was known from an earlier run. */
      paid: z.boolean(),
      costUsd: z.number().nullable(),
      latencyMs: z.number().nullable(),
    }),
  ),
});
export type CandidateDetail = z.infer<typeof candidateDetailSchema>;

/** What led to one candidate, in short: for its place in the family tree. */
export const candidateBecauseSchema = z.object({
  candidateId: z.string(),
  parentId: z.string().nullable(),
  /** Of the parent's answers that it was to learn from the worst; a grade is null where it could not be scored. */
  answers: z.array(
    z.object({
      recordId: z.string(),
      question: z.string(),
      shown: z.string().nullable(),
      feedback: z.string(),
    }),
  ),
  /** Further answers that were shown. */
  more: z.number().int(),
  guidelines: candidateDetailSchema.shape.guidelines,
});
export type CandidateBecause = z.infer<typeof candidateBecauseSchema>;

/** A call of a model or of the agent that a run made. */
export const runCallSchema = z.object({
  id: z.string(),
  callKey: z.string(),
  role: z.string(),
  model: z.string(),
  /** The record that it was about; null for reflections and checks. */
  recordId: z.string().nullable(),
  /** Above 1 when a crash lost earlier flights. */
  attempt: z.number().int(),
  simulated: z.boolean(),
  at: z.number(),
  inputTokens: z.number().nullable(),
  outputTokens: z.number().nullable(),
  costUsd: z.number().nullable(),
  latencyMs: z.number().nullable(),
});
export type RunCall = z.infer<typeof runCallSchema>;

/** With the exact request and reply, as JSON. */
export const runCallDetailSchema = runCallSchema.extend({ request: z.string(), reply: z.string() });
export type RunCallDetail = z.infer<typeof runCallDetailSchema>;
