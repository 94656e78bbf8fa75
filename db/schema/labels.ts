import {
  type AnySQLiteColumn,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";
import { askOrders, labelPurposes } from "@/lib/contracts/labels";
import { cannotJudgeReasons } from "@/lib/contracts/word-lists";
import { scaleValueFormat } from "../formats";
import { jsonColumn } from "../json-column";
import { user } from "./auth";
import { createdAt, createdBy, flag, id } from "./columns";
import { evaluations, traces } from "./evaluations";
import { judges, judgeVersions, standardChanges } from "./judges";
import { projects } from "./projects";
import { records } from "./records";

export const labelQueues = sqliteTable(
  "label_queues",
  {
    id: id(),
    projectId: text("project_id")
      .notNull()
      .references(() => projects.id),
    judgeId: text("judge_id")
      .notNull()
      .references(() => judges.id),
    evaluationId: text("evaluation_id").references(() => evaluations.id),
    name: text("name").notNull(),
    purpose: text("purpose", { enum: labelPurposes }).notNull(),
    expertsPerItem: integer("experts_per_item").notNull(),
    /** Asked in order of what teaches most, or as the answers were listed. */
    askOrder: text("ask_order", { enum: askOrders }).notNull().default("teaching"),
    closedAt: integer("closed_at"),
    createdBy: createdBy(),
    createdAt: createdAt(),
  },
  (table) => [index("label_queues_by_project").on(table.projectId, table.createdAt)],
);

/** Who is asked; a queue without a row asks everybody who may label. */
export const labelQueueAssignees = sqliteTable(
  "label_queue_assignees",
  {
    queueId: text("queue_id")
      .notNull()
      .references(() => labelQueues.id),
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.queueId, table.userId] })],
);

export const labelItems = sqliteTable(
  "label_items",
  {
    id: id(),
    queueId: text("queue_id")
      .notNull()
      .references(() => labelQueues.id),
    traceId: text("trace_id")
      .notNull()
      .references(() => traces.id),
    /** Counts from 1; the order of asking. */
    position: integer("position").notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("label_items_trace").on(table.queueId, table.traceId),
    index("label_items_by_position").on(table.queueId, table.position),
  ],
);

/** Who holds an item and until when; one row an item and person. */
export const labelReservations = sqliteTable(
  "label_reservations",
  {
    itemId: text("item_id")
      .notNull()
      .references(() => labelItems.id),
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    expiresAt: integer("expires_at").notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.itemId, table.userId] })],
);

/** *Later* puts an item behind the others for this person; the other ways take it off their list. */
export const labelSkips = sqliteTable(
  "label_skips",
  {
    itemId: text("item_id")
      .notNull()
      .references(() => labelItems.id),
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    how: text("how", { enum: ["later", ...cannotJudgeReasons] }).notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.itemId, table.userId] })],
);

/** A person's verdict. It is never changed, only superseded by a later one. */
export const labels = sqliteTable(
  "labels",
  {
    id: id(),
    projectId: text("project_id")
      .notNull()
      .references(() => projects.id),
    traceId: text("trace_id")
      .notNull()
      .references(() => traces.id),
    recordId: text("record_id")
      .notNull()
      .references(() => records.id),
    judgeId: text("judge_id")
      .notNull()
      .references(() => judges.id),
    /** The judge version in use when the person graded. */
    judgeVersionId: text("judge_version_id").references(() => judgeVersions.id),
    queueId: text("queue_id").references(() => labelQueues.id),
    authorId: text("author_id").notNull(),
    value: jsonColumn("value", scaleValueFormat).notNull(),
    reason: text("reason").notNull(),
    betterAnswer: text("better_answer"),
    flagged: flag("flagged").notNull(),
    purpose: text("purpose", { enum: labelPurposes }).notNull(),
    supersededBy: text("superseded_by").references((): AnySQLiteColumn => labels.id),
    /** Taken back by its author (undo): it counts no more, and stays for the history. */
    withdrawnAt: integer("withdrawn_at"),
    /** Given under a standard that has changed since: it teaches no more, and stays for the history. */
    setAsideBy: text("set_aside_by").references(() => standardChanges.id),
    createdAt: createdAt(),
  },
  (table) => [
    index("labels_by_trace").on(table.traceId, table.judgeId),
    index("labels_by_judge").on(table.judgeId, table.createdAt),
    index("labels_by_author").on(table.projectId, table.authorId, table.createdAt),
  ],
);

/** What experts say to each other about an answer on which they differ. */
export const disagreementNotes = sqliteTable(
  "disagreement_notes",
  {
    id: id(),
    projectId: text("project_id")
      .notNull()
      .references(() => projects.id),
    traceId: text("trace_id")
      .notNull()
      .references(() => traces.id),
    judgeId: text("judge_id")
      .notNull()
      .references(() => judges.id),
    text: text("text").notNull(),
    createdBy: createdBy(),
    createdAt: createdAt(),
  },
  (table) => [index("disagreement_notes_by_trace").on(table.traceId, table.judgeId, table.createdAt)],
);

/** The lead expert's decision on an answer; the newest that is not withdrawn counts. */
export const settlements = sqliteTable(
  "settlements",
  {
    id: id(),
    projectId: text("project_id")
      .notNull()
      .references(() => projects.id),
    traceId: text("trace_id")
      .notNull()
      .references(() => traces.id),
    judgeId: text("judge_id")
      .notNull()
      .references(() => judges.id),
    value: jsonColumn("value", scaleValueFormat).notNull(),
    reason: text("reason").notNull(),
    withdrawnAt: integer("withdrawn_at"),
    createdBy: createdBy(),
    createdAt: createdAt(),
  },
  (table) => [index("settlements_by_judge").on(table.judgeId, table.traceId, table.createdAt)],
);
