CREATE TABLE `judge_checks` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`judge_id` text NOT NULL,
	`kind` text NOT NULL,
	`version_id` text NOT NULL,
	`other_version_id` text,
	`changes` text,
	`trace_ids` text NOT NULL,
	`readings` integer NOT NULL,
	`models` text NOT NULL,
	`job_id` text,
	`result` text,
	`simulated` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`judge_id`) REFERENCES `judges`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`version_id`) REFERENCES `judge_versions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`other_version_id`) REFERENCES `judge_versions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `judge_checks_by_judge` ON `judge_checks` (`judge_id`,`kind`,`created_at`);--> statement-breakpoint
CREATE TABLE `standard_changes` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`judge_id` text NOT NULL,
	`tag` text,
	`before` integer NOT NULL,
	`reason` text NOT NULL,
	`label_ids` text NOT NULL,
	`retired` text NOT NULL,
	`version_id` text,
	`undone_at` integer,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`judge_id`) REFERENCES `judges`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`version_id`) REFERENCES `judge_versions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `standard_changes_by_judge` ON `standard_changes` (`judge_id`,`created_at`);--> statement-breakpoint
ALTER TABLE `labels` ADD `set_aside_by` text REFERENCES standard_changes(id);