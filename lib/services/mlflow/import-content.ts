import { z } from "zod";
import { stepSchema } from "@/lib/contracts/evaluations";
import { modelSettingsSchema } from "@/lib/contracts/judges";

/** What was read of a server, as it is stored between the preview and the writing: what was shown is what is written. */
const versionSchema = z.object({
  number: z.string(),
  /** Null: it cannot be a text here, for the reason in `problem`. */
  text: z.string().nullable(),
  problem: z.string().nullable(),
  message: z.string(),
  tags: z.record(z.string(), z.string()),
  modelConfig: modelSettingsSchema.extend({ model: z.string().optional() }),
});
export type RemoteVersion = z.infer<typeof versionSchema>;

const promptSchema = z.object({
  name: z.string(),
  /** Oldest first. */
  versions: z.array(versionSchema),
  aliases: z.array(z.object({ alias: z.string(), number: z.string() })),
});
export type RemotePrompt = z.infer<typeof promptSchema>;

const lineSchema = z.object({
  /** The id of what it was read from there. */
  remoteId: z.string(),
  hash: z.string(),
  /** A line of an import of records: inputs, expectations, tags. */
  value: z.unknown(),
});
export type RemoteLine = z.infer<typeof lineSchema>;

const feedbackSchema = z.object({
  id: z.string(),
  name: z.string(),
  value: z.unknown(),
  rationale: z.string(),
  by: z.string(),
  hash: z.string(),
});
export type RemoteFeedback = z.infer<typeof feedbackSchema>;

const traceSchema = z.object({
  id: z.string(),
  at: z.number(),
  output: z.string(),
  cause: z.string().nullable(),
  steps: z.array(stepSchema),
  latencyMs: z.number().nullable(),
  feedback: z.array(feedbackSchema),
});
export type RemoteTrace = z.infer<typeof traceSchema>;

export const importContentSchema = z.object({
  prompts: z.array(promptSchema),
  lines: z.array(lineSchema),
  traces: z.array(traceSchema),
  /** What could not be read, and what the server lacks. */
  notices: z.array(z.string()),
});
export type ImportContent = z.infer<typeof importContentSchema>;
