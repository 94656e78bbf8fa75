CREATE TABLE `target_checks` (
	`id` text PRIMARY KEY NOT NULL,
	`target_version_id` text NOT NULL,
	`canary` text NOT NULL,
	`says` text NOT NULL,
	`latency_ms` real,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`target_version_id`) REFERENCES `target_versions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `target_checks_by_version` ON `target_checks` (`target_version_id`,`created_at`);