import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { targetConfigFormat } from "../formats";
import { jsonColumn } from "../json-column";
import { createdAt, createdBy, id } from "./columns";
import { projects } from "./projects";

/** The assistant under test: a model with the prompt, or the project's own program. */
export const targets = sqliteTable(
  "targets",
  {
    id: id(),
    projectId: text("project_id")
      .notNull()
      .references(() => projects.id),
    name: text("name").notNull(),
    kind: text("kind", { enum: ["chat", "http"] }).notNull(),
    createdAt: createdAt(),
  },
  (table) => [index("targets_by_project").on(table.projectId)],
);

/** Immutable; both sides of a comparison use the same one. */
export const targetVersions = sqliteTable(
  "target_versions",
  {
    id: id(),
    targetId: text("target_id")
      .notNull()
      .references(() => targets.id),
    version: integer("version").notNull(),
    config: jsonColumn("config", targetConfigFormat).notNull(),
    sealedHeaders: text("sealed_headers"),
    contentHash: text("content_hash").notNull(),
    createdBy: createdBy(),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("target_versions_number").on(table.targetId, table.version),
    uniqueIndex("target_versions_content").on(table.targetId, table.contentHash),
  ],
);
