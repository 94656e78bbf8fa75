import { z } from "zod";
import { runStates } from "./runs";

export const importFormats = ["jsonl", "csv"] as const;

/** What a column of a table is read as. A named field keeps the column's own name. */
export const columnRoles = [
  "question",
  "expected_response",
  "facts",
  "must_never",
  "tags",
  "critical",
  "inputs",
  "field",
  "leave-out",
] as const;
export type ColumnRole = (typeof columnRoles)[number];

export const importColumnSchema = z.object({
  name: z.string().max(500),
  role: z.enum(columnRoles),
  /** The first values that are not empty, shortened. */
  samples: z.array(z.string()).default([]),
});
export type ImportColumn = z.infer<typeof importColumnSchema>;

/** One line of an import and what will happen to it. */
export const importLineSchema = z.object({
  /** Line of the file, counted from 1; in a spreadsheet the line on which the row begins. */
  line: z.number().int(),
  outcome: z.enum(["new", "changed", "duplicate", "invalid"]),
  question: z.string(),
  /** Why it cannot be imported; null unless invalid. */
  problem: z.string().nullable(),
  /** What to know before importing it: personal data, something left out. Null = nothing. */
  notice: z.string().nullable(),
});
export type ImportLine = z.infer<typeof importLineSchema>;

export const importPreviewSchema = z.object({
  importId: z.string(),
  format: z.enum(importFormats),
  /** Columns of a table and what each is read as; null where lines name their parts themselves. */
  columns: z.array(importColumnSchema).nullable(),
  /** No column is the question: nothing can be read before somebody says which one is. */
  needsColumns: z.boolean(),
  counts: z.object({ new: z.number(), changed: z.number(), duplicate: z.number(), invalid: z.number() }),
  /** Lines with a notice, such as personal data. */
  notices: z.number().int(),
  /** The first invalid lines, those with a notice, and the first of the others, by number. */
  lines: z.array(importLineSchema),
});
export type ImportPreview = z.infer<typeof importPreviewSchema>;

export const chooseColumnsInput = z.object({
  columns: z.array(importColumnSchema.pick({ name: true, role: true })).max(1_000),
});

export const importResultSchema = z.object({
  created: z.number().int(),
  updated: z.number().int(),
  skipped: z.number().int(),
  /** Lines that were left out; `rejected` lists the first of them, the file of rejected lines all. */
  invalid: z.number().int(),
  rejected: z.array(importLineSchema),
});
export type ImportResult = z.infer<typeof importResultSchema>;

/** Where an import stands once it was confirmed. */
export const importStateSchema = z.object({
  importId: z.string(),
  jobId: z.string().nullable(),
  state: z.enum(runStates),
  done: z.number().int(),
  total: z.number().int(),
  cause: z.string().nullable(),
  /** What it has done so far; final once the state is `done`. */
  result: importResultSchema,
});
export type ImportState = z.infer<typeof importStateSchema>;
