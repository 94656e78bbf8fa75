CREATE TABLE `ab_requests` (
	`evidence_id` text PRIMARY KEY NOT NULL,
	`review_id` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`evidence_id`) REFERENCES `evidence_looks`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`review_id`) REFERENCES `reviews`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `review_edits` (
	`id` text PRIMARY KEY NOT NULL,
	`review_id` text NOT NULL,
	`components` text NOT NULL,
	`from_hash` text NOT NULL,
	`to_hash` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`review_id`) REFERENCES `reviews`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `review_edits_by_review` ON `review_edits` (`review_id`,`created_at`);--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_approvals` (
	`review_id` text NOT NULL,
	`created_by` text NOT NULL,
	`content_hash` text NOT NULL,
	`self` integer NOT NULL,
	`override` integer NOT NULL,
	`reason` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`review_id`, `created_by`, `content_hash`),
	FOREIGN KEY (`review_id`) REFERENCES `reviews`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_approvals`("review_id", "created_by", "content_hash", "self", "override", "reason", "created_at") SELECT "review_id", "created_by", "content_hash", "self", "override", "reason", "created_at" FROM `approvals`;--> statement-breakpoint
DROP TABLE `approvals`;--> statement-breakpoint
ALTER TABLE `__new_approvals` RENAME TO `approvals`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
ALTER TABLE `ab_checks` ADD `evidence_id` text REFERENCES evidence_looks(id);--> statement-breakpoint
ALTER TABLE `evidence_looks` ADD `content_hash` text;