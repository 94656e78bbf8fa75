import { z } from "zod";
import { guidelineSchema } from "./judges";

/** Which labels a change of the standard is about. */
export const standardScopeInput = z.object({
  /** Labels of records with this tag; null = of all records. */
  tag: z.string().nullable().default(null),
  /** Labels given before this moment (ms). */
  before: z.number().int(),
  /** These labels alone, of those that the rest lets through; null = all of them. */
  labelIds: z.array(z.string()).min(1).max(1_000).nullable().default(null),
});
export type StandardScope = z.output<typeof standardScopeInput>;
export type StandardScopeInput = z.input<typeof standardScopeInput>;

export const changeStandardInput = standardScopeInput.extend({
  /** Guidelines that hold no more, beside those that lose their last label. */
  retire: z.array(z.string()).max(50).default([]),
  reason: z.string().trim().min(3, "Say in a few words what has changed.").max(2_000),
});
export type ChangeStandardInput = z.input<typeof changeStandardInput>;

/** What a change of the standard would do; nothing is done to find out. */
export const standardPreviewSchema = z.object({
  /** Labels that would be set aside, and those that would still teach. */
  labels: z.number().int(),
  left: z.number().int(),
  /** All labels behind them are set aside, so they go. */
  removed: z.array(guidelineSchema),
  /** Some of their labels are set aside: the next teaching words them anew. */
  affected: z.array(guidelineSchema),
  /** Nothing happens to them unless they are retired. */
  untouched: z.array(guidelineSchema),
  remembered: z.number().int(),
  /** The version that this is about; null while the judge has none. */
  baseVersion: z.number().int().nullable(),
  /** Tags that labels of this judge have, most frequent first. */
  tags: z.array(z.object({ tag: z.string(), labels: z.number().int() })),
});
export type StandardPreview = z.infer<typeof standardPreviewSchema>;

/** A change of the standard as it was made. */
export const standardChangeSchema = z.object({
  id: z.string(),
  tag: z.string().nullable(),
  before: z.number(),
  reason: z.string(),
  labels: z.number().int(),
  /** Words of the guidelines that went. */
  retired: z.array(z.string()),
  /** The draft that was made of it; null when no version had to change. */
  versionId: z.string().nullable(),
  undoneAt: z.number().nullable(),
  createdBy: z.string(),
  createdAt: z.number(),
});
export type StandardChangeView = z.infer<typeof standardChangeSchema>;
