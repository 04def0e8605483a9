-- 132 bits of the hash are enough to find a link by.
CREATE TABLE `portal_links_by_hash` (
	`hash` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`contact_id` text NOT NULL,
	`address_id` text NOT NULL,
	`scope` text NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`,`contact_id`) REFERENCES `contacts`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `portal_links_by_hash` SELECT substr(`hash`, 1, 22), `organization_id`, `contact_id`, `address_id`, `scope`, `expires_at`, `used_at`, `created_at`
FROM `portal_links` ORDER BY `rowid`;--> statement-breakpoint
DROP TABLE `portal_links`;--> statement-breakpoint
ALTER TABLE `portal_links_by_hash` RENAME TO `portal_links`;--> statement-breakpoint
CREATE INDEX `portal_links_by_contact` ON `portal_links` (`contact_id`);--> statement-breakpoint
CREATE INDEX `portal_links_by_expiry` ON `portal_links` (`expires_at`);--> statement-breakpoint
CREATE TABLE `friend_links_by_hash` (
	`organization_id` text NOT NULL,
	`referral_id` text NOT NULL,
	`hash` text PRIMARY KEY NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`,`referral_id`) REFERENCES `referrals`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `friend_links_by_hash` SELECT `organization_id`, `referral_id`, substr(`hash`, 1, 22), `created_at` FROM `friend_links` ORDER BY 3;--> statement-breakpoint
DROP TABLE `friend_links`;--> statement-breakpoint
ALTER TABLE `friend_links_by_hash` RENAME TO `friend_links`;--> statement-breakpoint
CREATE INDEX `friend_links_by_referral` ON `friend_links` (`referral_id`);
