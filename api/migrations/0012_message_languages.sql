DROP INDEX `message_wordings_once`;--> statement-breakpoint
ALTER TABLE `message_wordings` ADD `language` text DEFAULT 'all' NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `message_wordings_once` ON `message_wordings` (`organization_id`,`template`,`channel`,`language`);--> statement-breakpoint
ALTER TABLE `messages` ADD `language` text DEFAULT 'en';