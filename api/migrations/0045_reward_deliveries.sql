CREATE TABLE `gift_card_settings` (
	`organization_id` text PRIMARY KEY NOT NULL,
	`environment` text NOT NULL,
	`api_key` text NOT NULL,
	`webhook_key` text,
	`campaign_id` text NOT NULL,
	`funding_source_id` text NOT NULL,
	`last_event_at` integer,
	`updated_by` text NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `reward_deliveries` (
	`reward_id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`contact_id` text NOT NULL,
	`kind` text NOT NULL,
	`way` text NOT NULL,
	`state` text NOT NULL,
	`due_on` text NOT NULL,
	`attempt` integer DEFAULT 1 NOT NULL,
	`card` text,
	`order_id` text,
	`card_id` text,
	`asked_name` text,
	`asked_email` text,
	`code` text,
	`link` text,
	`done_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`reward_id`) REFERENCES `rewards`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`contact_id`) REFERENCES `contacts`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `reward_deliveries_to_do` ON `reward_deliveries` (`organization_id`,`due_on`) WHERE state = 'to_do';--> statement-breakpoint
CREATE INDEX `reward_deliveries_of_contact` ON `reward_deliveries` (`contact_id`);--> statement-breakpoint
CREATE INDEX `reward_deliveries_of_card` ON `reward_deliveries` (`card_id`) WHERE card_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `reward_deliveries_of_order` ON `reward_deliveries` (`order_id`) WHERE order_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `reward_deliveries_cards_done` ON `reward_deliveries` (`organization_id`,`done_at`) WHERE kind = 'gift_card' AND done_at IS NOT NULL;--> statement-breakpoint
DROP INDEX `discount_codes_once`;--> statement-breakpoint
DROP INDEX `discount_codes_free`;--> statement-breakpoint
ALTER TABLE `discount_codes` ADD `code_key` text;--> statement-breakpoint
ALTER TABLE `discount_codes` ADD `last_day` text;--> statement-breakpoint
ALTER TABLE `discount_codes` ADD `over_at` integer;--> statement-breakpoint
CREATE UNIQUE INDEX `discount_codes_key_once` ON `discount_codes` (`organization_id`,`code_key`);--> statement-breakpoint
CREATE INDEX `discount_codes_ending` ON `discount_codes` (`organization_id`,`last_day`) WHERE reward_id IS NULL AND over_at IS NULL AND last_day IS NOT NULL;--> statement-breakpoint
CREATE INDEX `discount_codes_over` ON `discount_codes` (`campaign_id`,`created_at`) WHERE over_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `discount_codes_free` ON `discount_codes` (`campaign_id`,`created_at`) WHERE reward_id IS NULL AND over_at IS NULL;--> statement-breakpoint
DROP INDEX `rewards_due`;--> statement-breakpoint
ALTER TABLE `rewards` ADD `code_pattern` text;--> statement-breakpoint
ALTER TABLE `rewards` ADD `card_delivery` text;--> statement-breakpoint
ALTER TABLE `rewards` ADD `is_delivering` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `rewards_due` ON `rewards` (`available_at`) WHERE status = 'pending' AND needs_approval = 0 AND code_source IS NOT 'pool' AND is_delivering = 0;--> statement-breakpoint
DROP INDEX `messages_short_lived`;--> statement-breakpoint
CREATE INDEX `messages_short_lived` ON `messages` (`template`,`created_at`) WHERE template IN ('member_sign_in', 'portal_sign_in', 'portal_address',
  'referral_received_staff', 'codes_needed_staff', 'webhook_disabled_staff', 'credit_requested_staff', 'referral_digest_staff',
  'reward_notice_staff');--> statement-breakpoint
ALTER TABLE `credit_entries` ADD `is_payout` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `credit_entries_payouts` ON `credit_entries` (`organization_id`,`created_at`) WHERE is_payout = 1;--> statement-breakpoint
ALTER TABLE `discount_code_counts` ADD `over_count` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `organizations` ADD `cash_report_threshold` integer;--> statement-breakpoint
DROP TRIGGER discount_codes_counted;
--> statement-breakpoint
DROP TRIGGER discount_codes_not_counted;
--> statement-breakpoint
DROP TRIGGER discount_codes_counted_elsewhere;
--> statement-breakpoint
CREATE TRIGGER discount_codes_counted AFTER INSERT ON discount_codes
BEGIN
  INSERT INTO discount_code_counts (campaign_id, organization_id, left_count, given_count, over_count)
    VALUES (NEW.campaign_id, NEW.organization_id, NEW.reward_id IS NULL AND NEW.over_at IS NULL, NEW.reward_id IS NOT NULL,
      NEW.over_at IS NOT NULL)
    ON CONFLICT DO UPDATE SET left_count = left_count + excluded.left_count, given_count = given_count + excluded.given_count,
      over_count = over_count + excluded.over_count;
END;
--> statement-breakpoint
CREATE TRIGGER discount_codes_not_counted AFTER DELETE ON discount_codes
BEGIN
  UPDATE discount_code_counts SET left_count = left_count - (OLD.reward_id IS NULL AND OLD.over_at IS NULL),
    given_count = given_count - (OLD.reward_id IS NOT NULL), over_count = over_count - (OLD.over_at IS NOT NULL)
    WHERE campaign_id = OLD.campaign_id;
END;
--> statement-breakpoint
CREATE TRIGGER discount_codes_counted_elsewhere AFTER UPDATE OF reward_id, over_at ON discount_codes
BEGIN
  UPDATE discount_code_counts SET
    left_count = left_count + (NEW.reward_id IS NULL AND NEW.over_at IS NULL) - (OLD.reward_id IS NULL AND OLD.over_at IS NULL),
    given_count = given_count + (NEW.reward_id IS NOT NULL) - (OLD.reward_id IS NOT NULL),
    over_count = over_count + (NEW.over_at IS NOT NULL) - (OLD.over_at IS NOT NULL)
    WHERE campaign_id = NEW.campaign_id;
END;
--> statement-breakpoint
CREATE TRIGGER reward_deliveries_queued AFTER INSERT ON reward_deliveries WHEN NEW.state IN ('ordering', 'waiting')
BEGIN
  INSERT INTO queue (kind, subject_id, organization_id, lane, due_at, attempts)
    VALUES ('gift_card', NEW.reward_id, NEW.organization_id, NEW.organization_id, NEW.updated_at, 0) ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
UPDATE credit_entries SET is_payout = 1 WHERE kind = 'redemption' AND request_id IN (SELECT id FROM credit_requests WHERE use = 'payout');
--> statement-breakpoint
-- Their keys follow from the codes.
INSERT INTO projection_fills (name) VALUES ('keys of discount codes');
