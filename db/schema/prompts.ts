import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { modelConfigFormat, stringListFormat, stringMapFormat } from "../formats";
import { jsonColumn } from "../json-column";
import { createdAt, createdBy, flag, id } from "./columns";
import { projects } from "./projects";

export const prompts = sqliteTable(
  "prompts",
  {
    id: id(),
    projectId: text("project_id")
      .notNull()
      .references(() => projects.id),
    /** Unique on the whole server: agents fetch by name. */
    name: text("name").notNull().unique(),
    createdAt: createdAt(),
  },
  (table) => [index("prompts_by_project").on(table.projectId)],
);

/** Immutable (a trigger refuses changes); one number and one content a prompt. */
export const promptVersions = sqliteTable(
  "prompt_versions",
  {
    id: id(),
    promptId: text("prompt_id")
      .notNull()
      .references(() => prompts.id),
    version: integer("version").notNull(),
    components: jsonColumn("components", stringMapFormat).notNull(),
    layout: jsonColumn("layout", stringListFormat).notNull(),
    variables: jsonColumn("variables", stringListFormat).notNull(),
    modelConfig: jsonColumn("model_config", modelConfigFormat).notNull(),
    contentHash: text("content_hash").notNull(),
    commitMessage: text("commit_message").notNull(),
    tags: jsonColumn("tags", stringMapFormat).notNull(),
    source: text("source").notNull(),
    createdBy: createdBy(),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("prompt_versions_number").on(table.promptId, table.version),
    uniqueIndex("prompt_versions_content").on(table.promptId, table.contentHash),
  ],
);

export const aliases = sqliteTable(
  "aliases",
  {
    promptId: text("prompt_id")
      .notNull()
      .references(() => prompts.id),
    alias: text("alias").notNull(),
    versionId: text("version_id")
      .notNull()
      .references(() => promptVersions.id),
    /** When it came to point at this version. */
    since: integer("since").notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.promptId, table.alias] })],
);

/** Append-only history of every alias (a trigger refuses changes). */
export const aliasEvents = sqliteTable(
  "alias_events",
  {
    id: id(),
    promptId: text("prompt_id")
      .notNull()
      .references(() => prompts.id),
    alias: text("alias").notNull(),
    fromVersionId: text("from_version_id").references(() => promptVersions.id),
    toVersionId: text("to_version_id")
      .notNull()
      .references(() => promptVersions.id),
    kind: text("kind", { enum: ["initial", "promotion", "rollback"] }).notNull(),
    reason: text("reason").notNull(),
    /** No reference: a review names the promoted version, so each may come first. */
    reviewId: text("review_id"),
    evidenceSentence: text("evidence_sentence"),
    selfApproved: flag("self_approved").notNull().default(false),
    overridden: flag("overridden").notNull().default(false),
    createdBy: createdBy(),
    createdAt: createdAt(),
  },
  (table) => [index("alias_events_by_alias").on(table.promptId, table.alias, table.createdAt)],
);

/** Who fetched what last: tells on the prompt's page which agents already have the new version. */
export const promptFetches = sqliteTable(
  "prompt_fetches",
  {
    promptId: text("prompt_id")
      .notNull()
      .references(() => prompts.id),
    alias: text("alias").notNull(),
    /** Name of the API key or of the anonymous reader. */
    reader: text("reader").notNull(),
    versionId: text("version_id")
      .notNull()
      .references(() => promptVersions.id),
    /** First time that this reader got this version. */
    firstAt: integer("first_at").notNull(),
    lastAt: integer("last_at").notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.promptId, table.alias, table.reader] })],
);
