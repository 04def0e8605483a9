CREATE INDEX `reward_deliveries_waiting` ON `reward_deliveries` (`updated_at`) WHERE state = 'waiting';--> statement-breakpoint
-- What ends in _id is an id of ours.
ALTER TABLE `gift_card_settings` RENAME COLUMN `campaign_id` TO `provider_campaign`;--> statement-breakpoint
ALTER TABLE `gift_card_settings` RENAME COLUMN `funding_source_id` TO `funding_source`;--> statement-breakpoint
ALTER TABLE `reward_deliveries` RENAME COLUMN `order_id` TO `provider_order`;--> statement-breakpoint
ALTER TABLE `reward_deliveries` RENAME COLUMN `card_id` TO `provider_card`;
