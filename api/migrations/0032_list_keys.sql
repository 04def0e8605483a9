CREATE TABLE `discount_code_counts` (
	`campaign_id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`left_count` integer NOT NULL,
	`given_count` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `reward_counts` (
	`organization_id` text NOT NULL,
	`campaign_id` text NOT NULL,
	`tab` text NOT NULL,
	`count` integer NOT NULL,
	`amount` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `campaign_id`, `tab`)
);
--> statement-breakpoint
DROP INDEX `credit_requests_by_state`;--> statement-breakpoint
DROP INDEX `credit_requests_by_contact`;--> statement-breakpoint
CREATE INDEX `credit_requests_in_state` ON `credit_requests` (`organization_id`,`state`,`created_at`);--> statement-breakpoint
CREATE INDEX `credit_requests_of_contact` ON `credit_requests` (`contact_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `credit_requests_of_contact_in_state` ON `credit_requests` (`contact_id`,`state`,`created_at`);--> statement-breakpoint
DROP INDEX `rewards_by_contact`;--> statement-breakpoint
DROP INDEX `rewards_by_status`;--> statement-breakpoint
DROP INDEX `rewards_by_campaign`;--> statement-breakpoint
ALTER TABLE `rewards` ADD `tab` text GENERATED ALWAYS AS (CASE WHEN status <> 'pending' THEN status WHEN needs_approval THEN 'to_approve' ELSE 'waiting' END) VIRTUAL;--> statement-breakpoint
ALTER TABLE `rewards` ADD `tab_at` integer GENERATED ALWAYS AS (CASE status WHEN 'pending' THEN iif(needs_approval, created_at, available_at)
        WHEN 'redeemed' THEN coalesce(redeemed_at, updated_at) ELSE updated_at END) VIRTUAL;--> statement-breakpoint
CREATE INDEX `rewards_in_tab` ON `rewards` (`organization_id`,`tab`,`tab_at`);--> statement-breakpoint
CREATE INDEX `rewards_of_contact` ON `rewards` (`contact_id`,`tab`,`tab_at`);--> statement-breakpoint
CREATE INDEX `rewards_of_campaign` ON `rewards` (`campaign_id`,`tab`,`tab_at`);--> statement-breakpoint
CREATE INDEX `rewards_pending_of_contact` ON `rewards` (`contact_id`,`available_at`) WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX `rewards_of_friend` ON `rewards` (`contact_id`,`created_at`) WHERE side = 'friend';--> statement-breakpoint
DROP INDEX `contact_duplicates_by_organization`;--> statement-breakpoint
DROP INDEX `contact_duplicates_by_other`;--> statement-breakpoint
CREATE INDEX `contact_duplicates_by_contact` ON `contact_duplicates` (`contact_id`,`dismissed_at`,`created_at`);--> statement-breakpoint
CREATE INDEX `contact_duplicates_by_other` ON `contact_duplicates` (`other_id`,`dismissed_at`,`created_at`);--> statement-breakpoint
ALTER TABLE `contacts` ADD `enrollment_count` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `contacts` ADD `referred_count` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `contacts` ADD `duplicate_count` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `contacts` ADD `sort_name` text GENERATED ALWAYS AS (lower(name)) VIRTUAL;--> statement-breakpoint
ALTER TABLE `contacts` ADD `listed` integer GENERATED ALWAYS AS (CASE WHEN merged_into IS NULL AND erased_at IS NULL AND 1 THEN 1 END) VIRTUAL;--> statement-breakpoint
ALTER TABLE `contacts` ADD `listed_advocate` integer GENERATED ALWAYS AS (CASE WHEN merged_into IS NULL AND erased_at IS NULL AND enrollment_count > 0 THEN 1 END) VIRTUAL;--> statement-breakpoint
ALTER TABLE `contacts` ADD `listed_friend` integer GENERATED ALWAYS AS (CASE WHEN merged_into IS NULL AND erased_at IS NULL AND referred_count > 0 THEN 1 END) VIRTUAL;--> statement-breakpoint
ALTER TABLE `contacts` ADD `listed_customer` integer GENERATED ALWAYS AS (CASE WHEN merged_into IS NULL AND erased_at IS NULL AND customer_since IS NOT NULL THEN 1 END) VIRTUAL;--> statement-breakpoint
ALTER TABLE `contacts` ADD `listed_duplicate` integer GENERATED ALWAYS AS (CASE WHEN merged_into IS NULL AND erased_at IS NULL AND duplicate_count > 0 THEN 1 END) VIRTUAL;--> statement-breakpoint
CREATE INDEX `contacts_merged` ON `contacts` (`merged_into`) WHERE merged_into IS NOT NULL;--> statement-breakpoint
CREATE INDEX `contacts_newest` ON `contacts` (`organization_id`,`listed`,`id`) WHERE listed IS NOT NULL;--> statement-breakpoint
CREATE INDEX `contacts_by_name` ON `contacts` (`organization_id`,`listed`,`sort_name`) WHERE listed IS NOT NULL;--> statement-breakpoint
CREATE INDEX `advocates_newest` ON `contacts` (`organization_id`,`listed_advocate`,`id`) WHERE listed_advocate IS NOT NULL;--> statement-breakpoint
CREATE INDEX `advocates_by_name` ON `contacts` (`organization_id`,`listed_advocate`,`sort_name`) WHERE listed_advocate IS NOT NULL;--> statement-breakpoint
CREATE INDEX `friends_newest` ON `contacts` (`organization_id`,`listed_friend`,`id`) WHERE listed_friend IS NOT NULL;--> statement-breakpoint
CREATE INDEX `friends_by_name` ON `contacts` (`organization_id`,`listed_friend`,`sort_name`) WHERE listed_friend IS NOT NULL;--> statement-breakpoint
CREATE INDEX `customers_newest` ON `contacts` (`organization_id`,`listed_customer`,`id`) WHERE listed_customer IS NOT NULL;--> statement-breakpoint
CREATE INDEX `customers_by_name` ON `contacts` (`organization_id`,`listed_customer`,`sort_name`) WHERE listed_customer IS NOT NULL;--> statement-breakpoint
CREATE INDEX `duplicates_newest` ON `contacts` (`organization_id`,`listed_duplicate`,`id`) WHERE listed_duplicate IS NOT NULL;--> statement-breakpoint
CREATE INDEX `duplicates_by_name` ON `contacts` (`organization_id`,`listed_duplicate`,`sort_name`) WHERE listed_duplicate IS NOT NULL;--> statement-breakpoint
ALTER TABLE `enrollments` ADD `merged_at` integer;--> statement-breakpoint
ALTER TABLE `enrollments` ADD `referral_count` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `enrollments` ADD `converted_count` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `enrollments` ADD `list_state` text GENERATED ALWAYS AS (CASE WHEN merged_at IS NOT NULL THEN NULL WHEN archived_at IS NOT NULL THEN 'archived' ELSE 'active' END) VIRTUAL;--> statement-breakpoint
CREATE INDEX `enrollments_newest` ON `enrollments` (`organization_id`,`list_state`,`id`);--> statement-breakpoint
CREATE INDEX `enrollments_by_referrals` ON `enrollments` (`organization_id`,`list_state`,`referral_count`,`id`);--> statement-breakpoint
CREATE INDEX `enrollments_of_campaign_newest` ON `enrollments` (`campaign_id`,`list_state`,`id`);--> statement-breakpoint
CREATE INDEX `enrollments_of_campaign_by_referrals` ON `enrollments` (`campaign_id`,`list_state`,`referral_count`,`id`);--> statement-breakpoint
CREATE INDEX `discount_codes_newest` ON `discount_codes` (`campaign_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `discount_codes_given` ON `discount_codes` (`campaign_id`,`created_at`) WHERE reward_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `campaigns_newest` ON `campaigns` (`organization_id`,`created_at`,`id`) WHERE archived_at IS NULL;