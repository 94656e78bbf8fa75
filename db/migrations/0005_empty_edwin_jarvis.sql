CREATE TABLE `disagreement_notes` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`trace_id` text NOT NULL,
	`judge_id` text NOT NULL,
	`text` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`trace_id`) REFERENCES `traces`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`judge_id`) REFERENCES `judges`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `disagreement_notes_by_trace` ON `disagreement_notes` (`trace_id`,`judge_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `label_queue_assignees` (
	`queue_id` text NOT NULL,
	`user_id` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`queue_id`, `user_id`),
	FOREIGN KEY (`queue_id`) REFERENCES `label_queues`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `settlements` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`trace_id` text NOT NULL,
	`judge_id` text NOT NULL,
	`value` text NOT NULL,
	`reason` text NOT NULL,
	`withdrawn_at` integer,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`trace_id`) REFERENCES `traces`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`judge_id`) REFERENCES `judges`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `settlements_by_judge` ON `settlements` (`judge_id`,`trace_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `record_bulk_acts` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`act` text NOT NULL,
	`changed` text NOT NULL,
	`undone_at` integer,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `record_bulk_acts_by_project` ON `record_bulk_acts` (`project_id`,`created_at`);--> statement-breakpoint
ALTER TABLE `traces` ADD `external_id` text;--> statement-breakpoint
CREATE UNIQUE INDEX `traces_external` ON `traces` (`project_id`,`external_id`) WHERE "traces"."external_id" is not null;--> statement-breakpoint
ALTER TABLE `label_queues` ADD `ask_order` text DEFAULT 'teaching' NOT NULL;--> statement-breakpoint
ALTER TABLE `projects` ADD `deleted_at` integer;--> statement-breakpoint
ALTER TABLE `record_imports` ADD `source` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `record_imports` ADD `cursor` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `record_imports` ADD `result` text;--> statement-breakpoint
ALTER TABLE `record_imports` ADD `job_id` text REFERENCES jobs(id);--> statement-breakpoint
CREATE INDEX `record_imports_by_project` ON `record_imports` (`project_id`,`created_at`);--> statement-breakpoint
ALTER TABLE `records` ADD `staged_by` text;--> statement-breakpoint
CREATE INDEX `records_staged` ON `records` (`staged_by`) WHERE "records"."staged_by" is not null;