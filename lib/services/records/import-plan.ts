import { z } from "zod";
import type { ImportEntry, ImportProgress } from "@/db/repos/imports.repo";
import {
  columnRoles,
  type ImportLine,
  type ImportResult,
  importFormats,
  importResultSchema,
} from "@/lib/contracts/record-imports";
import type { BadLine } from "./import-line";

/** How the text of an import is read, as it is stored with it. */
const importPlanSchema = z.object({
  format: z.enum(importFormats),
  /** What each column is, in the order of the table; null = as the names say. */
  roles: z.array(z.enum(columnRoles)).nullable(),
  /** Good lines of the preview, for progress. */
  total: z.number().int(),
});
export type ImportPlan = z.infer<typeof importPlanSchema>;

/** Nothing is written yet. */
export const BEFORE_ALL: ImportProgress = { cursor: 0, created: 0, updated: 0, skipped: 0 };

/** Rejected lines that are listed one by one; the file of rejected lines has all. */
const LISTED_REJECTED = 500;

export function readPlan(stored: unknown): ImportPlan {
  return importPlanSchema.parse(stored);
}

/** What it did; while it is at work, what it has done so far. */
export function resultOf({ result, progress }: Pick<ImportEntry, "result" | "progress">): ImportResult {
  if (result !== null) return importResultSchema.parse(result);
  const { created, updated, skipped } = progress ?? BEFORE_ALL;
  return { created, updated, skipped, invalid: 0, rejected: [] };
}

/** The first rejected lines by number. */
export function listRejected(lines: readonly ImportLine[]): ImportLine[] {
  return [...lines].sort((a, b) => a.line - b.line).slice(0, LISTED_REJECTED);
}

export function toBadLine({ line, question, problem }: BadLine): ImportLine {
  return { line, outcome: "invalid", question, problem, notice: null };
}
