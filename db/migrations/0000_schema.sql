CREATE TABLE `api_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`name` text NOT NULL,
	`prefix` text NOT NULL,
	`hash` text NOT NULL,
	`scopes` text NOT NULL,
	`expires_at` integer,
	`last_used_at` integer,
	`revoked_at` integer,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_hash_unique` ON `api_keys` (`hash`);--> statement-breakpoint
CREATE INDEX `api_keys_by_project` ON `api_keys` (`project_id`);--> statement-breakpoint
CREATE TABLE `personal_links` (
	`id` text PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`user_id` text NOT NULL,
	`project_id` text NOT NULL,
	`queue_id` text,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`revoked_at` integer,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`queue_id`) REFERENCES `label_queues`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `personal_links_hash_unique` ON `personal_links` (`hash`);--> statement-breakpoint
CREATE INDEX `personal_links_by_project` ON `personal_links` (`project_id`);--> statement-breakpoint
CREATE TABLE `setup_tokens` (
	`hash` text PRIMARY KEY NOT NULL,
	`expires_at` integer,
	`used_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `account` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`provider_id` text NOT NULL,
	`user_id` text NOT NULL,
	`access_token` text,
	`refresh_token` text,
	`id_token` text,
	`access_token_expires_at` integer,
	`refresh_token_expires_at` integer,
	`scope` text,
	`password` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `session` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`token` text NOT NULL,
	`expires_at` integer NOT NULL,
	`ip_address` text,
	`user_agent` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `session_token_unique` ON `session` (`token`);--> statement-breakpoint
CREATE TABLE `user` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`email_verified` integer DEFAULT false NOT NULL,
	`image` text,
	`is_server_admin` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `user_email_unique` ON `user` (`email`);--> statement-breakpoint
CREATE TABLE `verification` (
	`id` text PRIMARY KEY NOT NULL,
	`identifier` text NOT NULL,
	`value` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `connection_grants` (
	`connection_id` text NOT NULL,
	`project_id` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `project_id`),
	FOREIGN KEY (`connection_id`) REFERENCES `connections`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `connection_grants_by_project` ON `connection_grants` (`project_id`);--> statement-breakpoint
CREATE TABLE `connections` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`base_url` text NOT NULL,
	`sealed_key` text,
	`sealed_headers` text,
	`prices` text NOT NULL,
	`max_concurrency` integer NOT NULL,
	`timeout_ms` integer NOT NULL,
	`from_environment` integer DEFAULT false NOT NULL,
	`archived_at` integer,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `evaluations` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`prompt_version_id` text,
	`target_version_id` text,
	`judge_version_id` text,
	`snapshot_id` text,
	`job_id` text,
	`models` text NOT NULL,
	`total` integer NOT NULL,
	`queue_size` integer DEFAULT 0 NOT NULL,
	`simulated` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`prompt_version_id`) REFERENCES `prompt_versions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`target_version_id`) REFERENCES `target_versions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`judge_version_id`) REFERENCES `judge_versions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`snapshot_id`) REFERENCES `dataset_snapshots`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `evaluations_by_project` ON `evaluations` (`project_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `trace_verdicts` (
	`trace_id` text NOT NULL,
	`judge_version_id` text NOT NULL,
	`sample` integer DEFAULT 0 NOT NULL,
	`status` text NOT NULL,
	`value` text,
	`rationale` text NOT NULL,
	`normalised` real,
	`cause` text,
	`raw_reply` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`trace_id`, `judge_version_id`, `sample`),
	FOREIGN KEY (`trace_id`) REFERENCES `traces`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`judge_version_id`) REFERENCES `judge_versions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `traces` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`record_id` text NOT NULL,
	`record_revision` integer NOT NULL,
	`evaluation_id` text,
	`prompt_version_id` text,
	`target_version_id` text,
	`state` text NOT NULL,
	`question` text NOT NULL,
	`output` text NOT NULL,
	`cause` text,
	`steps` text NOT NULL,
	`provenance` text DEFAULT '' NOT NULL,
	`output_key` text,
	`simulated` integer NOT NULL,
	`latency_ms` real,
	`cost_usd` real,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`record_id`) REFERENCES `records`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`evaluation_id`) REFERENCES `evaluations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`prompt_version_id`) REFERENCES `prompt_versions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`target_version_id`) REFERENCES `target_versions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `traces_by_project` ON `traces` (`project_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `traces_by_evaluation` ON `traces` (`evaluation_id`);--> statement-breakpoint
