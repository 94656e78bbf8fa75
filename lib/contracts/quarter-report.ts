import { z } from "zod";

/** "2026-q4", in UTC. */
export const quarterSchema = z
  .string()
  .regex(/^\d{4}-q[1-4]$/, "A quarter is written as a year and its number, such as 2026-q4.");

const actSchema = z.object({
  id: z.string(),
  kind: z.enum(["initial", "promotion", "rollback", "decline"]),
  at: z.number(),
  promptName: z.string(),
  /** Null for a decline: it moves none. */
  alias: z.string().nullable(),
  fromVersion: z.number().int().nullable(),
  /** Null for a decline: its text was never registered. */
  toVersion: z.number().int().nullable(),
  by: z.string(),
  reason: z.string(),
  /** What its evidence said then; null where there was none. */
  evidence: z.string().nullable(),
  overridden: z.boolean(),
  selfApproved: z.boolean(),
  review: z.object({ id: z.string(), number: z.number().int() }).nullable(),
});
export type QuarterAct = z.infer<typeof actSchema>;

/** What was decided in a quarter, and how old the evidence is on which production rests now. */
export const quarterReportSchema = z.object({
  quarter: quarterSchema,
  /** Milliseconds since 1970, UTC; `until` is the first moment after it. */
  from: z.number(),
  until: z.number(),
  /** Quarters of this project, latest first. */
  quarters: z.array(quarterSchema),
  /** Oldest first. */
  acts: z.array(actSchema),
  counts: z.object({
    promotions: z.number().int(),
    declines: z.number().int(),
    rollbacks: z.number().int(),
    overrides: z.number().int(),
    selfApprovals: z.number().int(),
  }),
  /** Reviews that wait for a decision now. */
  waiting: z.number().int(),
  inProduction: z.array(
    z.object({
      promptName: z.string(),
      version: z.number().int(),
      since: z.number(),
      /** Sentence of the evidence that put it there; null where there was none. */
      evidence: z.string().nullable(),
      /** Why that evidence says little about today; null while it does, or where there was none. */
      evidenceAge: z.string().nullable(),
    }),
  ),
});
export type QuarterReport = z.infer<typeof quarterReportSchema>;
