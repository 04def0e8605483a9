CREATE TABLE `enrollment_codes` (
	`code` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`enrollment_id` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`,`enrollment_id`) REFERENCES `enrollments`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `enrollment_codes_by_enrollment` ON `enrollment_codes` (`enrollment_id`);--> statement-breakpoint
CREATE TABLE `contact_duplicates` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`contact_id` text NOT NULL,
	`other_id` text NOT NULL,
	`reason` text NOT NULL,
	`created_at` integer NOT NULL,
	`dismissed_at` integer,
	FOREIGN KEY (`organization_id`,`contact_id`) REFERENCES `contacts`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`other_id`) REFERENCES `contacts`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `contact_duplicates_once` ON `contact_duplicates` (`contact_id`,`other_id`);--> statement-breakpoint
CREATE INDEX `contact_duplicates_by_organization` ON `contact_duplicates` (`organization_id`,`dismissed_at`);--> statement-breakpoint
CREATE INDEX `contact_duplicates_by_other` ON `contact_duplicates` (`other_id`);--> statement-breakpoint
CREATE TABLE `embed_events` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`kind` text NOT NULL,
	`mode` text NOT NULL,
	`origin` text,
	`version` text,
	`code` text,
	`enrollment_id` text,
	`referral_id` text,
	`outcome` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `embed_events_by_time` ON `embed_events` (`organization_id`,`at`);--> statement-breakpoint
CREATE INDEX `embed_events_by_age` ON `embed_events` (`at`);--> statement-breakpoint
CREATE TABLE `import_rows` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`import_id` text NOT NULL,
	`row` integer NOT NULL,
	`subject_id` text NOT NULL,
	`contact_id` text,
	`made_contact` integer NOT NULL,
	FOREIGN KEY (`organization_id`,`import_id`) REFERENCES `imports`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `import_rows_by_import` ON `import_rows` (`import_id`,`row`);--> statement-breakpoint
CREATE TABLE `imports` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`campaign_id` text,
	`kind` text NOT NULL,
	`file_name` text NOT NULL,
	`rows` integer NOT NULL,
	`created` integer NOT NULL,
	`skipped` integer NOT NULL,
	`actor` text NOT NULL,
	`created_at` integer NOT NULL,
	`undone_at` integer,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `imports_in_organization` ON `imports` (`organization_id`,`id`);--> statement-breakpoint
CREATE TABLE `message_wordings` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`template` text NOT NULL,
	`channel` text NOT NULL,
	`subject` text NOT NULL,
	`body` text NOT NULL,
	`updated_by` text NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `message_wordings_once` ON `message_wordings` (`organization_id`,`template`,`channel`);--> statement-breakpoint
CREATE TABLE `suppressions` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`channel` text NOT NULL,
	`hash` text NOT NULL,
	`because` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `suppressions_once` ON `suppressions` (`organization_id`,`channel`,`hash`);--> statement-breakpoint
CREATE TABLE `logos` (
	`organization_id` text PRIMARY KEY NOT NULL,
	`content_type` text NOT NULL,
	`bytes` blob NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `friend_links` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`referral_id` text NOT NULL,
	`hash` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`,`referral_id`) REFERENCES `referrals`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `friend_links_hash_once` ON `friend_links` (`hash`);--> statement-breakpoint
CREATE INDEX `friend_links_by_referral` ON `friend_links` (`referral_id`);--> statement-breakpoint
CREATE TABLE `referral_notes` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`referral_id` text NOT NULL,
	`text` text NOT NULL,
	`actor` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`,`referral_id`) REFERENCES `referrals`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `referral_notes_by_referral` ON `referral_notes` (`referral_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `credit_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`contact_id` text NOT NULL,
	`kind` text NOT NULL,
	`amount` integer NOT NULL,
	`currency` text NOT NULL,
	`note` text NOT NULL,
	`request_id` text,
	`actor` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`,`contact_id`) REFERENCES `contacts`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `credit_entries_request_once` ON `credit_entries` (`request_id`);--> statement-breakpoint
CREATE INDEX `credit_entries_by_contact` ON `credit_entries` (`contact_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `credit_entries_by_time` ON `credit_entries` (`organization_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `credit_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`contact_id` text NOT NULL,
	`amount` integer NOT NULL,
	`currency` text NOT NULL,
	`use` text NOT NULL,
	`note` text,
	`state` text NOT NULL,
	`answer` text,
	`closed_by` text,
	`closed_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`,`contact_id`) REFERENCES `contacts`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `credit_requests_by_state` ON `credit_requests` (`organization_id`,`state`,`created_at`);--> statement-breakpoint
CREATE INDEX `credit_requests_by_contact` ON `credit_requests` (`contact_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `discount_codes` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`campaign_id` text NOT NULL,
	`code` text NOT NULL,
	`reward_id` text,
	`created_at` integer NOT NULL,
	`given_at` integer,
	FOREIGN KEY (`organization_id`,`campaign_id`) REFERENCES `campaigns`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `discount_codes_once` ON `discount_codes` (`organization_id`,`code`);--> statement-breakpoint
CREATE UNIQUE INDEX `discount_codes_reward_once` ON `discount_codes` (`reward_id`);--> statement-breakpoint
CREATE INDEX `discount_codes_free` ON `discount_codes` (`campaign_id`,`created_at`) WHERE reward_id IS NULL;--> statement-breakpoint
CREATE TABLE `webhook_attempts` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`delivery_id` text NOT NULL,
	`at` integer NOT NULL,
	`request_headers` text NOT NULL,
	`status` integer,
	`answer` text,
	`error` text,
	`took_ms` integer NOT NULL,
	FOREIGN KEY (`delivery_id`) REFERENCES `webhook_deliveries`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `webhook_attempts_by_delivery` ON `webhook_attempts` (`delivery_id`,`at`);--> statement-breakpoint
CREATE TABLE `webhook_deliveries` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`endpoint_id` text NOT NULL,
	`event_id` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`last_status` integer,
	`next_attempt_at` integer,
	`lease_until` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`event_id`) REFERENCES `webhook_events`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`endpoint_id`) REFERENCES `webhook_endpoints`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `webhook_deliveries_due` ON `webhook_deliveries` (`state`,`next_attempt_at`);--> statement-breakpoint
