import { z } from "zod";
import { recordSets, recordSorts } from "./word-lists";

export const messageSchema = z.object({
  role: z.enum(["user", "assistant"]),
  content: z.string().max(100_000),
});
export type Message = z.infer<typeof messageSchema>;

/** What goes in: a conversation, and named fields where the prompt has variables. */
export const recordInputsSchema = z.object({
  v: z.literal(1).default(1),
  messages: z.array(messageSchema).max(200),
  fields: z.record(z.string(), z.string().max(100_000)).default({}),
});
export type RecordInputs = z.infer<typeof recordInputsSchema>;

/** What a good answer does; it is not the answer. */
export const expectationsSchema = z.object({
  v: z.literal(1).default(1),
  expected_response: z.string().max(50_000).default(""),
  facts: z.array(z.string().max(2_000)).max(100).default([]),
  mustNever: z.array(z.string().max(2_000)).max(100).default([]),
});
export type Expectations = z.infer<typeof expectationsSchema>;

export const tagSchema = z.string().trim().min(1).max(60);

export const recordSchema = z.object({
  id: z.string(),
  projectId: z.string(),
  set: z.enum(recordSets),
  critical: z.boolean(),
  archived: z.boolean(),
  tags: z.array(z.string()),
  inputs: recordInputsSchema,
  expectations: expectationsSchema,
  /** Counts from 1; the ETag of edits. */
  revision: z.number().int(),
  /** Where it came from: written, import, answer, label, api, sample. */
  source: z.string(),
  createdAt: z.number(),
  updatedAt: z.number(),
  updatedBy: z.string(),
});
export type OptimizationRecord = z.infer<typeof recordSchema>;

export const recordRevisionSchema = z.object({
  recordId: z.string(),
  revision: z.number().int(),
  inputs: recordInputsSchema,
  expectations: expectationsSchema,
  tags: z.array(z.string()),
  critical: z.boolean(),
  author: z.string(),
  createdAt: z.number(),
});
export type RecordRevision = z.infer<typeof recordRevisionSchema>;
export const revisionListSchema = z.object({ items: z.array(recordRevisionSchema) });

export const createRecordInput = z.object({
  inputs: recordInputsSchema,
  expectations: expectationsSchema.default({ v: 1, expected_response: "", facts: [], mustNever: [] }),
  tags: z.array(tagSchema).max(30).default([]),
  critical: z.boolean().default(false),
});
export type CreateRecordInput = z.infer<typeof createRecordInput>;

/** Something that looks like personal data in a record; pointed out, and a block only where the project says so. */
export const personalHintSchema = z.object({
  kind: z.enum(["birth-date", "phone", "email", "patient-number"]),
  /** Where it stands, in words: "Question, turn 1". */
  where: z.string(),
  /** What was found, as it stands there. */
  found: z.string(),
});
export type PersonalHint = z.infer<typeof personalHintSchema>;

/** The answer to a save: the record as it is now, and what in it looks like personal data. */
export const savedRecordSchema = recordSchema.extend({ hints: z.array(personalHintSchema) });
export type SavedRecord = z.infer<typeof savedRecordSchema>;

/** Edits carry If-Match with the revision they started from. */
export const updateRecordInput = z.object({
  inputs: recordInputsSchema.optional(),
  expectations: expectationsSchema.optional(),
  tags: z.array(tagSchema).max(30).optional(),
  critical: z.boolean().optional(),
  archived: z.boolean().optional(),
});
export type UpdateRecordInput = z.infer<typeof updateRecordInput>;

export const recordListQuery = z.object({
  q: z.string().max(500).optional(),
  tag: z.string().optional(),
  set: z.enum(recordSets).optional(),
  needsWork: z.stringbool().optional(),
  archived: z.stringbool().default(false),
  sort: z.enum(recordSorts).default("created"),
  /** Left out: times newest first, words from A. */
  dir: z.enum(["asc", "desc"]).optional(),
  /** Rows to leave out at the beginning; a list that is scrolled asks for its place by it. */
  offset: z.coerce.number().int().min(0).max(1_000_000).optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
export type RecordListQuery = z.infer<typeof recordListQuery>;

/** A row of the records table: the record plus what the table says about it. */
export const recordRowSchema = recordSchema.extend({
  question: z.string(),
  needsWork: z.boolean(),
  /** Last grade given by the judge in use, on its own scale, formatted; null = no answer yet. */
  lastGrade: z.string().nullable(),
});
export type RecordRow = z.infer<typeof recordRowSchema>;

export const recordListSchema = z.object({
  items: z.array(recordRowSchema),
  nextCursor: z.string().nullable(),
  total: z.number().int(),
});
export type RecordList = z.infer<typeof recordListSchema>;

export const readinessSchema = z.object({
  total: z.number().int(),
  usable: z.number().int(),
  practice: z.number().int(),
  sealed: z.number().int(),
  unassigned: z.number().int(),
  missingExpectations: z.array(z.string()),
  /** Named fields that the prompt asks for. */
  promptFields: z.array(z.string()),
  missingFields: z.array(z.object({ recordId: z.string(), field: z.string() })),
  /** Records that read almost the same, two or more a group; not looked for among more than 2 000. */
  nearDuplicates: z.array(z.array(z.string())),
  /** Records that cannot both be met, or one that cannot be met at all. */
  contradictions: z.array(z.object({ recordIds: z.array(z.string()), why: z.string() })),
  /** Tags of which there are so few records that nothing can be told of them; fewest first. */
  thinTags: z.array(z.object({ tag: z.string(), records: z.number().int(), sealed: z.number().int() })),
  /** Records without a tag: no table by tag speaks of them. */
  untagged: z.number().int(),
  /** Gain in grades that the sealed set can show four times in five; null = too few records. */
  detectableGain: z.number().nullable(),
  moreSealedFor: z.object({ records: z.number().int(), gain: z.number() }).nullable(),
  ready: z.boolean(),
  headline: z.string(),
  detail: z.string(),
  /** What the sealed records can show, short enough for one line: "18 sealed can show a gain of about 0.7 grades". */
  short: z.string().nullable(),
});
export type Readiness = z.infer<typeof readinessSchema>;

export const recordTagListSchema = z.object({
  items: z.array(z.object({ tag: z.string(), count: z.number() })),
});

/** What a refused save says: the record as it is now. */
export const recordConflictSchema = z.object({ current: recordSchema });
