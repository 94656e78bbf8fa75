import { index, integer, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { objectivesFormat, stepsFormat, verdictsFormat } from "../formats";
import { jsonColumn } from "../json-column";
import { createdAt, flag, id } from "./columns";
import { records } from "./records";

export const rolloutOwnerKinds = ["run", "evaluation", "evidence", "alignment", "prompt-check"] as const;

/** One text tried on one record, judged. Failures are stored, and never answer a memo. */
export const rollouts = sqliteTable(
  "rollouts",
  {
    id: id(),
    ownerKind: text("owner_kind", { enum: rolloutOwnerKinds }).notNull(),
    ownerId: text("owner_id").notNull(),
    /** The candidate of a run; of evidence the side, `baseline` or `candidate`. */
    candidateId: text("candidate_id").notNull(),
    recordId: text("record_id")
      .notNull()
      .references(() => records.id),
    sample: integer("sample").notNull(),
    purpose: text("purpose").notNull(),
    /** hash(target version, components, inputs, model and settings, sample) */
    outputKey: text("output_key").notNull(),
    /** hash(output, expectations, judge versions, sample); null when there was no output to judge. */
    verdictKey: text("verdict_key"),
    status: text("status", { enum: ["scored", "failed"] }).notNull(),
    output: text("output"),
    steps: jsonColumn("steps", stepsFormat).notNull(),
    verdicts: jsonColumn("verdicts", verdictsFormat).notNull(),
    /** Weighted mean of the judges, 0..1; null exactly when failed. */
    score: real("score"),
    objectives: jsonColumn("objectives", objectivesFormat).notNull(),
    feedback: text("feedback").notNull(),
    cause: text("cause"),
    /** The task call was answered, so it counts as a metric call even when failed. */
    answered: flag("answered").notNull(),
    /** False when a memo answered: charged to the budget, but not paid for. */
    paid: flag("paid").notNull(),
    simulated: flag("simulated").notNull(),
    costUsd: real("cost_usd"),
    latencyMs: real("latency_ms"),
    inputTokens: integer("input_tokens"),
    outputTokens: integer("output_tokens"),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("rollouts_asked").on(
      table.ownerKind,
      table.ownerId,
      table.candidateId,
      table.recordId,
      table.sample,
    ),
    index("rollouts_by_output").on(table.outputKey, table.verdictKey),
    index("rollouts_by_record").on(table.recordId),
  ],
);
