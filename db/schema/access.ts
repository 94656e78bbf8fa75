import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { roles } from "@/lib/contracts/permissions";
import { scopesFormat } from "../formats";
import { jsonColumn } from "../json-column";
import { user } from "./auth";
import { createdAt, createdBy, id } from "./columns";
import { labelQueues } from "./labels";
import { projects } from "./projects";

/** Keys of programs; each belongs to one project. Only the hash of a key is stored. */
export const apiKeys = sqliteTable(
  "api_keys",
  {
    id: id(),
    projectId: text("project_id")
      .notNull()
      .references(() => projects.id),
    name: text("name").notNull(),
    /** First characters, to recognise it by. */
    prefix: text("prefix").notNull(),
    hash: text("hash").notNull().unique(),
    scopes: jsonColumn("scopes", scopesFormat).notNull(),
    expiresAt: integer("expires_at"),
    lastUsedAt: integer("last_used_at"),
    revokedAt: integer("revoked_at"),
    createdBy: createdBy(),
    createdAt: createdAt(),
  },
  (table) => [index("api_keys_by_project").on(table.projectId)],
);

/** One-time links of the first run. */
export const setupTokens = sqliteTable("setup_tokens", {
  hash: text("hash").primaryKey(),
  expiresAt: integer("expires_at"),
  usedAt: integer("used_at"),
  createdAt: createdAt(),
});

/** A link by which one person joins a project. Only the hash of its token is stored. */
export const invitations = sqliteTable(
  "invitations",
  {
    id: id(),
    hash: text("hash").notNull().unique(),
    projectId: text("project_id")
      .notNull()
      .references(() => projects.id),
    role: text("role", { enum: roles }).notNull(),
    /** For this address only; null = for whoever has the link. */
    email: text("email"),
    expiresAt: integer("expires_at").notNull(),
    mailedAt: integer("mailed_at"),
    usedAt: integer("used_at"),
    usedBy: text("used_by"),
    revokedAt: integer("revoked_at"),
    createdBy: createdBy(),
    createdAt: createdAt(),
  },
  (table) => [index("invitations_by_project").on(table.projectId)],
);

/** A personal link signs in once, for one queue, and can be revoked. */
export const personalLinks = sqliteTable(
  "personal_links",
  {
    id: id(),
    hash: text("hash").notNull().unique(),
    userId: text("user_id")
      .notNull()
      .references(() => user.id),
    projectId: text("project_id")
      .notNull()
      .references(() => projects.id),
    queueId: text("queue_id").references(() => labelQueues.id),
    expiresAt: integer("expires_at").notNull(),
    usedAt: integer("used_at"),
    revokedAt: integer("revoked_at"),
    createdBy: createdBy(),
    createdAt: createdAt(),
  },
  (table) => [index("personal_links_by_project").on(table.projectId)],
);
