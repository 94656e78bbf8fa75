/**
 * Everything that belongs to a project, in the order in which it is deleted: what hangs on a row goes before it.
 * `project-rows.test.ts` reads the schema and fails when a table stands neither here nor in `neverOfProject`, so that
 * the deletion of a project cannot forget one.
 */
export interface ProjectRows {
  table: string;
  /** SQL: rows of the project `:project`, found by an index, since the answer is asked for again at each step. */
  ofProject: string;
  /** What others hang their rows on. Default "id". */
  key?: string;
  /** Tables whose rows hang on these alone, by their own column; they are deleted with them. */
  with?: readonly (readonly [table: string, column: string])[];
}

export const OF_PROJECT = "project_id = :project";
const within = (column: string, table: string): string =>
  `${column} in (select id from ${table} where ${OF_PROJECT})`;
const direct = (table: string, ...hanging: [table: string, column: string][]): ProjectRows => ({
  table,
  ofProject: OF_PROJECT,
  with: hanging,
});

export const projectRows: readonly ProjectRows[] = [
  // who comes in, and what leaves: first of all
  { table: "session", ofProject: within("link_id", "personal_links") },
  { table: "idempotency_keys", ofProject: within("actor_id", "api_keys") },
  direct("personal_links"),
  direct("invitations"),
  direct("project_members"),
  direct("user_places"),
  direct("webhooks", ["webhook_deliveries", "webhook_id"]),
  direct("mlflow_pushes"),
  direct("mlflow_imports"),
  direct("mlflow_items"),
  direct("mlflow_links"),
  direct("connection_grants"),
  // labels and queues
  direct("labels"),
  {
    table: "label_items",
    ofProject: within("queue_id", "label_queues"),
    with: [
      ["label_reservations", "item_id"],
      ["label_skips", "item_id"],
    ],
  },
  direct("label_queues", ["label_queue_assignees", "queue_id"]),
  // reviews and what they rest on
  {
    table: "evidence_looks",
    ofProject: within("review_id", "reviews"),
    with: [
      ["regression_acceptances", "evidence_id"],
      ["ab_requests", "evidence_id"],
      ["prompt_checks", "look_id"],
    ],
  },
  direct(
    "reviews",
    ["review_comments", "review_id"],
    ["review_edits", "review_id"],
    ["ab_checks", "review_id"],
    ["approvals", "review_id"],
  ),
  direct(
    "runs",
    ["run_events", "run_id"],
    ["run_inputs", "run_id"],
    ["candidates", "run_id"],
    ["proposals", "run_id"],
  ),
  // answers, rounds, judges
  direct("traces", ["trace_verdicts", "trace_id"], ["disagreement_notes", "trace_id"]),
  direct("evaluations"),
  direct(
    "judges",
    ["settlements", "judge_id"],
    ["judge_checks", "judge_id"],
    ["alignments", "judge_id"],
    ["standard_changes", "judge_id"],
    ["judge_versions", "judge_id"],
  ),
  // prompts and the agent
  direct(
    "prompts",
    ["prompt_fetches", "prompt_id"],
    ["aliases", "prompt_id"],
    ["alias_events", "prompt_id"],
    ["prompt_versions", "prompt_id"],
  ),
  {
    table: "target_versions",
    ofProject: within("target_id", "targets"),
    with: [["target_checks", "target_version_id"]],
  },
  direct("targets"),
  // records
  direct("record_imports", ["record_import_progress", "import_id"]),
  direct("record_bulk_acts"),
  direct("dataset_snapshots", ["dataset_snapshot_items", "snapshot_id"]),
  direct(
    "records",
    ["rollouts", "record_id"],
    ["record_texts", "record_id"],
    ["record_revisions", "record_id"],
  ),
  direct("jobs", ["paid_calls", "job_id"]),
  direct("jobless_calls"),
  // what was noted of all this
  direct("erasures"),
  direct("api_keys"),
  direct("audit_log"),
];

/** Tables of the server and its people; no row of them belongs to a project. */
export const neverOfProject: readonly string[] = [
  "user",
  "account",
  "verification",
  "setup_tokens",
  "connections",
];
