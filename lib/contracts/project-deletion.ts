import { z } from "zod";

/** What would be deleted with a project, and who would notice. */
export const deletionPreviewSchema = z.object({
  counts: z.object({
    records: z.number().int(),
    answers: z.number().int(),
    labels: z.number().int(),
    runs: z.number().int(),
    reviews: z.number().int(),
    promptVersions: z.number().int(),
    /** API keys that still work. */
    keys: z.number().int(),
  }),
  /** Work under way, which would end. */
  endingJobs: z.array(z.object({ kind: z.string(), name: z.string() })),
  /** Who fetched a prompt of it, as what, and when last; the latest first. */
  fetches: z.array(
    z.object({ prompt: z.string(), alias: z.string(), reader: z.string(), lastAt: z.number() }),
  ),
});
export type DeletionPreview = z.infer<typeof deletionPreviewSchema>;