CREATE INDEX `traces_by_record` ON `traces` (`record_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`project_id` text,
	`subject_id` text NOT NULL,
	`state` text DEFAULT 'queued' NOT NULL,
	`lease_until` integer,
	`stage` text DEFAULT '' NOT NULL,
	`done` integer DEFAULT 0 NOT NULL,
	`total` integer DEFAULT 0 NOT NULL,
	`caps` text NOT NULL,
	`cause` text,
	`attempts` integer DEFAULT 0 NOT NULL,
	`pause_requested` integer DEFAULT false NOT NULL,
	`cancel_requested` integer DEFAULT false NOT NULL,
	`started_at` integer,
	`ended_at` integer,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `jobs_by_state` ON `jobs` (`state`,`created_at`);--> statement-breakpoint
CREATE INDEX `jobs_by_subject` ON `jobs` (`subject_id`);--> statement-breakpoint
CREATE INDEX `jobs_by_project` ON `jobs` (`project_id`,`state`);--> statement-breakpoint
CREATE TABLE `paid_calls` (
	`id` text PRIMARY KEY NOT NULL,
	`job_id` text NOT NULL,
	`call_key` text NOT NULL,
	`attempt` integer DEFAULT 1 NOT NULL,
	`request_hash` text NOT NULL,
	`role` text NOT NULL,
	`model` text NOT NULL,
	`connection_id` text NOT NULL,
	`request` text,
	`reply` text,
	`input_tokens` integer,
	`output_tokens` integer,
	`cost_usd` real,
	`latency_ms` real,
	`simulated` integer NOT NULL,
	`replied_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `paid_calls_key` ON `paid_calls` (`job_id`,`call_key`);--> statement-breakpoint
CREATE TABLE `alignments` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`judge_id` text NOT NULL,
	`base_version_id` text NOT NULL,
	`draft_version_id` text,
	`job_id` text,
	`label_ids` text NOT NULL,
	`models` text NOT NULL,
	`decision` text DEFAULT 'open' NOT NULL,
	`before` text,
	`after` text,
	`human` text,
	`verdict` text,
	`report` text,
	`model_calls` integer DEFAULT 0 NOT NULL,
	`cost_usd` real,
	`simulated` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`judge_id`) REFERENCES `judges`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`base_version_id`) REFERENCES `judge_versions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`draft_version_id`) REFERENCES `judge_versions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `alignments_by_judge` ON `alignments` (`judge_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `judge_versions` (
	`id` text PRIMARY KEY NOT NULL,
	`judge_id` text NOT NULL,
	`version` integer NOT NULL,
	`status` text NOT NULL,
	`origin` text NOT NULL,
	`parent_version_id` text,
	`alignment_id` text,
	`instructions` text NOT NULL,
	`anchors` text NOT NULL,
	`good_enough` text,
	`models` text NOT NULL,
	`guidelines` text NOT NULL,
	`episodes` text NOT NULL,
	`episode_count` integer NOT NULL,
	`retrieval` text NOT NULL,
	`rule` text,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`judge_id`) REFERENCES `judges`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`parent_version_id`) REFERENCES `judge_versions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `judge_versions_number` ON `judge_versions` (`judge_id`,`version`);--> statement-breakpoint
CREATE TABLE `judges` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`scale` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `judges_by_project` ON `judges` (`project_id`);--> statement-breakpoint
CREATE TABLE `label_items` (
	`id` text PRIMARY KEY NOT NULL,
	`queue_id` text NOT NULL,
	`trace_id` text NOT NULL,
	`position` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`queue_id`) REFERENCES `label_queues`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`trace_id`) REFERENCES `traces`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `label_items_trace` ON `label_items` (`queue_id`,`trace_id`);--> statement-breakpoint
