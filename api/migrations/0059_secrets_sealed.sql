ALTER TABLE `connection_secrets` ADD `is_plain` integer DEFAULT true NOT NULL;--> statement-breakpoint
UPDATE `connection_secrets` SET `is_plain` = 0 WHERE `connection_id` IN (SELECT `id` FROM `connections` WHERE `kind` = 'token');--> statement-breakpoint
CREATE INDEX `connection_secrets_plain` ON `connection_secrets` (`id`) WHERE is_plain = 1;--> statement-breakpoint
ALTER TABLE `webhook_endpoints` ADD `is_plain` integer DEFAULT true NOT NULL;--> statement-breakpoint
CREATE INDEX `webhook_endpoints_plain` ON `webhook_endpoints` (`id`) WHERE is_plain = 1;