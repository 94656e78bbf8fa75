import { z } from "zod";

/** Stands in stored calls whose text is no longer kept. */
export const NO_LONGER_KEPT = "[no longer kept]";

const days = z.number().int().min(7).max(3_650).nullable();

/** After how many days something goes by itself; null = it is kept. */
export const retentionSchema = z.object({
  /** Requests and replies of model calls, after their work has ended. Numbers, prices and hashes stay. */
  callsDays: days.default(null),
  /** Messages of webhooks that were delivered or given up, with their entries in the log. */
  messagesDays: days.default(null),
});
export type Retention = z.infer<typeof retentionSchema>;

const fromQuery = z.coerce.number().int().min(7).max(3_650).optional();
export const retentionQuerySchema = z.object({ callsDays: fromQuery, messagesDays: fromQuery });

/** What would go now with these settings. */
export const retentionPreviewSchema = z.object({
  calls: z.number().int(),
  /** Old enough too, and kept all the same: a look at sealed records, or a run behind a review, rests on them. */
  callsKeptAsEvidence: z.number().int(),
  messages: z.number().int(),
});
export type RetentionPreview = z.infer<typeof retentionPreviewSchema>;