CREATE INDEX `label_items_by_position` ON `label_items` (`queue_id`,`position`);--> statement-breakpoint
CREATE TABLE `label_queues` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`judge_id` text NOT NULL,
	`evaluation_id` text,
	`name` text NOT NULL,
	`purpose` text NOT NULL,
	`experts_per_item` integer NOT NULL,
	`closed_at` integer,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`judge_id`) REFERENCES `judges`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`evaluation_id`) REFERENCES `evaluations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `label_queues_by_project` ON `label_queues` (`project_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `label_reservations` (
	`item_id` text NOT NULL,
	`user_id` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`item_id`, `user_id`),
	FOREIGN KEY (`item_id`) REFERENCES `label_items`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `label_skips` (
	`item_id` text NOT NULL,
	`user_id` text NOT NULL,
	`how` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`item_id`, `user_id`),
	FOREIGN KEY (`item_id`) REFERENCES `label_items`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `labels` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`trace_id` text NOT NULL,
	`record_id` text NOT NULL,
	`judge_id` text NOT NULL,
	`judge_version_id` text,
	`queue_id` text,
	`author_id` text NOT NULL,
	`value` text NOT NULL,
	`reason` text NOT NULL,
	`better_answer` text,
	`flagged` integer NOT NULL,
	`purpose` text NOT NULL,
	`superseded_by` text,
	`withdrawn_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`trace_id`) REFERENCES `traces`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`record_id`) REFERENCES `records`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`judge_id`) REFERENCES `judges`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`judge_version_id`) REFERENCES `judge_versions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`queue_id`) REFERENCES `label_queues`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`superseded_by`) REFERENCES `labels`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `labels_by_trace` ON `labels` (`trace_id`,`judge_id`);--> statement-breakpoint
CREATE INDEX `labels_by_judge` ON `labels` (`judge_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `labels_by_author` ON `labels` (`project_id`,`author_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `audit_log` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text,
	`actor_id` text NOT NULL,
	`actor_name` text NOT NULL,
	`action` text NOT NULL,
	`subject_type` text NOT NULL,
	`subject_id` text NOT NULL,
	`details` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_log_by_project` ON `audit_log` (`project_id`,`id`);--> statement-breakpoint
CREATE INDEX `audit_log_by_subject` ON `audit_log` (`subject_type`,`subject_id`);--> statement-breakpoint
CREATE TABLE `idempotency_keys` (
	`actor_id` text NOT NULL,
	`key` text NOT NULL,
	`request_hash` text NOT NULL,
	`response` text,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`actor_id`, `key`)
);
--> statement-breakpoint
CREATE INDEX `idempotency_keys_by_expiry` ON `idempotency_keys` (`expires_at`);--> statement-breakpoint
CREATE TABLE `webhook_deliveries` (
	`id` text PRIMARY KEY NOT NULL,
	`webhook_id` text NOT NULL,
	`event` text NOT NULL,
	`payload` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_at` integer NOT NULL,
	`last_status` integer,
	`last_error` text,
	`delivered_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`webhook_id`) REFERENCES `webhooks`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `webhook_deliveries_due` ON `webhook_deliveries` (`state`,`next_at`);--> statement-breakpoint
CREATE INDEX `webhook_deliveries_by_webhook` ON `webhook_deliveries` (`webhook_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `webhooks` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`url` text NOT NULL,
	`sealed_secret` text NOT NULL,
	`events` text NOT NULL,
	`removed_at` integer,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `webhooks_by_project` ON `webhooks` (`project_id`);--> statement-breakpoint
CREATE TABLE `project_members` (
	`project_id` text NOT NULL,
	`user_id` text NOT NULL,
	`role` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`project_id`, `user_id`),
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `project_members_by_user` ON `project_members` (`user_id`);--> statement-breakpoint
CREATE TABLE `projects` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`slug` text NOT NULL,
	`about` text NOT NULL,
	`models` text NOT NULL,
	`settings` text NOT NULL,
	`is_sample` integer DEFAULT false NOT NULL,
	`archived_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `projects_slug_unique` ON `projects` (`slug`);--> statement-breakpoint
CREATE TABLE `user_places` (
	`user_id` text NOT NULL,
	`project_id` text NOT NULL,
	`path` text NOT NULL,
	`seen_at` integer NOT NULL,
	`previous_seen_at` integer,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `project_id`),
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `alias_events` (
	`id` text PRIMARY KEY NOT NULL,
	`prompt_id` text NOT NULL,
	`alias` text NOT NULL,
	`from_version_id` text,
	`to_version_id` text NOT NULL,
	`kind` text NOT NULL,
	`reason` text NOT NULL,
	`review_id` text,
	`evidence_sentence` text,
	`self_approved` integer DEFAULT false NOT NULL,
	`overridden` integer DEFAULT false NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`prompt_id`) REFERENCES `prompts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`from_version_id`) REFERENCES `prompt_versions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`to_version_id`) REFERENCES `prompt_versions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `alias_events_by_alias` ON `alias_events` (`prompt_id`,`alias`,`created_at`);--> statement-breakpoint
