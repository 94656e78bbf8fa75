import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import {
  evidenceResultFormat,
  modelConfigFormat,
  modelPinsFormat,
  stringListFormat,
  stringMapFormat,
} from "../formats";
import { jsonColumn } from "../json-column";
import { createdAt, createdBy, flag, id } from "./columns";
import { jobs } from "./jobs";
import { projects } from "./projects";
import { prompts, promptVersions } from "./prompts";
import { datasetSnapshots, records } from "./records";
import { runs } from "./runs";

/** One change on its way to production. It holds its content by hash; the version is registered at the end. */
export const reviews = sqliteTable(
  "reviews",
  {
    id: id(),
    projectId: text("project_id")
      .notNull()
      .references(() => projects.id),
    /** Counts from 1 in its project. */
    number: integer("number").notNull(),
    promptId: text("prompt_id")
      .notNull()
      .references(() => prompts.id),
    runId: text("run_id").references(() => runs.id),
    candidateId: text("candidate_id"),
    components: jsonColumn("components", stringMapFormat).notNull(),
    layout: jsonColumn("layout", stringListFormat).notNull(),
    modelConfig: jsonColumn("model_config", modelConfigFormat).notNull(),
    contentHash: text("content_hash").notNull(),
    /** Who launched the run or edited the text: may not approve it in a team. */
    authorId: text("author_id").notNull(),
    state: text("state", { enum: ["open", "approved", "promoted", "declined"] })
      .notNull()
      .default("open"),
    promotedVersionId: text("promoted_version_id").references(() => promptVersions.id),
    closedBy: text("closed_by"),
    closeReason: text("close_reason"),
    closedAt: integer("closed_at"),
    simulated: flag("simulated").notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("reviews_number").on(table.projectId, table.number),
    index("reviews_by_state").on(table.projectId, table.state),
  ],
);

export const reviewComments = sqliteTable(
  "review_comments",
  {
    id: id(),
    reviewId: text("review_id")
      .notNull()
      .references(() => reviews.id),
    kind: text("kind", { enum: ["comment", "question"] }).notNull(),
    text: text("text").notNull(),
    /** The sentence it is about; null = the whole change. */
    line: text("line"),
    createdBy: createdBy(),
    createdAt: createdAt(),
  },
  (table) => [index("review_comments_by_review").on(table.reviewId, table.createdAt)],
);

/** One look at the sealed records; looks of a review count from 1 and are never taken back. */
export const evidenceLooks = sqliteTable(
  "evidence_looks",
  {
    id: id(),
    reviewId: text("review_id")
      .notNull()
      .references(() => reviews.id),
    look: integer("look").notNull(),
    jobId: text("job_id").references(() => jobs.id),
    /** What the alias pointed at when the look was bought; null = nothing yet. */
    baselineVersionId: text("baseline_version_id").references(() => promptVersions.id),
    snapshotId: text("snapshot_id").references(() => datasetSnapshots.id),
    judgeVersionIds: jsonColumn("judge_version_ids", stringListFormat).notNull(),
    targetVersionId: text("target_version_id"),
    models: jsonColumn("models", modelPinsFormat).notNull(),
    /** Hash of the words that were scored; null of looks older than editing in place: the review's own. */
    contentHash: text("content_hash"),
    result: jsonColumn("result", evidenceResultFormat),
    simulated: flag("simulated").notNull(),
    createdBy: createdBy(),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex("evidence_looks_number").on(table.reviewId, table.look)],
);

/**
 * What was promoted, asked again later: its answers of the look that it was promoted on beside fresh ones, on the same
 * records, both graded by the judges pinned here. Its readings are rollouts with owner `{kind: "prompt-check", id}`.
 */
