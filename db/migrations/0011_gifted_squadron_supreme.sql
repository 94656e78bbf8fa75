CREATE TABLE `prompt_checks` (
	`id` text PRIMARY KEY NOT NULL,
	`look_id` text NOT NULL,
	`number` integer NOT NULL,
	`version_id` text NOT NULL,
	`job_id` text NOT NULL,
	`judge_version_ids` text NOT NULL,
	`target_version_id` text NOT NULL,
	`models` text NOT NULL,
	`simulated` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`look_id`) REFERENCES `evidence_looks`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`version_id`) REFERENCES `prompt_versions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `prompt_checks_number` ON `prompt_checks` (`look_id`,`number`);