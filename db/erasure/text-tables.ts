/**
 * Every column that can hold what a person or a model wrote. `text-tables.test.ts` fails when the schema has a text
 * column that stands neither here nor in `never-personal.ts`, so that *Erase text* cannot forget one.
 */
export interface TextTable {
  table: string;
  /** What its rows are, on the screen. */
  what: string;
  /** SQL: rows of the project `:project`. */
  ofProject: string;
  /** SQL: rows that tell of the record `:record` alone; all their text goes with it. */
  ofRecord?: string;
  /** Rows of others that may name the record inside, or hold copies of its words: these places go with it too. */
  onRecord?: "named-inside" | "copies";
  /** `name` is a label that must stay unique: it is emptied, not marked. */
  columns: Readonly<Record<string, "text" | "json" | "name">>;
  /** Columns that an erased record keeps: words that it shares with others. */
  keptByRecord?: readonly string[];
  /** Members of its JSON that are the program's own codes here, and text elsewhere. */
  codes?: readonly string[];
}

const OF_PROJECT = "project_id = :project";
const OF_RECORD = "record_id = :record";
const within = (column: string, table: string, key = "id", condition = OF_PROJECT): string =>
  `${column} in (select ${key} from ${table} where ${condition})`;
const OF_JOB = within("job_id", "jobs");
const OF_REVIEW = within("review_id", "reviews");
const OF_RUN = within("run_id", "runs");
const OF_JUDGE = within("judge_id", "judges");
const OF_TRACE_OF_RECORD = within("trace_id", "traces", "id", OF_RECORD);
const OWNED = ["runs", "evaluations", "alignments"]
  .map((table) => within("owner_id", table))
  .concat(within("owner_id", "evidence_looks", "id", OF_REVIEW))
  .concat(within("owner_id", "prompt_checks", "id", OF_JOB))
  .join(" or ");

