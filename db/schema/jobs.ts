import { index, integer, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { runStates } from "@/lib/contracts/runs";
import { jobCapsFormat, jsonValueFormat } from "../formats";
import { jsonColumn } from "../json-column";
import { createdAt, createdBy, flag, id, updatedAt } from "./columns";
import { projects } from "./projects";

export const jobKinds = [
  "run",
  "evaluation",
  "alignment",
  "evidence",
  "prompt-check",
  "import",
  "webhook",
  "draft",
  "judge-check",
  "mlflow-import",
  "mlflow-push",
] as const;

/** Why a model or an agent is asked outside of a job. */
export const joblessPurposes = ["try-question", "agent-test", "judge-memory"] as const;

/** Everything that takes long, in one table with one runner. */
export const jobs = sqliteTable(
  "jobs",
  {
    id: id(),
    kind: text("kind", { enum: jobKinds }).notNull(),
    projectId: text("project_id").references(() => projects.id),
    /** The run, evaluation, alignment, … that this job does. */
    subjectId: text("subject_id").notNull(),
    state: text("state", { enum: runStates }).notNull().default("queued"),
    leaseUntil: integer("lease_until"),
    stage: text("stage").notNull().default(""),
    done: integer("done").notNull().default(0),
    total: integer("total").notNull().default(0),
    caps: jsonColumn("caps", jobCapsFormat).notNull(),
    cause: text("cause"),
    /** How often it was taken up; above 1 after a crash or a pause. */
    attempts: integer("attempts").notNull().default(0),
    pauseRequested: flag("pause_requested").notNull().default(false),
    cancelRequested: flag("cancel_requested").notNull().default(false),
    /** When text that it rests on was erased: from then on it cannot go on as it began. */
    erasedAt: integer("erased_at"),
    startedAt: integer("started_at"),
    endedAt: integer("ended_at"),
    createdBy: createdBy(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    index("jobs_by_state").on(table.state, table.createdAt),
    index("jobs_by_subject").on(table.subjectId),
    index("jobs_by_project").on(table.projectId, table.state),
  ],
);

/**
 * Every model reply, committed before it is used. A row without a reply is a call in flight; at a kill it
 * stays, and its repetition is counted by `attempt`.
 */
export const paidCalls = sqliteTable(
  "paid_calls",
  {
    id: id(),
    jobId: text("job_id")
      .notNull()
      .references(() => jobs.id),
    /** Stable name of the call inside its job: equal key, equal reply. */
    callKey: text("call_key").notNull(),
    attempt: integer("attempt").notNull().default(1),
    requestHash: text("request_hash").notNull(),
    role: text("role").notNull(),
    model: text("model").notNull(),
    connectionId: text("connection_id").notNull(),
    /** The exact request, for the call inspector. */
    request: jsonColumn("request", jsonValueFormat),
    reply: jsonColumn("reply", jsonValueFormat),
    inputTokens: integer("input_tokens"),
    outputTokens: integer("output_tokens"),
    costUsd: real("cost_usd"),
    /** What the flight in the air costs at most; without a reply it is counted as this. Null: no price is known. */
    heldUsd: real("held_usd"),
    /** Counted on top for flights whose price nobody told: cut off, timed out, or an agent that does not say. */
    assumedUsd: real("assumed_usd").notNull().default(0),
    latencyMs: real("latency_ms"),
    simulated: flag("simulated").notNull(),
    repliedAt: integer("replied_at"),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("paid_calls_key").on(table.jobId, table.callKey),
    index("paid_calls_by_time").on(table.createdAt),
  ],
);

/** Calls that belong to no job, such as a question that is tried: what each cost, and nothing of what it said. */
export const joblessCalls = sqliteTable(
  "jobless_calls",
  {
    id: id(),
    projectId: text("project_id")
      .notNull()
      .references(() => projects.id),
    purpose: text("purpose", { enum: joblessPurposes }).notNull(),
    role: text("role").notNull(),
    model: text("model").notNull(),
    connectionId: text("connection_id").notNull(),
    simulated: flag("simulated").notNull(),
    inputTokens: integer("input_tokens"),
    outputTokens: integer("output_tokens"),
    /** As the price list or the agent says; null when nobody does, or not yet. */
    costUsd: real("cost_usd"),
    /** Counted in its place: the most it can cost, while it flies and when nobody tells. */
    assumedUsd: real("assumed_usd").notNull(),
    createdAt: createdAt(),
  },
  (table) => [index("jobless_calls_by_project").on(table.projectId, table.createdAt)],
);
