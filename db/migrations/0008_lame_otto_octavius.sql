CREATE TABLE `erasures` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`kind` text NOT NULL,
	`record_id` text,
	`erased` text NOT NULL,
	`compacted_at` integer,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `erasures_by_project` ON `erasures` (`project_id`,`created_at`);--> statement-breakpoint
ALTER TABLE `jobs` ADD `erased_at` integer;--> statement-breakpoint
CREATE INDEX `paid_calls_by_time` ON `paid_calls` (`created_at`);