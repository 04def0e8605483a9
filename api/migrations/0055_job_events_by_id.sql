DROP INDEX `job_events_newest`;--> statement-breakpoint
DROP INDEX `job_events_by_tab`;--> statement-breakpoint
DROP INDEX `job_events_by_type`;--> statement-breakpoint
DROP INDEX `job_events_of_connection`;--> statement-breakpoint
DROP INDEX `job_events_by_job`;--> statement-breakpoint
CREATE INDEX `job_events_newest` ON `job_events` (`organization_id`,`id`);--> statement-breakpoint
CREATE INDEX `job_events_by_tab` ON `job_events` (`organization_id`,`tab`,`id`);--> statement-breakpoint
CREATE INDEX `job_events_by_type` ON `job_events` (`organization_id`,`type`,`id`);--> statement-breakpoint
CREATE INDEX `job_events_of_connection` ON `job_events` (`connection_id`,`id`);--> statement-breakpoint
CREATE INDEX `job_events_by_job` ON `job_events` (`job_id`,`id`);