CREATE INDEX `webhook_deliveries_by_endpoint` ON `webhook_deliveries` (`endpoint_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `webhook_endpoints` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`url` text NOT NULL,
	`description` text NOT NULL,
	`events` text NOT NULL,
	`secret` text NOT NULL,
	`previous_secret` text,
	`previous_secret_until` integer,
	`failing_since` integer,
	`disabled_at` integer,
	`disabled_because` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `webhook_endpoints_in_organization` ON `webhook_endpoints` (`organization_id`,`id`);--> statement-breakpoint
CREATE TABLE `webhook_events` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`type` text NOT NULL,
	`payload` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `webhook_events_by_time` ON `webhook_events` (`organization_id`,`created_at`);--> statement-breakpoint
-- libSQL changes a column in place; the table and what points at it stay as they are.
ALTER TABLE `referrals` ALTER COLUMN `enrollment_id` TO `enrollment_id` text;--> statement-breakpoint
ALTER TABLE `referrals` ALTER COLUMN `friend_contact_id` TO `friend_contact_id` text;--> statement-breakpoint
ALTER TABLE `referrals` ADD `advocate_named` text;--> statement-breakpoint
ALTER TABLE `referrals` ADD `flags_cleared_at` integer;--> statement-breakpoint
ALTER TABLE `referrals` ADD `promised_exceptions` text;--> statement-breakpoint
ALTER TABLE `referrals` ADD `invalid_reason` text;--> statement-breakpoint
ALTER TABLE `referrals` ADD `assignee_id` text;--> statement-breakpoint
ALTER TABLE `referrals` ADD `archived_at` integer;--> statement-breakpoint
ALTER TABLE `referrals` ADD `reopened_at` integer;--> statement-breakpoint
ALTER TABLE `referrals` ADD `device_hash` text;--> statement-breakpoint
ALTER TABLE `referrals` ADD `import_id` text;--> statement-breakpoint
CREATE INDEX `referrals_by_import` ON `referrals` (`import_id`);--> statement-breakpoint
ALTER TABLE `enrollments` ADD `exceptions` text;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `form` text DEFAULT '{"email":"optional","phone":"optional","message":"optional","consent":null,"question":null}' NOT NULL;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `when_ended` text DEFAULT 'expire_pending' NOT NULL;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `attribution` text DEFAULT 'manual' NOT NULL;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `share_text` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `contacts` ADD `shares_name` integer DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `contacts` ADD `notify` text DEFAULT 'all' NOT NULL;--> statement-breakpoint
ALTER TABLE `contacts` ADD `language` text DEFAULT 'en' NOT NULL;--> statement-breakpoint
ALTER TABLE `contacts` ADD `merged_into` text;--> statement-breakpoint
ALTER TABLE `contacts` ADD `erased_at` integer;--> statement-breakpoint
ALTER TABLE `keys` ADD `mode` text DEFAULT 'live' NOT NULL;--> statement-breakpoint
ALTER TABLE `keys` ADD `expires_at` integer;--> statement-breakpoint
ALTER TABLE `keys` ADD `replaced_by` text;--> statement-breakpoint
ALTER TABLE `members` ADD `removed_at` integer;--> statement-breakpoint
ALTER TABLE `messages` ADD `referral_id` text;--> statement-breakpoint
CREATE INDEX `messages_by_referral` ON `messages` (`referral_id`);--> statement-breakpoint
ALTER TABLE `organizations` ADD `website` text;--> statement-breakpoint
ALTER TABLE `organizations` ADD `reply_to` text;--> statement-breakpoint
ALTER TABLE `organizations` ADD `logo_hash` text;--> statement-breakpoint
ALTER TABLE `organizations` ADD `staff_may_convert` integer DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `organizations` ADD `credit_uses` text DEFAULT '["next_invoice"]' NOT NULL;--> statement-breakpoint
ALTER TABLE `sites` ADD `first_seen_at` integer;--> statement-breakpoint
ALTER TABLE `sites` ADD `last_version` text;--> statement-breakpoint
ALTER TABLE `sites` ADD `last_mode` text;--> statement-breakpoint
ALTER TABLE `rewards` ADD `needs_approval` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `rewards` ADD `decided_at` integer;--> statement-breakpoint
ALTER TABLE `rewards` ADD `decided_by` text;--> statement-breakpoint
ALTER TABLE `rewards` ADD `reason` text;--> statement-breakpoint
ALTER TABLE `rewards` ADD `redeemed_at` integer;--> statement-breakpoint
CREATE INDEX `rewards_by_status` ON `rewards` (`organization_id`,`status`,`created_at`);