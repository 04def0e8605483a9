DROP INDEX `referrals_traced`;--> statement-breakpoint
DROP INDEX `referrals_form_once`;--> statement-breakpoint
DROP INDEX `referrals_external_once`;--> statement-breakpoint
DROP INDEX `referrals_by_network`;--> statement-breakpoint
DROP INDEX `referrals_by_import`;--> statement-breakpoint
UPDATE `referrals` SET `network_hash` = substr(`network_hash`, 1, 22), `device_hash` = substr(`device_hash`, 1, 22) WHERE `network_hash` IS NOT NULL;--> statement-breakpoint
UPDATE `advocate_traces` SET `network_hash` = substr(`network_hash`, 1, 22), `device_hash` = substr(`device_hash`, 1, 22);--> statement-breakpoint
CREATE INDEX `referrals_with_origin` ON `referrals` (`created_at`) WHERE (network_hash IS NOT NULL OR form_nonce IS NOT NULL);--> statement-breakpoint
CREATE UNIQUE INDEX `referrals_form_once` ON `referrals` (`organization_id`,`form_nonce`) WHERE form_nonce IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `referrals_external_once` ON `referrals` (`organization_id`,`campaign_id`,`external_id`) WHERE external_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `referrals_by_network` ON `referrals` (`enrollment_id`,`network_hash`) WHERE network_hash IS NOT NULL;--> statement-breakpoint
CREATE INDEX `referrals_by_import` ON `referrals` (`import_id`) WHERE import_id IS NOT NULL;