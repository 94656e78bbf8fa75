import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { pricesFormat } from "../formats";
import { jsonColumn } from "../json-column";
import { createdAt, createdBy, flag, id, updatedAt } from "./columns";
import { projects } from "./projects";

/** Addresses of models, for the whole server. Keys and headers are sealed (lib/services/secrets). */
export const connections = sqliteTable("connections", {
  id: id(),
  name: text("name").notNull(),
  kind: text("kind", { enum: ["real", "simulated"] }).notNull(),
  baseUrl: text("base_url").notNull(),
  sealedKey: text("sealed_key"),
  sealedHeaders: text("sealed_headers"),
  prices: jsonColumn("prices", pricesFormat).notNull(),
  maxConcurrency: integer("max_concurrency").notNull(),
  timeoutMs: integer("timeout_ms").notNull(),
  fromEnvironment: flag("from_environment").notNull().default(false),
  archivedAt: integer("archived_at"),
  createdBy: createdBy(),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
});

/** Which projects may use a connection. */
export const connectionGrants = sqliteTable(
  "connection_grants",
  {
    connectionId: text("connection_id")
      .notNull()
      .references(() => connections.id),
    projectId: text("project_id")
      .notNull()
      .references(() => projects.id),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.connectionId, table.projectId] }),
    index("connection_grants_by_project").on(table.projectId),
  ],
);
