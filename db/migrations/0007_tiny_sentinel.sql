CREATE TABLE `mlflow_imports` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`content` text,
	`preview` text,
	`result` text,
	`problem` text,
	`may_set_aliases` integer DEFAULT false NOT NULL,
	`confirmed_at` integer,
	`applied_at` integer,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `mlflow_imports_by_project` ON `mlflow_imports` (`project_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `mlflow_items` (
	`project_id` text NOT NULL,
	`kind` text NOT NULL,
	`remote_id` text NOT NULL,
	`local_id` text NOT NULL,
	`hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`project_id`, `kind`, `remote_id`),
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `mlflow_links` (
	`project_id` text PRIMARY KEY NOT NULL,
	`url` text NOT NULL,
	`experiment` text NOT NULL,
	`username` text,
	`sealed_token` text,
	`writes_on_promote` integer NOT NULL,
	`services` text,
	`checked_at` integer,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `mlflow_pushes` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`alias_event_id` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_at` integer NOT NULL,
	`steps` text NOT NULL,
	`is_forced` integer DEFAULT false NOT NULL,
	`last_error` text,
	`written_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`alias_event_id`) REFERENCES `alias_events`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `mlflow_pushes_event` ON `mlflow_pushes` (`alias_event_id`);--> statement-breakpoint
CREATE INDEX `mlflow_pushes_due` ON `mlflow_pushes` (`state`,`next_at`);--> statement-breakpoint
CREATE INDEX `mlflow_pushes_by_project` ON `mlflow_pushes` (`project_id`,`created_at`);