import {
  type AnySQLiteColumn,
  index,
  integer,
  real,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";
import { judgeCheckKinds } from "@/lib/contracts/judge-checks";
import {
  agreementFormat,
  alignmentReportFormat,
  anchorsFormat,
  episodesFormat,
  guidelinesFormat,
  humanAgreementFormat,
  jsonValueFormat,
  modelPinsFormat,
  retrievalFormat,
  ruleFormat,
  scaleFormat,
  scaleValueFormat,
  stringListFormat,
} from "../formats";
import { jsonColumn } from "../json-column";
import { createdAt, createdBy, flag, id } from "./columns";
import { jobs } from "./jobs";
import { projects } from "./projects";

/** Kind and scale are fixed for life (a trigger refuses changes): another scale is another judge. */
export const judges = sqliteTable(
  "judges",
  {
    id: id(),
    projectId: text("project_id")
      .notNull()
      .references(() => projects.id),
    name: text("name").notNull(),
    kind: text("kind", { enum: ["model", "rule"] }).notNull(),
    scale: jsonColumn("scale", scaleFormat).notNull(),
    createdBy: createdBy(),
    createdAt: createdAt(),
  },
  (table) => [index("judges_by_project").on(table.projectId)],
);

/** Immutable but for its status (a trigger refuses the rest). */
export const judgeVersions = sqliteTable(
  "judge_versions",
  {
    id: id(),
    judgeId: text("judge_id")
      .notNull()
      .references(() => judges.id),
    version: integer("version").notNull(),
    status: text("status", { enum: ["draft", "in-use", "retired"] }).notNull(),
    origin: text("origin", { enum: ["written", "edited", "aligned"] }).notNull(),
    parentVersionId: text("parent_version_id").references((): AnySQLiteColumn => judgeVersions.id),
    alignmentId: text("alignment_id"),
    instructions: text("instructions").notNull(),
    anchors: jsonColumn("anchors", anchorsFormat).notNull(),
    goodEnough: jsonColumn("good_enough", scaleValueFormat),
    /** Role, model and settings that judge, where the version pins them. */
    models: jsonColumn("models", modelPinsFormat).notNull(),
    guidelines: jsonColumn("guidelines", guidelinesFormat).notNull(),
    episodes: jsonColumn("episodes", episodesFormat).notNull(),
    episodeCount: integer("episode_count").notNull(),
    retrieval: jsonColumn("retrieval", retrievalFormat).notNull(),
    rule: jsonColumn("rule", ruleFormat),
    createdBy: createdBy(),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex("judge_versions_number").on(table.judgeId, table.version)],
);

/** One teaching of a judge: from labels to a draft version, with agreement before and after. */
export const alignments = sqliteTable(
  "alignments",
  {
    id: id(),
    projectId: text("project_id")
      .notNull()
      .references(() => projects.id),
    judgeId: text("judge_id")
      .notNull()
      .references(() => judges.id),
    baseVersionId: text("base_version_id")
      .notNull()
      .references(() => judgeVersions.id),
    draftVersionId: text("draft_version_id").references(() => judgeVersions.id),
    jobId: text("job_id").references(() => jobs.id),
    labelIds: jsonColumn("label_ids", stringListFormat).notNull(),
    models: jsonColumn("models", modelPinsFormat).notNull(),
    decision: text("decision", { enum: ["open", "used", "kept-old"] })
      .notNull()
      .default("open"),
    before: jsonColumn("before", agreementFormat),
    after: jsonColumn("after", agreementFormat),
    human: jsonColumn("human", humanAgreementFormat),
    verdict: text("verdict", { enum: ["better", "unclear", "worse"] }),
    report: jsonColumn("report", alignmentReportFormat),
    modelCalls: integer("model_calls").notNull().default(0),
    costUsd: real("cost_usd"),
    simulated: flag("simulated").notNull(),
    createdBy: createdBy(),
    createdAt: createdAt(),
  },
  (table) => [index("alignments_by_judge").on(table.judgeId, table.createdAt)],
);

/** Answers judged for the sake of the judge: trying a change, measuring how steady it is, comparing two versions. */
export const judgeChecks = sqliteTable(
  "judge_checks",
  {
    id: id(),
    projectId: text("project_id")
      .notNull()
      .references(() => projects.id),
    judgeId: text("judge_id")
      .notNull()
      .references(() => judges.id),
    kind: text("kind", { enum: judgeCheckKinds }).notNull(),
    versionId: text("version_id")
      .notNull()
      .references(() => judgeVersions.id),
    otherVersionId: text("other_version_id").references(() => judgeVersions.id),
    /** What the person had changed of the version without saving it; null when nothing. */
    changes: jsonColumn("changes", jsonValueFormat),
    traceIds: jsonColumn("trace_ids", stringListFormat).notNull(),
    readings: integer("readings").notNull(),
    models: jsonColumn("models", modelPinsFormat).notNull(),
    jobId: text("job_id").references(() => jobs.id),
    result: jsonColumn("result", jsonValueFormat),
    simulated: flag("simulated").notNull(),
    createdBy: createdBy(),
    createdAt: createdAt(),
  },
  (table) => [index("judge_checks_by_judge").on(table.judgeId, table.kind, table.createdAt)],
);

/** "Our standard changed": which labels were set aside and which guidelines retired, by whom and why. */
export const standardChanges = sqliteTable(
  "standard_changes",
  {
    id: id(),
    projectId: text("project_id")
      .notNull()
      .references(() => projects.id),
    judgeId: text("judge_id")
      .notNull()
      .references(() => judges.id),
    /** Labels of records with this tag; null = of all. */
    tag: text("tag"),
    /** Labels given before this moment (ms). */
    before: integer("before").notNull(),
    reason: text("reason").notNull(),
    labelIds: jsonColumn("label_ids", stringListFormat).notNull(),
    /** Words of the guidelines that were retired. */
    retired: jsonColumn("retired", stringListFormat).notNull(),
    versionId: text("version_id").references(() => judgeVersions.id),
    undoneAt: integer("undone_at"),
    createdBy: createdBy(),
    createdAt: createdAt(),
  },
  (table) => [index("standard_changes_by_judge").on(table.judgeId, table.createdAt)],
);
