ALTER TABLE `campaigns` ADD `archived_at` integer;--> statement-breakpoint
CREATE INDEX `visits_by_time` ON `visits` (`organization_id`,`at`,`enrollment_id`);