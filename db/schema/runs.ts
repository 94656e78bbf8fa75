import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import {
  controlInputFormat,
  manifestFormat,
  proposalChangesFormat,
  runEventBodyFormat,
  stringListFormat,
  stringMapFormat,
} from "../formats";
import { jsonColumn } from "../json-column";
import { createdAt, createdBy, id } from "./columns";
import { jobs } from "./jobs";
import { projects } from "./projects";
import { prompts, promptVersions } from "./prompts";

/** A search for a better prompt. Its state is its job's; what it found is folded from its events. */
export const runs = sqliteTable(
  "runs",
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
    promptVersionId: text("prompt_version_id")
      .notNull()
      .references(() => promptVersions.id),
    jobId: text("job_id")
      .notNull()
      .references(() => jobs.id),
    manifest: jsonColumn("manifest", manifestFormat).notNull(),
    stopReason: text("stop_reason"),
    recommendedCandidateId: text("recommended_candidate_id"),
    /** Normalised, 0..1, on the valset. */
    seedScore: real("seed_score"),
    recommendedScore: real("recommended_score"),
    metricCalls: integer("metric_calls").notNull().default(0),
    endedAt: integer("ended_at"),
    createdBy: createdBy(),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex("runs_number").on(table.projectId, table.number)],
);

/** The journal of a run: `seq` counts from 1 without gaps. Append-only (a trigger refuses changes). */
export const runEvents = sqliteTable(
  "run_events",
  {
    runId: text("run_id")
      .notNull()
      .references(() => runs.id),
    seq: integer("seq").notNull(),
    type: text("type").notNull(),
    /** Number of the decision; null for telemetry. */
    decision: integer("decision"),
    body: jsonColumn("body", runEventBodyFormat).notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.seq] }),
    index("run_events_by_decision").on(table.runId, table.decision),
  ],
);

/** What reached a run from outside; a replay meets each input after the same decision. */
export const runInputs = sqliteTable(
  "run_inputs",
  {
    id: id(),
    runId: text("run_id")
      .notNull()
      .references(() => runs.id),
    input: jsonColumn("input", controlInputFormat).notNull(),
    /** The decision after which the engine took it; null = not taken yet. */
    afterDecision: integer("after_decision"),
    createdBy: createdBy(),
    createdAt: createdAt(),
  },
  (table) => [index("run_inputs_by_run").on(table.runId, table.afterDecision)],
);

export const candidates = sqliteTable(
  "candidates",
  {
    runId: text("run_id")
      .notNull()
      .references(() => runs.id),
    candidateId: text("candidate_id").notNull(),
    components: jsonColumn("components", stringMapFormat).notNull(),
    /** Null for the seed. */
    proposalId: text("proposal_id"),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.candidateId] })],
);

export const proposals = sqliteTable(
  "proposals",
  {
    runId: text("run_id")
      .notNull()
      .references(() => runs.id),
    proposalId: text("proposal_id").notNull(),
    parentIds: jsonColumn("parent_ids", stringListFormat).notNull(),
    component: text("component").notNull(),
    /** The whole proposed text, also of a proposal that was refused before it became a candidate. */
    components: jsonColumn("components", stringMapFormat).notNull(),
    summary: text("summary").notNull(),
    changes: jsonColumn("changes", proposalChangesFormat).notNull(),
    shownExampleIds: jsonColumn("shown_example_ids", stringListFormat).notNull(),
    callKeys: jsonColumn("call_keys", stringListFormat).notNull(),
    refusedReason: text("refused_reason"),
    refusedDetail: text("refused_detail"),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.proposalId] })],
);
