import { z } from "zod";

/** First words of the cause of every job that the cap of the month has parked: it goes on once the cap is raised. */
export const SPEND_STOP = "This project's cap for the month";

export const spendLineSchema = z.object({
  calls: z.number().int(),
  /** USD, of the calls whose price is known, `assumedUsd` included. */
  usd: z.number(),
  /** The part of it that nobody told: calls cut off in the air, timed out or without a price in the answer. */
  assumedUsd: z.number(),
  /** Calls of real models or agents whose price is not known: they are in no sum. */
  unpriced: z.number().int(),
  inputTokens: z.number().int(),
  outputTokens: z.number().int(),
});

/** What a project's calls cost in one month, in UTC. */
export const spendMonthSchema = z.object({
  /** `2026-11` */
  month: z.string(),
  /** Months that have calls, newest first; this one is always among them. */
  months: z.array(z.string()),
  total: spendLineSchema,
  /** Null = no cap. */
  capUsd: z.number().nullable(),
  byPurpose: z.array(spendLineSchema.extend({ kind: z.string(), role: z.string() })),
  byModel: z.array(
    spendLineSchema.extend({ connection: z.string(), model: z.string(), simulated: z.boolean() }),
  ),
  byDay: z.array(z.object({ day: z.string(), usd: z.number() })),
  /** Work that waits because the cap is used up. */
  parked: z.array(z.object({ kind: z.string(), name: z.string() })),
});
export type SpendMonth = z.infer<typeof spendMonthSchema>;

export const spendQuerySchema = z.object({
  month: z
    .string()
    .regex(/^20\d\d-(0[1-9]|1[0-2])$/, "A month such as 2026-11")
    .optional(),
});