CREATE TABLE `aliases` (
	`prompt_id` text NOT NULL,
	`alias` text NOT NULL,
	`version_id` text NOT NULL,
	`since` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`prompt_id`, `alias`),
	FOREIGN KEY (`prompt_id`) REFERENCES `prompts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`version_id`) REFERENCES `prompt_versions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `prompt_fetches` (
	`prompt_id` text NOT NULL,
	`alias` text NOT NULL,
	`reader` text NOT NULL,
	`version_id` text NOT NULL,
	`first_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`prompt_id`, `alias`, `reader`),
	FOREIGN KEY (`prompt_id`) REFERENCES `prompts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`version_id`) REFERENCES `prompt_versions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `prompt_versions` (
	`id` text PRIMARY KEY NOT NULL,
	`prompt_id` text NOT NULL,
	`version` integer NOT NULL,
	`components` text NOT NULL,
	`layout` text NOT NULL,
	`variables` text NOT NULL,
	`model_config` text NOT NULL,
	`content_hash` text NOT NULL,
	`commit_message` text NOT NULL,
	`tags` text NOT NULL,
	`source` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`prompt_id`) REFERENCES `prompts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `prompt_versions_number` ON `prompt_versions` (`prompt_id`,`version`);--> statement-breakpoint
CREATE UNIQUE INDEX `prompt_versions_content` ON `prompt_versions` (`prompt_id`,`content_hash`);--> statement-breakpoint
CREATE TABLE `prompts` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `prompts_name_unique` ON `prompts` (`name`);--> statement-breakpoint
CREATE INDEX `prompts_by_project` ON `prompts` (`project_id`);--> statement-breakpoint
CREATE TABLE `dataset_snapshot_items` (
	`snapshot_id` text NOT NULL,
	`record_id` text NOT NULL,
	`position` integer NOT NULL,
	`revision` integer NOT NULL,
	`set` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`snapshot_id`, `record_id`),
	FOREIGN KEY (`snapshot_id`) REFERENCES `dataset_snapshots`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`record_id`) REFERENCES `records`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `dataset_snapshots` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`hash` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `dataset_snapshots_by_hash` ON `dataset_snapshots` (`project_id`,`hash`);--> statement-breakpoint
CREATE TABLE `record_imports` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`plan` text NOT NULL,
	`applied_at` integer,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `record_revisions` (
	`record_id` text NOT NULL,
	`revision` integer NOT NULL,
	`inputs` text NOT NULL,
	`expectations` text NOT NULL,
	`tags` text NOT NULL,
	`critical` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`record_id`, `revision`),
	FOREIGN KEY (`record_id`) REFERENCES `records`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `record_texts` (
	`row_key` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`record_id` text NOT NULL,
	`body` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`record_id`) REFERENCES `records`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `record_texts_record_id_unique` ON `record_texts` (`record_id`);--> statement-breakpoint
