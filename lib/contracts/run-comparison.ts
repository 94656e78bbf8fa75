import { z } from "zod";
import { runRowSchema } from "./runs";

/** Two runs of a project side by side: what differed at launch, what came of each, and on which records. */
export const runComparisonSchema = z.object({
  /** The runs in the order in which they were asked for. */
  runs: z.tuple([runRowSchema, runRowSchema]),
  /** Everything that each was launched with; `isDifferent` marks what is not the same. */
  settings: z.array(
    z.object({ name: z.string(), left: z.string(), right: z.string(), isDifferent: z.boolean() }),
  ),
  /** False when the judges differ: the grades are then of two rulers, and no record is compared. */
  isComparable: z.boolean(),
  /** The recommended candidates on the records that both were scored on, normalised. */
  records: z.array(
    z.object({ recordId: z.string(), question: z.string(), left: z.number(), right: z.number() }),
  ),
  /** Texts of the recommended candidates. */
  texts: z.object({ left: z.record(z.string(), z.string()), right: z.record(z.string(), z.string()) }),
});
export type RunComparison = z.infer<typeof runComparisonSchema>;
