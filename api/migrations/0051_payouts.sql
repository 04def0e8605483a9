DROP INDEX `credit_entries_payouts`;--> statement-breakpoint
ALTER TABLE `credit_entries` ADD `paid_on` text;--> statement-breakpoint
ALTER TABLE `credit_entries` ADD `payout_method` text;--> statement-breakpoint
ALTER TABLE `credit_entries` ADD `payout_reference` text;--> statement-breakpoint
CREATE INDEX `credit_entries_payouts` ON `credit_entries` (`organization_id`,`paid_on`) WHERE is_payout = 1;--> statement-breakpoint
ALTER TABLE `reward_deliveries` ADD `card_amount` integer;--> statement-breakpoint
UPDATE reward_deliveries SET card_amount = (SELECT amount FROM rewards WHERE id = reward_id)
  WHERE kind = 'gift_card' AND (done_at IS NOT NULL OR asked_email IS NOT NULL);
--> statement-breakpoint
INSERT INTO projection_fills (name) VALUES ('days of payouts'), ('custom rewards to deliver');