CREATE TABLE `records` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`set` text DEFAULT 'unassigned' NOT NULL,
	`critical` integer DEFAULT false NOT NULL,
	`archived` integer DEFAULT false NOT NULL,
	`tags` text NOT NULL,
	`inputs` text NOT NULL,
	`expectations` text NOT NULL,
	`revision` integer NOT NULL,
	`source` text NOT NULL,
	`question` text NOT NULL,
	`needs_work` integer NOT NULL,
	`inputs_hash` text NOT NULL,
	`updated_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "records_set_known" CHECK("records"."set" in ('unassigned', 'practice', 'sealed'))
);
--> statement-breakpoint
CREATE INDEX `records_by_created` ON `records` (`project_id`,`archived`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `records_by_updated` ON `records` (`project_id`,`archived`,`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `records_by_question` ON `records` (`project_id`,`archived`,`question`,`id`);--> statement-breakpoint
CREATE INDEX `records_by_set` ON `records` (`project_id`,`set`);--> statement-breakpoint
CREATE INDEX `records_by_inputs` ON `records` (`project_id`,`inputs_hash`);--> statement-breakpoint
CREATE TABLE `ab_checks` (
	`id` text PRIMARY KEY NOT NULL,
	`review_id` text NOT NULL,
	`record_id` text NOT NULL,
	`user_id` text NOT NULL,
	`first_output` text NOT NULL,
	`second_output` text NOT NULL,
	`candidate_first` integer NOT NULL,
	`swapped_duplicate` integer NOT NULL,
	`position` integer NOT NULL,
	`choice` text,
	`reason` text DEFAULT '' NOT NULL,
	`answered_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`review_id`) REFERENCES `reviews`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`record_id`) REFERENCES `records`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `ab_checks_by_review` ON `ab_checks` (`review_id`,`user_id`,`position`);--> statement-breakpoint
CREATE TABLE `approvals` (
	`review_id` text NOT NULL,
	`created_by` text NOT NULL,
	`content_hash` text NOT NULL,
	`self` integer NOT NULL,
	`override` integer NOT NULL,
	`reason` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`review_id`, `created_by`),
	FOREIGN KEY (`review_id`) REFERENCES `reviews`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `evidence_looks` (
	`id` text PRIMARY KEY NOT NULL,
	`review_id` text NOT NULL,
	`look` integer NOT NULL,
	`job_id` text,
	`baseline_version_id` text,
	`snapshot_id` text,
	`judge_version_ids` text NOT NULL,
	`target_version_id` text,
	`models` text NOT NULL,
	`result` text,
	`simulated` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`review_id`) REFERENCES `reviews`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`baseline_version_id`) REFERENCES `prompt_versions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`snapshot_id`) REFERENCES `dataset_snapshots`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `evidence_looks_number` ON `evidence_looks` (`review_id`,`look`);--> statement-breakpoint
CREATE TABLE `regression_acceptances` (
	`review_id` text NOT NULL,
	`record_id` text NOT NULL,
	`evidence_id` text NOT NULL,
	`reason` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`evidence_id`, `record_id`),
	FOREIGN KEY (`review_id`) REFERENCES `reviews`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`record_id`) REFERENCES `records`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`evidence_id`) REFERENCES `evidence_looks`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `review_comments` (
	`id` text PRIMARY KEY NOT NULL,
	`review_id` text NOT NULL,
	`kind` text NOT NULL,
	`text` text NOT NULL,
	`line` text,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`review_id`) REFERENCES `reviews`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `review_comments_by_review` ON `review_comments` (`review_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `reviews` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`number` integer NOT NULL,
	`prompt_id` text NOT NULL,
	`run_id` text,
	`candidate_id` text,
	`components` text NOT NULL,
	`layout` text NOT NULL,
	`model_config` text NOT NULL,
	`content_hash` text NOT NULL,
	`author_id` text NOT NULL,
	`state` text DEFAULT 'open' NOT NULL,
	`promoted_version_id` text,
	`closed_by` text,
	`close_reason` text,
	`closed_at` integer,
	`simulated` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`prompt_id`) REFERENCES `prompts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`promoted_version_id`) REFERENCES `prompt_versions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reviews_number` ON `reviews` (`project_id`,`number`);--> statement-breakpoint
