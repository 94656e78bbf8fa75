import { sql } from "drizzle-orm";
import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { modelPinsFormat, scaleValueFormat, stepsFormat } from "../formats";
import { jsonColumn } from "../json-column";
import { createdAt, createdBy, flag, id } from "./columns";
import { jobs } from "./jobs";
import { judgeVersions } from "./judges";
import { projects } from "./projects";
import { promptVersions } from "./prompts";
import { datasetSnapshots, records } from "./records";
import { targetVersions } from "./targets";

/** A round of answers: one prompt version over records. Its state is its job's. */
export const evaluations = sqliteTable(
  "evaluations",
  {
    id: id(),
    projectId: text("project_id")
      .notNull()
      .references(() => projects.id),
    promptVersionId: text("prompt_version_id").references(() => promptVersions.id),
    targetVersionId: text("target_version_id").references(() => targetVersions.id),
    judgeVersionId: text("judge_version_id").references(() => judgeVersions.id),
    snapshotId: text("snapshot_id").references(() => datasetSnapshots.id),
    jobId: text("job_id").references(() => jobs.id),
    models: jsonColumn("models", modelPinsFormat).notNull(),
    total: integer("total").notNull(),
    /** Answers to put into a labelling queue when the round is done. */
    queueSize: integer("queue_size").notNull().default(0),
    simulated: flag("simulated").notNull(),
    createdBy: createdBy(),
    createdAt: createdAt(),
  },
  (table) => [index("evaluations_by_project").on(table.projectId, table.createdAt)],
);

/** One answer of the agent to one record. */
export const traces = sqliteTable(
  "traces",
  {
    id: id(),
    projectId: text("project_id")
      .notNull()
      .references(() => projects.id),
    recordId: text("record_id")
      .notNull()
      .references(() => records.id),
    /** Revision of the record that was asked. */
    recordRevision: integer("record_revision").notNull(),
    evaluationId: text("evaluation_id").references(() => evaluations.id),
    promptVersionId: text("prompt_version_id").references(() => promptVersions.id),
    targetVersionId: text("target_version_id").references(() => targetVersions.id),
    /** The name that the sender of a trace gave it: sent twice, it is kept once. */
    externalId: text("external_id"),
    state: text("state", { enum: ["OK", "ERROR"] }).notNull(),
    question: text("question").notNull(),
    output: text("output").notNull(),
    cause: text("cause"),
    steps: jsonColumn("steps", stepsFormat).notNull(),
    /** Where the answer came from, as the label page says above it. */
    provenance: text("provenance").notNull().default(""),
    outputKey: text("output_key"),
    simulated: flag("simulated").notNull(),
    latencyMs: real("latency_ms"),
    costUsd: real("cost_usd"),
    createdAt: createdAt(),
  },
  (table) => [
    index("traces_by_project").on(table.projectId, table.createdAt, table.id),
    index("traces_by_evaluation").on(table.evaluationId),
    index("traces_by_record").on(table.recordId, table.createdAt),
    uniqueIndex("traces_external")
      .on(table.projectId, table.externalId)
      .where(sql`${table.externalId} is not null`),
  ],
);

/** What a judge version said of a trace; `sample` above 0 is a fresh reading (noise). */
export const traceVerdicts = sqliteTable(
  "trace_verdicts",
  {
    traceId: text("trace_id")
      .notNull()
      .references(() => traces.id),
    judgeVersionId: text("judge_version_id")
      .notNull()
      .references(() => judgeVersions.id),
    sample: integer("sample").notNull().default(0),
    status: text("status", { enum: ["graded", "failed"] }).notNull(),
    value: jsonColumn("value", scaleValueFormat),
    rationale: text("rationale").notNull(),
    normalised: real("normalised"),
    cause: text("cause"),
    rawReply: text("raw_reply"),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.traceId, table.judgeVersionId, table.sample] })],
);
