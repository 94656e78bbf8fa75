CREATE TABLE `record_import_progress` (
	`import_id` text PRIMARY KEY NOT NULL,
	`cursor` integer NOT NULL,
	`created` integer NOT NULL,
	`updated` integer NOT NULL,
	`skipped` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`import_id`) REFERENCES `record_imports`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
-- An import that is at work goes on where it was.
INSERT INTO `record_import_progress` (`import_id`, `cursor`, `created`, `updated`, `skipped`, `created_at`)
SELECT `id`, `cursor`, json_extract(`result`, '$.value.created'), json_extract(`result`, '$.value.updated'), json_extract(`result`, '$.value.skipped'), `created_at`
FROM `record_imports` WHERE `applied_at` IS NULL AND `result` IS NOT NULL;
--> statement-breakpoint
UPDATE `record_imports` SET `result` = NULL WHERE `applied_at` IS NULL;
--> statement-breakpoint
ALTER TABLE `record_imports` DROP COLUMN `cursor`;