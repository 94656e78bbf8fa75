import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { jsonValueFormat } from "../formats";
import { jsonColumn } from "../json-column";
import { createdAt, createdBy, flag, id, updatedAt } from "./columns";
import { projects } from "./projects";
import { aliasEvents } from "./prompts";

/** The MLflow server that a project is connected with: one at most. */
export const mlflowLinks = sqliteTable("mlflow_links", {
  projectId: text("project_id")
    .primaryKey()
    .references(() => projects.id),
  url: text("url").notNull(),
  /** Name of the experiment there that is read and written. */
  experiment: text("experiment").notNull(),
  /** With it the token is a password (basic); without it the token is a bearer's. */
  username: text("username"),
  sealedToken: text("sealed_token"),
  /** Whether a promotion here is written there. */
  writesOnPromote: flag("writes_on_promote").notNull(),
  /** What the server was found to have; the service's own shape. */
  services: jsonColumn("services", jsonValueFormat),
  checkedAt: integer("checked_at"),
  createdBy: createdBy(),
  createdAt: createdAt(),
});

/** What is known here of a thing there: its own id, and the hash of what was taken over, so that nothing is taken twice. */
export const mlflowItems = sqliteTable(
  "mlflow_items",
  {
    projectId: text("project_id")
      .notNull()
      .references(() => projects.id),
    kind: text("kind", { enum: ["record", "label", "judge"] }).notNull(),
    remoteId: text("remote_id").notNull(),
    localId: text("local_id").notNull(),
    hash: text("hash").notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.kind, table.remoteId] })],
);

/** One import from the server: what was read, what it would do, and what it did. */
export const mlflowImports = sqliteTable(
  "mlflow_imports",
  {
    id: id(),
    projectId: text("project_id")
      .notNull()
      .references(() => projects.id),
    /** What was read, until it is written; the service's own shape. */
    content: jsonColumn("content", jsonValueFormat),
    /** Counts and notices of what it would do, and later did; the service's own shape. */
    preview: jsonColumn("preview", jsonValueFormat),
    result: jsonColumn("result", jsonValueFormat),
    /** Why it could not be read or written. */
    problem: text("problem"),
    /** Whether whoever confirmed it may set aliases. */
    maySetAliases: flag("may_set_aliases").notNull().default(false),
    confirmedAt: integer("confirmed_at"),
    appliedAt: integer("applied_at"),
    createdBy: createdBy(),
    createdAt: createdAt(),
  },
  (table) => [index("mlflow_imports_by_project").on(table.projectId, table.createdAt)],
);

/** The outbox: one entry for every move of an alias that is written there. */
export const mlflowPushes = sqliteTable(
  "mlflow_pushes",
  {
    id: id(),
    projectId: text("project_id")
      .notNull()
      .references(() => projects.id),
    aliasEventId: text("alias_event_id")
      .notNull()
      .references(() => aliasEvents.id),
    state: text("state", { enum: ["waiting", "held", "written", "given-up"] }).notNull(),
    attempts: integer("attempts").notNull().default(0),
    nextAt: integer("next_at").notNull(),
    /** What is done already, by step; the service's own shape. */
    steps: jsonColumn("steps", jsonValueFormat).notNull(),
    /** Written although the alias there was moved by somebody else. */
    isForced: flag("is_forced").notNull().default(false),
    lastError: text("last_error"),
    writtenAt: integer("written_at"),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("mlflow_pushes_event").on(table.aliasEventId),
    index("mlflow_pushes_due").on(table.state, table.nextAt),
    index("mlflow_pushes_by_project").on(table.projectId, table.createdAt),
  ],
);
