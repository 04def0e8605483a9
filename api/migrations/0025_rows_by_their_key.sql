CREATE TABLE `friend_links_by_hash` (
	`organization_id` text NOT NULL,
	`referral_id` text NOT NULL,
	`hash` text PRIMARY KEY NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`,`referral_id`) REFERENCES `referrals`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `friend_links_by_hash` SELECT `organization_id`, `referral_id`, `hash`, `created_at` FROM `friend_links` ORDER BY `hash`;--> statement-breakpoint
DROP TABLE `friend_links`;--> statement-breakpoint
ALTER TABLE `friend_links_by_hash` RENAME TO `friend_links`;--> statement-breakpoint
CREATE INDEX `friend_links_by_referral` ON `friend_links` (`referral_id`);--> statement-breakpoint
CREATE TABLE `mentions_by_contact` (
	`organization_id` text NOT NULL,
	`contact_id` text NOT NULL,
	`message_id` text NOT NULL,
	PRIMARY KEY(`contact_id`, `message_id`),
	FOREIGN KEY (`message_id`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `mentions_by_contact` SELECT `organization_id`, `contact_id`, `message_id` FROM `message_mentions` ORDER BY `contact_id`, `message_id`;--> statement-breakpoint
DROP TABLE `message_mentions`;--> statement-breakpoint
ALTER TABLE `mentions_by_contact` RENAME TO `message_mentions`;--> statement-breakpoint
CREATE INDEX `message_mentions_by_message` ON `message_mentions` (`message_id`);--> statement-breakpoint
CREATE TABLE `events_by_referral` (
	`id` text NOT NULL,
	`organization_id` text NOT NULL,
	`referral_id` text NOT NULL,
	`status` text NOT NULL,
	`actor` text NOT NULL,
	`reason` text,
	`at` integer NOT NULL,
	PRIMARY KEY(`referral_id`, `at`, `id`),
	FOREIGN KEY (`organization_id`,`referral_id`) REFERENCES `referrals`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `events_by_referral` SELECT `id`, `organization_id`, `referral_id`, `status`, `actor`, `reason`, `at` FROM `referral_events` ORDER BY `referral_id`, `at`, `id`;--> statement-breakpoint
DROP TABLE `referral_events`;--> statement-breakpoint
ALTER TABLE `events_by_referral` RENAME TO `referral_events`;--> statement-breakpoint
-- The rules of 0001 and 0007 again: rows are only added, and only a reason can be erased.
CREATE TRIGGER referral_events_no_delete BEFORE DELETE ON referral_events
BEGIN
  SELECT RAISE(ABORT, 'referral_events only grows');
END;--> statement-breakpoint
CREATE TRIGGER referral_events_no_replace BEFORE INSERT ON referral_events
WHEN EXISTS (SELECT 1 FROM referral_events WHERE referral_id = NEW.referral_id AND at = NEW.at AND id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'referral_events only grows');
END;--> statement-breakpoint
CREATE TRIGGER referral_events_no_update
BEFORE UPDATE OF id, organization_id, referral_id, status, actor, at ON referral_events
BEGIN
  SELECT RAISE(ABORT, 'referral_events only grows');
END;--> statement-breakpoint
CREATE TRIGGER referral_events_reason_only_erased BEFORE UPDATE OF reason ON referral_events WHEN NEW.reason IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'referral_events only grows');
END;
