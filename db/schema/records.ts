import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { recordSets } from "@/lib/contracts/word-lists";
import { expectationsFormat, jsonValueFormat, recordInputsFormat, stringListFormat } from "../formats";
import { jsonColumn } from "../json-column";
import { createdAt, createdBy, flag, id, updatedAt } from "./columns";
import { jobs } from "./jobs";
import { projects } from "./projects";

/** A record as it is now; a trigger refuses to move it between practice and sealed. */
export const records = sqliteTable(
  "records",
  {
    id: id(),
    projectId: text("project_id")
      .notNull()
      .references(() => projects.id),
    set: text("set", { enum: recordSets }).notNull().default("unassigned"),
    critical: flag("critical").notNull().default(false),
    archived: flag("archived").notNull().default(false),
    tags: jsonColumn("tags", stringListFormat).notNull(),
    inputs: jsonColumn("inputs", recordInputsFormat).notNull(),
    expectations: jsonColumn("expectations", expectationsFormat).notNull(),
    revision: integer("revision").notNull(),
    source: text("source").notNull(),
    /** What the table shows and sorts by: the last words of the user. */
    question: text("question").notNull(),
    /** No question, or nothing that says what a good answer does. */
    needsWork: flag("needs_work").notNull(),
    /** SHA-256 of the inputs: the same question is found again by an import. */
    inputsHash: text("inputs_hash").notNull(),
    /** The import that has written it and not yet shown it: until then it is archived too, so that no list has it. */
    stagedBy: text("staged_by"),
    updatedBy: text("updated_by").notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    index("records_staged").on(table.stagedBy).where(sql`${table.stagedBy} is not null`),
    index("records_by_created").on(table.projectId, table.archived, table.createdAt, table.id),
    index("records_by_updated").on(table.projectId, table.archived, table.updatedAt, table.id),
    index("records_by_question").on(table.projectId, table.archived, table.question, table.id),
    index("records_by_set").on(table.projectId, table.set),
    index("records_by_inputs").on(table.projectId, table.inputsHash),
    check("records_set_known", sql`${table.set} in ('unassigned', 'practice', 'sealed')`),
  ],
);

export const recordRevisions = sqliteTable(
  "record_revisions",
  {
    recordId: text("record_id")
      .notNull()
      .references(() => records.id),
    revision: integer("revision").notNull(),
    inputs: jsonColumn("inputs", recordInputsFormat).notNull(),
    expectations: jsonColumn("expectations", expectationsFormat).notNull(),
    tags: jsonColumn("tags", stringListFormat).notNull(),
    critical: flag("critical").notNull(),
    createdBy: createdBy(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.recordId, table.revision] })],
);

/**
 * Everything that a search looks through, one text a record. Triggers keep the full-text index `record_search`
 * (a custom migration) in step with it; the integer key survives a VACUUM, which a hidden rowid does not.
 */
export const recordTexts = sqliteTable("record_texts", {
  rowKey: integer("row_key").primaryKey({ autoIncrement: true }),
  recordId: text("record_id")
    .notNull()
    .unique()
    .references(() => records.id),
  body: text("body").notNull(),
  createdAt: createdAt(),
});

/** An import: its text and columns until it is done, then what became of it. */
export const recordImports = sqliteTable(
  "record_imports",
  {
    id: id(),
    projectId: text("project_id")
      .notNull()
      .references(() => projects.id),
    /** Format and columns; the service's own shape. */
    plan: jsonColumn("plan", jsonValueFormat).notNull(),
    /** The file's text; empty once the import is over, for nothing of it must be kept twice. */
    source: text("source").notNull().default(""),
    /** Counts and rejected lines once it is over; the service's own shape. */
    result: jsonColumn("result", jsonValueFormat),
    jobId: text("job_id").references(() => jobs.id),
    appliedAt: integer("applied_at"),
    createdBy: createdBy(),
    createdAt: createdAt(),
  },
  (table) => [index("record_imports_by_project").on(table.projectId, table.createdAt)],
);

/** How far an import is. Apart from its text, which SQLite would write anew with every batch. */
export const recordImportProgress = sqliteTable("record_import_progress", {
  importId: text("import_id")
    .primaryKey()
    .references(() => recordImports.id),
  /** Good lines that are written: where a resumed import goes on. */
  cursor: integer("cursor").notNull(),
  created: integer("created").notNull(),
  updated: integer("updated").notNull(),
  skipped: integer("skipped").notNull(),
  createdAt: createdAt(),
});

/** One act on many records at once, and which revisions it made: enough to take it back. */
export const recordBulkActs = sqliteTable(
  "record_bulk_acts",
  {
    id: id(),
    projectId: text("project_id")
      .notNull()
      .references(() => projects.id),
    act: jsonColumn("act", jsonValueFormat).notNull(),
    /** `[recordId, revision before, revision after]` of each record that it changed. */
    changed: jsonColumn("changed", jsonValueFormat).notNull(),
    undoneAt: integer("undone_at"),
    createdBy: createdBy(),
    createdAt: createdAt(),
  },
  (table) => [index("record_bulk_acts_by_project").on(table.projectId, table.createdAt)],
);

/** Records frozen at one moment, each by its revision. */
export const datasetSnapshots = sqliteTable(
  "dataset_snapshots",
  {
    id: id(),
    projectId: text("project_id")
      .notNull()
      .references(() => projects.id),
    hash: text("hash").notNull(),
    createdAt: createdAt(),
  },
  (table) => [index("dataset_snapshots_by_hash").on(table.projectId, table.hash)],
);

export const datasetSnapshotItems = sqliteTable(
  "dataset_snapshot_items",
  {
    snapshotId: text("snapshot_id")
      .notNull()
      .references(() => datasetSnapshots.id),
    recordId: text("record_id")
      .notNull()
      .references(() => records.id),
    position: integer("position").notNull(),
    revision: integer("revision").notNull(),
    /** The set at that moment. */
    set: text("set", { enum: recordSets }).notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.snapshotId, table.recordId] })],
);
