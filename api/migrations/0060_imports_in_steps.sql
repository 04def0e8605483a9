ALTER TABLE `imports` ADD `content_hash` text;--> statement-breakpoint
ALTER TABLE `imports` ADD `request_hash` text;--> statement-breakpoint
CREATE INDEX `imports_by_content` ON `imports` (`organization_id`,`content_hash`) WHERE content_hash IS NOT NULL;