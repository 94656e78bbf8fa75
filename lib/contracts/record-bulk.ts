import { z } from "zod";
import { tagSchema } from "./records";
import { recordSets, recordSorts } from "./word-lists";

/** What a list of records is narrowed to; `sort` matters for the order of an export alone. */
export const recordFilterSchema = z.object({
  q: z.string().max(500).optional(),
  tag: z.string().optional(),
  set: z.enum(recordSets).optional(),
  needsWork: z.literal(true).optional(),
  archived: z.boolean().default(false),
  sort: z.enum(recordSorts).default("created"),
  dir: z.enum(["asc", "desc"]).optional(),
});

/** Many records: by name, or all that a filter fits but some. */
export const recordSelectionSchema = z.union([
  z.object({ ids: z.array(z.string()).min(1).max(10_000) }),
  z.object({ filter: recordFilterSchema, except: z.array(z.string()).max(10_000).default([]) }),
]);
export type RecordSelection = z.output<typeof recordSelectionSchema>;

/** What is done to each of them. Tags that are there already, and records that stay as they are, count as unchanged. */
export const bulkActSchema = z
  .object({
    addTags: z.array(tagSchema).max(30).default([]),
    removeTags: z.array(tagSchema).max(30).default([]),
    archived: z.boolean().optional(),
  })
  .refine(
    ({ addTags, removeTags, archived }) => addTags.length + removeTags.length > 0 || archived !== undefined,
    "Say what shall be done: a tag to add or to take away, or archived.",
  );
export type BulkAct = z.output<typeof bulkActSchema>;

export const bulkChangeInput = z.object({ select: recordSelectionSchema, act: bulkActSchema });
export type BulkChangeInput = z.output<typeof bulkChangeInput>;

export const bulkResultSchema = z.object({
  /** Names the act for its undo; null when nothing was changed. */
  actId: z.string().nullable(),
  changed: z.number().int(),
  /** Already so, or (on undo) changed by somebody since and left as it is. */
  unchanged: z.number().int(),
  /** They have as many tags as a record may have. */
  full: z.number().int(),
});
export type BulkResult = z.infer<typeof bulkResultSchema>;

export const exportFormats = ["jsonl", "csv"] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const exportSelectionInput = z.object({
  select: recordSelectionSchema,
  format: z.enum(exportFormats).default("jsonl"),
});
