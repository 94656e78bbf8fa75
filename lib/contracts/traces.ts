import { z } from "zod";
import { stepSchema } from "./evaluations";
import { recordInputsSchema, tagSchema } from "./records";

/** An answer that an agent gave, sent in from outside. */
export const sentTraceSchema = z
  .object({
    /** The sender's own name for it: sent twice, it is kept once. */
    id: z.string().min(1).max(200).optional(),
    /** The record that was asked; or `inputs`, whose record is found by its content, or written. */
    recordId: z.string().optional(),
    inputs: recordInputsSchema.optional(),
    /** What the agent said; empty together with an `error`. */
    output: z.string().max(200_000).default(""),
    /** Why it gave no answer. */
    error: z.string().max(10_000).optional(),
    /** What it did on the way. */
    steps: z
      .array(stepSchema.extend({ ms: stepSchema.shape.ms.default(null) }))
      .max(500)
      .default([]),
    promptVersionId: z.string().optional(),
    latencyMs: z.number().min(0).optional(),
    costUsd: z.number().min(0).optional(),
    /** Tags of the record, where one is written. */
    tags: z.array(tagSchema).max(30).default([]),
  })
  .refine(({ recordId, inputs }) => (recordId === undefined) !== (inputs === undefined), {
    message: "Name the record by recordId, or give its inputs: one of the two.",
    path: ["recordId"],
  })
  .refine(({ output, error }) => output.trim() !== "" || (error ?? "").trim() !== "", {
    message: "There is neither an output nor an error.",
    path: ["output"],
  });
export type SentTrace = z.output<typeof sentTraceSchema>;

export const sendTracesInput = z.object({
  /** Needed from a session; a key belongs to one project. */
  project: z.string().optional(),
  traces: z.array(sentTraceSchema).min(1).max(500),
});
export type SendTracesInput = z.output<typeof sendTracesInput>;

export const sentTracesSchema = z.object({
  items: z.array(
    z.object({
      traceId: z.string(),
      /** As it was sent. */
      id: z.string().nullable(),
      recordId: z.string(),
      /** False: it was here already, and nothing was written. */
      created: z.boolean(),
      /** Its record was written with it. */
      recordCreated: z.boolean(),
    }),
  ),
});
export type SentTraces = z.infer<typeof sentTracesSchema>;
