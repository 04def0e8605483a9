DROP INDEX `job_events_by_connection`;--> statement-breakpoint
CREATE INDEX `job_events_by_type_and_tab` ON `job_events` (`organization_id`,`type`,`tab`,`id`);--> statement-breakpoint
CREATE INDEX `job_events_of_connection_by_tab` ON `job_events` (`connection_id`,`tab`,`id`);--> statement-breakpoint
CREATE INDEX `job_events_of_connection_by_type` ON `job_events` (`connection_id`,`type`,`id`);--> statement-breakpoint
CREATE INDEX `job_events_of_connection_by_type_and_tab` ON `job_events` (`connection_id`,`type`,`tab`,`id`);