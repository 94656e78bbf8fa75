import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { recordSets } from "@/lib/contracts/records";
import { expectationsFormat, jsonValueFormat, recordInputsFormat, stringListFormat } from "../formats";
import { jsonColumn } from "../json-column";
import { createdAt, createdBy, flag, id, updatedAt } from "./columns";
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
    updatedBy: text("updated_by").notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
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

/** First phase of an import: what was read, until it is confirmed or forgotten. */
export const recordImports = sqliteTable("record_imports", {
  id: id(),
  projectId: text("project_id")
    .notNull()
    .references(() => projects.id),
  plan: jsonColumn("plan", jsonValueFormat).notNull(),
  appliedAt: integer("applied_at"),
  createdBy: createdBy(),
  createdAt: createdAt(),
});

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