export const promptChecks = sqliteTable(
  "prompt_checks",
  {
    id: id(),
    /** The look whose answers are the earlier side. */
    lookId: text("look_id")
      .notNull()
      .references(() => evidenceLooks.id),
    /** Counts from 1 for its look. */
    number: integer("number").notNull(),
    versionId: text("version_id")
      .notNull()
      .references(() => promptVersions.id),
    jobId: text("job_id")
      .notNull()
      .references(() => jobs.id),
    judgeVersionIds: jsonColumn("judge_version_ids", stringListFormat).notNull(),
    targetVersionId: text("target_version_id").notNull(),
    models: jsonColumn("models", modelPinsFormat).notNull(),
    simulated: flag("simulated").notNull(),
    createdBy: createdBy(),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex("prompt_checks_number").on(table.lookId, table.number)],
);

/** One change of the words under review, made on its page: evidence and approvals of the words before say nothing more. */
export const reviewEdits = sqliteTable(
  "review_edits",
  {
    id: id(),
    reviewId: text("review_id")
      .notNull()
      .references(() => reviews.id),
    /** The words as they were before. */
    components: jsonColumn("components", stringMapFormat).notNull(),
    fromHash: text("from_hash").notNull(),
    toHash: text("to_hash").notNull(),
    createdBy: createdBy(),
    createdAt: createdAt(),
  },
  (table) => [index("review_edits_by_review").on(table.reviewId, table.createdAt)],
);

/** A confirmed loss that somebody took, by name and with a reason. */
export const regressionAcceptances = sqliteTable(
  "regression_acceptances",
  {
    reviewId: text("review_id")
      .notNull()
      .references(() => reviews.id),
    recordId: text("record_id")
      .notNull()
      .references(() => records.id),
    evidenceId: text("evidence_id")
      .notNull()
      .references(() => evidenceLooks.id),
    reason: text("reason").notNull(),
    createdBy: createdBy(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.evidenceId, table.recordId] })],
);

/** Somebody asks the experts to compare the answers of one look without knowing which is which. */
export const abRequests = sqliteTable("ab_requests", {
  evidenceId: text("evidence_id")
    .primaryKey()
    .references(() => evidenceLooks.id),
  reviewId: text("review_id")
    .notNull()
    .references(() => reviews.id),
  createdBy: createdBy(),
  createdAt: createdAt(),
});

/** A blind comparison by one expert; swapped duplicates measure how steady the choices are. */
export const abChecks = sqliteTable(
  "ab_checks",
  {
    id: id(),
    reviewId: text("review_id")
      .notNull()
      .references(() => reviews.id),
    recordId: text("record_id")
      .notNull()
      .references(() => records.id),
    /** The look whose answers are compared. */
    evidenceId: text("evidence_id").references(() => evidenceLooks.id),
    userId: text("user_id").notNull(),
    firstOutput: text("first_output").notNull(),
    secondOutput: text("second_output").notNull(),
    /** The candidate's answer is shown first. */
    candidateFirst: flag("candidate_first").notNull(),
    /** The same pair the other way round. */
    swappedDuplicate: flag("swapped_duplicate").notNull(),
    position: integer("position").notNull(),
    choice: text("choice", { enum: ["first", "second", "same"] }),
    reason: text("reason").notNull().default(""),
    answeredAt: integer("answered_at"),
    createdAt: createdAt(),
  },
  (table) => [index("ab_checks_by_review").on(table.reviewId, table.userId, table.position)],
);

export const approvals = sqliteTable(
  "approvals",
  {
    reviewId: text("review_id")
      .notNull()
      .references(() => reviews.id),
    createdBy: createdBy(),
    /** Hash of the words that were approved. */
    contentHash: text("content_hash").notNull(),
    self: flag("self").notNull(),
    override: flag("override").notNull(),
    reason: text("reason").notNull(),
    createdAt: createdAt(),
  },
  // The hash is part of it: who approved words that were edited since may approve the new ones too.
  (table) => [primaryKey({ columns: [table.reviewId, table.createdBy, table.contentHash] })],
);
