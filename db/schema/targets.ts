import { index, integer, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { canaryResults } from "@/lib/contracts/targets";
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

/** What tests of an agent found, newest last: whether it uses the prompt that it is sent. */
export const targetChecks = sqliteTable(
  "target_checks",
  {
    id: id(),
    targetVersionId: text("target_version_id")
      .notNull()
      .references(() => targetVersions.id),
    canary: text("canary", { enum: canaryResults }).notNull(),
    says: text("says").notNull(),
    latencyMs: real("latency_ms"),
    createdAt: createdAt(),
  },
  (table) => [index("target_checks_by_version").on(table.targetVersionId, table.createdAt)],
);
