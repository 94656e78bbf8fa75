import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { erasedCountsFormat, jsonValueFormat, stringListFormat } from "../formats";
import { jsonColumn } from "../json-column";
import { createdAt, createdBy, id } from "./columns";
import { projects } from "./projects";

export const webhooks = sqliteTable(
  "webhooks",
  {
    id: id(),
    projectId: text("project_id")
      .notNull()
      .references(() => projects.id),
    url: text("url").notNull(),
    sealedSecret: text("sealed_secret").notNull(),
    events: jsonColumn("events", stringListFormat).notNull(),
    removedAt: integer("removed_at"),
    createdBy: createdBy(),
    createdAt: createdAt(),
  },
  (table) => [index("webhooks_by_project").on(table.projectId)],
);

export const webhookDeliveries = sqliteTable(
  "webhook_deliveries",
  {
    id: id(),
    webhookId: text("webhook_id")
      .notNull()
      .references(() => webhooks.id),
    event: text("event").notNull(),
    payload: jsonColumn("payload", jsonValueFormat).notNull(),
    state: text("state", { enum: ["waiting", "delivered", "given-up"] }).notNull(),
    attempts: integer("attempts").notNull().default(0),
    nextAt: integer("next_at").notNull(),
    lastStatus: integer("last_status"),
    lastError: text("last_error"),
    deliveredAt: integer("delivered_at"),
    createdAt: createdAt(),
  },
  (table) => [
    index("webhook_deliveries_due").on(table.state, table.nextAt),
    index("webhook_deliveries_by_webhook").on(table.webhookId, table.createdAt),
  ],
);

/** Answers to writes that carried an Idempotency-Key, for as long as a client may repeat them. */
export const idempotencyKeys = sqliteTable(
  "idempotency_keys",
  {
    actorId: text("actor_id").notNull(),
    key: text("key").notNull(),
    requestHash: text("request_hash").notNull(),
    /** Null while the first request is still at work. */
    response: jsonColumn("response", jsonValueFormat),
    expiresAt: integer("expires_at").notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.actorId, table.key] }),
    index("idempotency_keys_by_expiry").on(table.expiresAt),
  ],
);

/** Everyone's acts. Append-only (a trigger refuses changes). */
export const auditLog = sqliteTable(
  "audit_log",
  {
    id: id(),
    projectId: text("project_id"),
    actorId: text("actor_id").notNull(),
    /** As it was then: accounts may be renamed or go. */
    actorName: text("actor_name").notNull(),
    action: text("action").notNull(),
    subjectType: text("subject_type").notNull(),
    subjectId: text("subject_id").notNull(),
    details: jsonColumn("details", jsonValueFormat),
    createdAt: createdAt(),
  },
  (table) => [
    index("audit_log_by_project").on(table.projectId, table.id),
    index("audit_log_by_subject").on(table.subjectType, table.subjectId),
  ],
);

/** Texts that were erased on somebody's request: how much, when and by whom, never what. */
export const erasures = sqliteTable(
  "erasures",
  {
    id: id(),
    projectId: text("project_id")
      .notNull()
      .references(() => projects.id),
    kind: text("kind", { enum: ["words", "record"] }).notNull(),
    /** Null for words: they are not kept. */
    recordId: text("record_id"),
    erased: jsonColumn("erased", erasedCountsFormat).notNull(),
    /** When the file was written anew after it; null = deleted pages of the file may still hold the text. */
    compactedAt: integer("compacted_at"),
    createdBy: createdBy(),
    createdAt: createdAt(),
  },
  (table) => [index("erasures_by_project").on(table.projectId, table.createdAt)],
);
