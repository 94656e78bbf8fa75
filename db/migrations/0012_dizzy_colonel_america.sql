CREATE TABLE `jobless_calls` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`purpose` text NOT NULL,
	`role` text NOT NULL,
	`model` text NOT NULL,
	`connection_id` text NOT NULL,
	`simulated` integer NOT NULL,
	`input_tokens` integer,
	`output_tokens` integer,
	`cost_usd` real,
	`assumed_usd` real NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `jobless_calls_by_project` ON `jobless_calls` (`project_id`,`created_at`);--> statement-breakpoint
ALTER TABLE `paid_calls` ADD `held_usd` real;--> statement-breakpoint
ALTER TABLE `paid_calls` ADD `assumed_usd` real DEFAULT 0 NOT NULL;