export const textTables: readonly TextTable[] = [
  {
    table: "records",
    what: "records",
    ofProject: OF_PROJECT,
    ofRecord: "id = :record",
    columns: { inputs: "json", expectations: "json", question: "text", tags: "json", source: "text" },
    keptByRecord: ["tags", "source"],
  },
  {
    table: "record_revisions",
    what: "revisions of records",
    ofProject: within("record_id", "records"),
    ofRecord: OF_RECORD,
    columns: { inputs: "json", expectations: "json", tags: "json" },
    keptByRecord: ["tags"],
  },
  {
    table: "record_texts",
    what: "entries of the search",
    ofProject: within("record_id", "records"),
    ofRecord: OF_RECORD,
    columns: { body: "text" },
  },
  {
    table: "record_imports",
    what: "imports",
    ofProject: OF_PROJECT,
    onRecord: "copies",
    columns: { plan: "json", source: "text", result: "json" },
  },
  {
    table: "record_bulk_acts",
    what: "acts on many records",
    ofProject: OF_PROJECT,
    columns: { act: "json" },
  },
  {
    table: "traces",
    what: "answers",
    ofProject: OF_PROJECT,
    ofRecord: OF_RECORD,
    columns: {
      question: "text",
      output: "text",
      cause: "text",
      steps: "json",
      provenance: "text",
      external_id: "name",
    },
    keptByRecord: ["provenance"],
  },
  {
    table: "trace_verdicts",
    what: "what judges said of answers",
    ofProject: within("trace_id", "traces"),
    ofRecord: OF_TRACE_OF_RECORD,
    columns: { rationale: "text", cause: "text", raw_reply: "text" },
  },
  {
    table: "labels",
    what: "labels",
    ofProject: OF_PROJECT,
    ofRecord: OF_RECORD,
    columns: { reason: "text", better_answer: "text" },
  },
  {
    table: "disagreement_notes",
    what: "notes on disagreements",
    ofProject: OF_PROJECT,
    ofRecord: OF_TRACE_OF_RECORD,
    columns: { text: "text" },
  },
  {
    table: "settlements",
    what: "decisions on disagreements",
    ofProject: OF_PROJECT,
    ofRecord: OF_TRACE_OF_RECORD,
    columns: { reason: "text" },
  },
  {
    table: "judge_versions",
    what: "versions of judges (instructions, guidelines, remembered answers)",
    ofProject: OF_JUDGE,
    onRecord: "named-inside",
    columns: { instructions: "text", anchors: "json", guidelines: "json", episodes: "json", rule: "json" },
  },
  {
    table: "alignments",
    what: "results of teaching",
    ofProject: OF_PROJECT,
    onRecord: "named-inside",
    columns: { before: "json", after: "json", human: "json", report: "json" },
  },
  {
    table: "judge_checks",
    what: "trials of judges",
    ofProject: OF_PROJECT,
    onRecord: "named-inside",
    columns: { changes: "json", result: "json" },
  },
  {
    table: "standard_changes",
    what: "changes of the standard",
    ofProject: OF_PROJECT,
    columns: { tag: "text", reason: "text", retired: "json" },
  },
  {
    table: "rollouts",
    what: "scored answers of runs, rounds and reviews",
    ofProject: OWNED,
    ofRecord: OF_RECORD,
    columns: { output: "text", steps: "json", verdicts: "json", feedback: "text", cause: "text" },
  },
  {
    table: "paid_calls",
    what: "stored model calls",
    ofProject: OF_JOB,
    onRecord: "copies",
    columns: { request: "json", reply: "json" },
  },
  { table: "jobs", what: "jobs", ofProject: OF_PROJECT, columns: { stage: "text", cause: "text" } },
  {
    table: "runs",
    what: "settings of runs",
    ofProject: OF_PROJECT,
    columns: { manifest: "json" },
  },
  {
    table: "run_events",
    what: "entries in journals of runs",
    ofProject: OF_RUN,
    onRecord: "named-inside",
    columns: { body: "json" },
    codes: ["purpose", "reason"],
  },
  {
    table: "run_inputs",
    what: "hints to runs",
    ofProject: OF_RUN,
    columns: { input: "json" },
    codes: ["reason"],
  },
  { table: "candidates", what: "candidates", ofProject: OF_RUN, columns: { components: "json" } },
  {
    table: "proposals",
    what: "suggested edits",
    ofProject: OF_RUN,
    columns: {
      components: "json",
      summary: "text",
      changes: "json",
      refused_detail: "text",
    },
  },
  {
    table: "prompt_versions",
    what: "versions of prompts",
    ofProject: within("prompt_id", "prompts"),
    columns: { components: "json", commit_message: "text", tags: "json", source: "text" },
  },
  {
    table: "alias_events",
    what: "reasons of promotions",
    ofProject: within("prompt_id", "prompts"),
    columns: { reason: "text", evidence_sentence: "text" },
  },
  {
    table: "reviews",
    what: "reviews",
    ofProject: OF_PROJECT,
    columns: { components: "json", close_reason: "text" },
  },
  { table: "review_edits", what: "edits in reviews", ofProject: OF_REVIEW, columns: { components: "json" } },
  {
    table: "review_comments",
    what: "comments on reviews",
    ofProject: OF_REVIEW,
    columns: { text: "text", line: "text" },
  },
  {
    table: "evidence_looks",
    what: "looks at the sealed records",
    ofProject: OF_REVIEW,
    onRecord: "named-inside",
    columns: { result: "json" },
  },
  {
    table: "regression_acceptances",
    what: "accepted losses",
    ofProject: OF_REVIEW,
    ofRecord: OF_RECORD,
    columns: { reason: "text" },
  },
  {
    table: "ab_checks",
    what: "blind comparisons",
    ofProject: OF_REVIEW,
    ofRecord: OF_RECORD,
    columns: { first_output: "text", second_output: "text", reason: "text" },
  },
  { table: "approvals", what: "approvals", ofProject: OF_REVIEW, columns: { reason: "text" } },
  { table: "projects", what: "the About card", ofProject: "id = :project", columns: { about: "json" } },
  {
    table: "target_checks",
    what: "tests of the agent",
    ofProject: within("target_version_id", "target_versions", "id", within("target_id", "targets")),
    columns: { says: "text" },
  },
  {
    table: "webhook_deliveries",
    what: "messages of webhooks",
    ofProject: within("webhook_id", "webhooks"),
    onRecord: "copies",
    columns: { payload: "json", last_error: "text" },
  },
  {
    table: "mlflow_imports",
    what: "imports from MLflow",
    ofProject: OF_PROJECT,
    onRecord: "copies",
    columns: { content: "json", preview: "json", result: "json", problem: "text" },
  },
  {
    table: "mlflow_pushes",
    what: "messages to MLflow",
    ofProject: OF_PROJECT,
    columns: { steps: "json", last_error: "text" },
  },
  {
    table: "idempotency_keys",
    what: "answers kept for repeated requests",
    // they name no project, and live for hours
    ofProject: "1 = 1",
    onRecord: "copies",
    columns: { response: "json" },
  },
  {
    table: "audit_log",
    what: "details in the audit log",
    ofProject: OF_PROJECT,
    onRecord: "copies",
    columns: { details: "json" },
  },
];
