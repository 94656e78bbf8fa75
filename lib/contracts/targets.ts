import { z } from "zod";
import { callsAtOnceSchema, patienceSchema } from "./limits";

/** RFC 6901: empty for the whole reply, else it begins with a slash. */
const pointer = z
  .string()
  .trim()
  .max(200)
  .regex(/^(\/.*)?$/, "A path into the reply begins with a slash, as in /text.");

/** What an HTTP agent is reached with. Values of headers go in and never come out. */
export const agentSettingsSchema = z.object({
  url: z.url({ protocol: /^https?$/ }).max(2_000),
  /** Where the answer's text stands in the reply. */
  replyPointer: pointer,
  /** Where the agent says what it did; null = it does not say. */
  stepsPointer: pointer.nullable(),
  /** Where it says tokens and cost; null = it does not say. */
  usagePointer: pointer.nullable(),
  maxConcurrency: callsAtOnceSchema(64),
  timeoutMs: patienceSchema,
  /** What one answer costs at most, in USD: a cap in money needs it. Null = not known. */
  maxUsdPerCall: z.number().positive().max(1_000).nullable(),
});

const headerName = z
  .string()
  .trim()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, "A header's name has letters, digits and hyphens.")
  .max(100)
  .refine((name) => !RESERVED.has(name.toLowerCase()), "Touchstone sets this header itself.");
const RESERVED = new Set([
  "host",
  "content-type",
  "content-length",
  "connection",
  "transfer-encoding",
  "accept",
]);

export const saveAgentInput = agentSettingsSchema.extend({
  /** All headers that it shall have; a value that is left out stays as it is stored. */
  headers: z
    .array(z.object({ name: headerName, value: z.string().min(1).max(10_000).optional() }))
    .max(20)
    .default([]),
});
export type SaveAgentInput = z.output<typeof saveAgentInput>;

/** What a check found: whether the agent does what a prompt from outside tells it. */
export const canaryResults = ["used", "ignored", "failed"] as const;

export type CanaryResult = (typeof canaryResults)[number];

export const agentCheckSchema = z.object({
  at: z.number(),
  canary: z.enum(canaryResults),
  says: z.string(),
  latencyMs: z.number().nullable(),
});
export type AgentCheck = z.infer<typeof agentCheckSchema>;

/** Who answers in a project: a model with the prompt, or the project's own program. */
export const targetViewSchema = z.object({
  inUse: z.enum(["chat", "http"]),
  targetVersionId: z.string(),
  chat: z.object({ model: z.string(), connection: z.string(), simulated: z.boolean() }),
  agent: agentSettingsSchema
    .extend({
      version: z.number().int(),
      headerNames: z.array(z.string()),
      /** Of this version; null = it was never tested. */
      lastCheck: agentCheckSchema.nullable(),
    })
    .nullable(),
});
export type TargetView = z.infer<typeof targetViewSchema>;

export const useTargetInput = z.object({ use: z.enum(["chat", "http"]) });

export const testAgentInput = z.object({
  question: z.string().trim().min(1).max(5_000).default("Say in one sentence what you can help with."),
});

/** One call of a test, as it left and as it came back; secrets are blanked. */
export const agentExchangeSchema = z.object({
  sent: z.object({ url: z.string(), headers: z.array(z.string()), body: z.string() }),
  received: z
    .object({
      status: z.number().int(),
      ms: z.number(),
      body: z.string(),
      output: z.string().nullable(),
      steps: z.number().int().nullable(),
      usage: z.string().nullable(),
    })
    .nullable(),
});
export type AgentExchange = z.infer<typeof agentExchangeSchema>;

export const agentTestSchema = z.object({
  ok: z.boolean(),
  headline: z.string(),
  steps: z.array(
    z.object({
      name: z.string(),
      status: z.enum(["ok", "failed", "skipped"]),
      detail: z.string(),
      ms: z.number().nullable(),
    }),
  ),
  question: agentExchangeSchema,
  canary: agentExchangeSchema.nullable(),
});
export type AgentTest = z.infer<typeof agentTestSchema>;