CREATE INDEX `reviews_by_state` ON `reviews` (`project_id`,`state`);--> statement-breakpoint
CREATE TABLE `rollouts` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_kind` text NOT NULL,
	`owner_id` text NOT NULL,
	`candidate_id` text NOT NULL,
	`record_id` text NOT NULL,
	`sample` integer NOT NULL,
	`purpose` text NOT NULL,
	`output_key` text NOT NULL,
	`verdict_key` text,
	`status` text NOT NULL,
	`output` text,
	`steps` text NOT NULL,
	`verdicts` text NOT NULL,
	`score` real,
	`objectives` text NOT NULL,
	`feedback` text NOT NULL,
	`cause` text,
	`answered` integer NOT NULL,
	`paid` integer NOT NULL,
	`simulated` integer NOT NULL,
	`cost_usd` real,
	`latency_ms` real,
	`input_tokens` integer,
	`output_tokens` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`record_id`) REFERENCES `records`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rollouts_asked` ON `rollouts` (`owner_kind`,`owner_id`,`candidate_id`,`record_id`,`sample`);--> statement-breakpoint
CREATE INDEX `rollouts_by_output` ON `rollouts` (`output_key`,`verdict_key`);--> statement-breakpoint
CREATE INDEX `rollouts_by_record` ON `rollouts` (`record_id`);--> statement-breakpoint
CREATE TABLE `candidates` (
	`run_id` text NOT NULL,
	`candidate_id` text NOT NULL,
	`components` text NOT NULL,
	`proposal_id` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`run_id`, `candidate_id`),
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `proposals` (
	`run_id` text NOT NULL,
	`proposal_id` text NOT NULL,
	`parent_ids` text NOT NULL,
	`component` text NOT NULL,
	`components` text NOT NULL,
	`summary` text NOT NULL,
	`changes` text NOT NULL,
	`shown_example_ids` text NOT NULL,
	`call_keys` text NOT NULL,
	`refused_reason` text,
	`refused_detail` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`run_id`, `proposal_id`),
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `run_events` (
	`run_id` text NOT NULL,
	`seq` integer NOT NULL,
	`type` text NOT NULL,
	`decision` integer,
	`body` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`run_id`, `seq`),
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `run_events_by_decision` ON `run_events` (`run_id`,`decision`);--> statement-breakpoint
CREATE TABLE `run_inputs` (
	`id` text PRIMARY KEY NOT NULL,
	`run_id` text NOT NULL,
	`input` text NOT NULL,
	`after_decision` integer,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `run_inputs_by_run` ON `run_inputs` (`run_id`,`after_decision`);--> statement-breakpoint
CREATE TABLE `runs` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`number` integer NOT NULL,
	`prompt_id` text NOT NULL,
	`prompt_version_id` text NOT NULL,
	`job_id` text NOT NULL,
	`manifest` text NOT NULL,
	`stop_reason` text,
	`recommended_candidate_id` text,
	`seed_score` real,
	`recommended_score` real,
	`metric_calls` integer DEFAULT 0 NOT NULL,
	`ended_at` integer,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`prompt_id`) REFERENCES `prompts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`prompt_version_id`) REFERENCES `prompt_versions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `runs_number` ON `runs` (`project_id`,`number`);--> statement-breakpoint
CREATE TABLE `target_versions` (
	`id` text PRIMARY KEY NOT NULL,
	`target_id` text NOT NULL,
	`version` integer NOT NULL,
	`config` text NOT NULL,
	`sealed_headers` text,
	`content_hash` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`target_id`) REFERENCES `targets`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `target_versions_number` ON `target_versions` (`target_id`,`version`);--> statement-breakpoint
CREATE UNIQUE INDEX `target_versions_content` ON `target_versions` (`target_id`,`content_hash`);--> statement-breakpoint
CREATE TABLE `targets` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `targets_by_project` ON `targets` (`project_id`);