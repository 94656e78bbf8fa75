CREATE TABLE `invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`project_id` text NOT NULL,
	`role` text NOT NULL,
	`email` text,
	`expires_at` integer NOT NULL,
	`mailed_at` integer,
	`used_at` integer,
	`used_by` text,
	`revoked_at` integer,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_hash_unique` ON `invitations` (`hash`);--> statement-breakpoint
CREATE INDEX `invitations_by_project` ON `invitations` (`project_id`);--> statement-breakpoint
ALTER TABLE `session` ADD `is_shared` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `session` ADD `last_active_at` integer;--> statement-breakpoint
ALTER TABLE `session` ADD `link_id` text;--> statement-breakpoint
ALTER TABLE `user` ADD `closed_at` integer;