import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { roles } from "@/lib/contracts/permissions";
import { aboutFormat, projectModelsFormat, projectSettingsFormat } from "../formats";
import { jsonColumn } from "../json-column";
import { user } from "./auth";
import { createdAt, flag, id, updatedAt } from "./columns";

export const projects = sqliteTable("projects", {
  id: id(),
  name: text("name").notNull(),
  slug: text("slug").notNull().unique(),
  about: jsonColumn("about", aboutFormat).notNull(),
  models: jsonColumn("models", projectModelsFormat).notNull(),
  settings: jsonColumn("settings", projectSettingsFormat).notNull(),
  isSample: flag("is_sample").notNull().default(false),
  archivedAt: integer("archived_at"),
  /** Deleted by a person: nobody sees it any more, and all that belongs to it is being removed, itself last. */
  deletedAt: integer("deleted_at"),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
});

export const projectMembers = sqliteTable(
  "project_members",
  {
    projectId: text("project_id")
      .notNull()
      .references(() => projects.id),
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    role: text("role", { enum: roles }).notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.projectId, table.userId] }),
    index("project_members_by_user").on(table.userId),
  ],
);

/** Where a person was last, so that coming back opens there, and what is new since the visit before. */
export const userPlaces = sqliteTable(
  "user_places",
  {
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    projectId: text("project_id")
      .notNull()
      .references(() => projects.id),
    path: text("path").notNull(),
    seenAt: integer("seen_at").notNull(),
    /** End of the visit before this one; null during the first. */
    previousSeenAt: integer("previous_seen_at"),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.projectId] })],
);
