CREATE TABLE `advocate_traces` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`contact_id` text NOT NULL,
	`network_hash` text NOT NULL,
	`device_hash` text NOT NULL,
	`seen_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`,`contact_id`) REFERENCES `contacts`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `advocate_traces_once` ON `advocate_traces` (`contact_id`,`network_hash`,`device_hash`);--> statement-breakpoint
CREATE INDEX `advocate_traces_by_age` ON `advocate_traces` (`seen_at`);--> statement-breakpoint
ALTER TABLE `embed_events` ADD `fields` text;--> statement-breakpoint
ALTER TABLE `embed_events` ADD `times` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE INDEX `referrals_traced` ON `referrals` (`created_at`) WHERE network_hash IS NOT NULL;