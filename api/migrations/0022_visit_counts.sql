CREATE TABLE `visit_counts` (
	`organization_id` text NOT NULL,
	`at` integer NOT NULL,
	`enrollment_id` text NOT NULL,
	`source` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `at`, `enrollment_id`, `source`),
	FOREIGN KEY (`organization_id`,`enrollment_id`) REFERENCES `enrollments`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `visit_counts` (`organization_id`, `at`, `enrollment_id`, `source`, `count`)
SELECT `organization_id`, `at` - `at` % 900000, `enrollment_id`, `source`, count(*) FROM `visits`
GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4;--> statement-breakpoint
DROP TABLE `visits`;--> statement-breakpoint
ALTER TABLE `visit_counts` RENAME TO `visits`;
