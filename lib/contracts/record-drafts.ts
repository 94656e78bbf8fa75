import { z } from "zod";
import { expectationsSchema } from "./records";

/** What a draft of *what a good answer does* would rest on, told before anything is sent. */
export const draftBasisSchema = z.object({
  /** Labels with a reason, of any answer to the record. */
  labels: z.number().int(),
  betterAnswers: z.number().int(),
  /** What experts said to each other about its answers. */
  notes: z.number().int(),
  /** Where all of it goes; null when nothing leaves this computer. */
  host: z.string().nullable(),
});
export type DraftBasis = z.infer<typeof draftBasisSchema>;

/** A proposal that an expert confirms, changes or drops; the record is as it was. */
export const draftedExpectationsSchema = z.object({
  expectations: expectationsSchema,
  basis: draftBasisSchema,
  simulated: z.boolean(),
});
export type DraftedExpectations = z.infer<typeof draftedExpectationsSchema>;
