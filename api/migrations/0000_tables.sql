CREATE TABLE `enrollments` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`campaign_id` text NOT NULL,
	`contact_id` text NOT NULL,
	`code` text NOT NULL,
	`source` text NOT NULL,
	`created_at` integer NOT NULL,
	`archived_at` integer,
	FOREIGN KEY (`organization_id`,`campaign_id`) REFERENCES `campaigns`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`contact_id`) REFERENCES `contacts`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `enrollments_code_once` ON `enrollments` (`code`);--> statement-breakpoint
CREATE UNIQUE INDEX `enrollments_contact_once` ON `enrollments` (`campaign_id`,`contact_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `enrollments_in_organization` ON `enrollments` (`organization_id`,`id`);--> statement-breakpoint
CREATE INDEX `enrollments_by_contact` ON `enrollments` (`contact_id`);--> statement-breakpoint
CREATE TABLE `audit_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`subject_id` text NOT NULL,
	`data` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_entries_by_time` ON `audit_entries` (`organization_id`,`at`);--> statement-breakpoint
CREATE INDEX `audit_entries_by_subject` ON `audit_entries` (`subject_id`);--> statement-breakpoint
CREATE TABLE `campaign_terms` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`campaign_id` text NOT NULL,
	`version` integer NOT NULL,
	`terms` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	FOREIGN KEY (`organization_id`,`campaign_id`) REFERENCES `campaigns`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `campaign_terms_version_once` ON `campaign_terms` (`campaign_id`,`version`);--> statement-breakpoint
CREATE INDEX `campaign_terms_by_organization` ON `campaign_terms` (`organization_id`);--> statement-breakpoint
CREATE TABLE `campaigns` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`name` text NOT NULL,
	`status` text NOT NULL,
	`starts_at` integer,
	`ends_at` integer,
	`friend_offer` text NOT NULL,
	`terms_text` text NOT NULL,
	`link_target` text NOT NULL,
	`landing_url` text,
	`currency` text NOT NULL,
	`terms_version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `campaigns_in_organization` ON `campaigns` (`organization_id`,`id`);--> statement-breakpoint
CREATE TABLE `contact_addresses` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`contact_id` text NOT NULL,
	`kind` text NOT NULL,
	`value` text NOT NULL,
	`canonical` text,
	`proof` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`,`contact_id`) REFERENCES `contacts`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `contact_addresses_value_once` ON `contact_addresses` (`organization_id`,`kind`,`value`);--> statement-breakpoint
CREATE INDEX `contact_addresses_by_contact` ON `contact_addresses` (`contact_id`);--> statement-breakpoint
CREATE INDEX `contact_addresses_by_value` ON `contact_addresses` (`kind`,`value`);--> statement-breakpoint
CREATE INDEX `contact_addresses_by_canonical` ON `contact_addresses` (`organization_id`,`canonical`);--> statement-breakpoint
CREATE TABLE `contacts` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`name` text NOT NULL,
	`customer_since` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `contacts_in_organization` ON `contacts` (`organization_id`,`id`);--> statement-breakpoint
CREATE TABLE `conversions` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`referral_id` text NOT NULL,
	`campaign_id` text NOT NULL,
	`enrollment_id` text NOT NULL,
	`advocate_contact_id` text NOT NULL,
	`friend_contact_id` text NOT NULL,
	`terms_version` integer NOT NULL,
	`nth` integer NOT NULL,
	`job_value` integer,
	`currency` text NOT NULL,
	`paid_on` text,
	`invoice` text,
	`advocate_amount` integer NOT NULL,
	`friend_amount` integer NOT NULL,
	`frozen` text NOT NULL,
	`created_enrollment_id` text,
	`actor` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`,`referral_id`) REFERENCES `referrals`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `conversions_referral_once` ON `conversions` (`referral_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `conversions_in_organization` ON `conversions` (`organization_id`,`id`);--> statement-breakpoint
CREATE INDEX `conversions_by_time` ON `conversions` (`organization_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `conversions_by_advocate` ON `conversions` (`organization_id`,`enrollment_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `visits` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`enrollment_id` text NOT NULL,
	`source` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`organization_id`,`enrollment_id`) REFERENCES `enrollments`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `visits_by_enrollment` ON `visits` (`organization_id`,`enrollment_id`,`at`);--> statement-breakpoint
CREATE TABLE `keys` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`hash` text NOT NULL,
	`display` text NOT NULL,
	`scopes` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_used_at` integer,
	`revoked_at` integer,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `keys_hash_once` ON `keys` (`hash`);--> statement-breakpoint
CREATE INDEX `keys_by_organization` ON `keys` (`organization_id`);--> statement-breakpoint
CREATE TABLE `ledger_accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`kind` text NOT NULL,
	`contact_id` text NOT NULL,
	`currency` text NOT NULL,
	`balance` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "ledger_accounts_contact_not_negative" CHECK(kind NOT LIKE 'contact_%' OR balance >= 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_accounts_once` ON `ledger_accounts` (`organization_id`,`contact_id`,`kind`,`currency`);--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_accounts_identity` ON `ledger_accounts` (`organization_id`,`currency`,`id`);--> statement-breakpoint
CREATE TABLE `ledger_transfers` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`debit_account_id` text NOT NULL,
	`credit_account_id` text NOT NULL,
	`amount` integer NOT NULL,
	`currency` text NOT NULL,
	`code` text NOT NULL,
	`refers_to_type` text NOT NULL,
	`refers_to_id` text NOT NULL,
	`idempotency_key` text NOT NULL,
	`reverses_id` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`,`currency`,`debit_account_id`) REFERENCES `ledger_accounts`(`organization_id`,`currency`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`currency`,`credit_account_id`) REFERENCES `ledger_accounts`(`organization_id`,`currency`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "ledger_transfers_amount" CHECK(amount > 0 AND amount <= 9007199254740991 AND typeof(amount) = 'integer'),
	CONSTRAINT "ledger_transfers_two_sides" CHECK(debit_account_id <> credit_account_id)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_transfers_key_once` ON `ledger_transfers` (`organization_id`,`idempotency_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_transfers_reversed_once` ON `ledger_transfers` (`reverses_id`);--> statement-breakpoint
CREATE INDEX `ledger_transfers_by_debit` ON `ledger_transfers` (`debit_account_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `ledger_transfers_by_credit` ON `ledger_transfers` (`credit_account_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `ledger_transfers_by_reference` ON `ledger_transfers` (`refers_to_id`);--> statement-breakpoint
CREATE TABLE `identities` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`account_id` text NOT NULL,
	`provider_id` text NOT NULL,
	`access_token` text,
	`refresh_token` text,
	`id_token` text,
	`access_token_expires_at` integer,
	`refresh_token_expires_at` integer,
	`scope` text,
	`password` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `identities_by_person` ON `identities` (`person_id`);--> statement-breakpoint
CREATE TABLE `members` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`person_id` text NOT NULL,
	`role` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `members_person_once` ON `members` (`organization_id`,`person_id`);--> statement-breakpoint
CREATE INDEX `members_by_person` ON `members` (`person_id`);--> statement-breakpoint
CREATE TABLE `persons` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`email_verified` integer NOT NULL,
	`image` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `persons_email_once` ON `persons` (`email`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`token` text NOT NULL,
	`organization_id` text,
	`ip_address` text,
	`user_agent` text,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_token_once` ON `sessions` (`token`);--> statement-breakpoint
CREATE INDEX `sessions_by_person` ON `sessions` (`person_id`);--> statement-breakpoint
CREATE TABLE `verifications` (
	`id` text PRIMARY KEY NOT NULL,
	`identifier` text NOT NULL,
	`value` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `verifications_by_identifier` ON `verifications` (`identifier`);--> statement-breakpoint
CREATE TABLE `messages` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text,
	`contact_id` text,
	`person_id` text,
	`channel` text NOT NULL,
	`template` text NOT NULL,
	`to_address` text NOT NULL,
	`address_id` text,
	`name` text,
	`subject` text NOT NULL,
	`body` text NOT NULL,
	`link` text,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`error` text,
	`idempotency_key` text,
	`next_attempt_at` integer,
	`lease_until` integer,
	`created_at` integer NOT NULL,
	`sent_at` integer
);
--> statement-breakpoint
CREATE INDEX `messages_due` ON `messages` (`state`,`next_attempt_at`);--> statement-breakpoint
CREATE INDEX `messages_by_organization` ON `messages` (`organization_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `messages_by_contact` ON `messages` (`contact_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `messages_once` ON `messages` (`idempotency_key`);--> statement-breakpoint
CREATE TABLE `organizations` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`tagline` text NOT NULL,
	`currency` text NOT NULL,
	`time_zone` text NOT NULL,
	`country` text NOT NULL,
	`brand_color` text NOT NULL,
	`phone` text,
	`address` text,
	`is_demo` integer NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sites` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`origin` text NOT NULL,
	`last_seen_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sites_origin_once` ON `sites` (`organization_id`,`origin`);--> statement-breakpoint
CREATE INDEX `sites_by_origin` ON `sites` (`origin`);--> statement-breakpoint
CREATE TABLE `portal_links` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`contact_id` text NOT NULL,
	`address_id` text NOT NULL,
	`scope` text NOT NULL,
	`hash` text NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`,`contact_id`) REFERENCES `contacts`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `portal_links_hash_once` ON `portal_links` (`hash`);--> statement-breakpoint
CREATE INDEX `portal_links_by_contact` ON `portal_links` (`contact_id`);--> statement-breakpoint
CREATE TABLE `portal_sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`contact_id` text NOT NULL,
	`address_id` text NOT NULL,
	`scope` text NOT NULL,
	`hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`,`contact_id`) REFERENCES `contacts`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `portal_sessions_hash_once` ON `portal_sessions` (`hash`);--> statement-breakpoint
CREATE INDEX `portal_sessions_by_contact` ON `portal_sessions` (`contact_id`);--> statement-breakpoint
CREATE TABLE `referral_events` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`referral_id` text NOT NULL,
	`status` text NOT NULL,
	`actor` text NOT NULL,
	`reason` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`organization_id`,`referral_id`) REFERENCES `referrals`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `referral_events_by_referral` ON `referral_events` (`referral_id`,`at`);--> statement-breakpoint
CREATE TABLE `referrals` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`campaign_id` text NOT NULL,
	`enrollment_id` text NOT NULL,
	`friend_contact_id` text NOT NULL,
	`status` text NOT NULL,
	`source` text NOT NULL,
	`submitted` text NOT NULL,
	`terms_version` integer NOT NULL,
	`flags` text NOT NULL,
	`without_reward` integer NOT NULL,
	`reason` text,
	`superseded_by` text,
	`external_id` text,
	`metadata` text NOT NULL,
	`form_nonce` text,
	`network_hash` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`,`campaign_id`) REFERENCES `campaigns`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`enrollment_id`) REFERENCES `enrollments`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`friend_contact_id`) REFERENCES `contacts`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `referrals_in_organization` ON `referrals` (`organization_id`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `referrals_form_once` ON `referrals` (`organization_id`,`form_nonce`);--> statement-breakpoint
CREATE UNIQUE INDEX `referrals_external_once` ON `referrals` (`organization_id`,`campaign_id`,`external_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `referrals_friend_once` ON `referrals` (`enrollment_id`,`friend_contact_id`) WHERE status IN ('pending', 'accepted', 'converted');--> statement-breakpoint
CREATE UNIQUE INDEX `referrals_one_winner` ON `referrals` (`campaign_id`,`friend_contact_id`) WHERE status = 'converted';--> statement-breakpoint
CREATE INDEX `referrals_by_status` ON `referrals` (`organization_id`,`status`,`updated_at`);--> statement-breakpoint
CREATE INDEX `referrals_by_time` ON `referrals` (`organization_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `referrals_by_friend` ON `referrals` (`friend_contact_id`,`campaign_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `referrals_by_advocate` ON `referrals` (`enrollment_id`,`status`);--> statement-breakpoint
CREATE INDEX `referrals_by_network` ON `referrals` (`enrollment_id`,`network_hash`);--> statement-breakpoint
CREATE INDEX `referrals_live` ON `referrals` (`status`,`campaign_id`) WHERE status IN ('pending', 'accepted');--> statement-breakpoint
CREATE TABLE `rewards` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`conversion_id` text NOT NULL,
	`campaign_id` text NOT NULL,
	`enrollment_id` text,
	`contact_id` text NOT NULL,
	`side` text NOT NULL,
	`kind` text NOT NULL,
	`text` text,
	`amount` integer NOT NULL,
	`currency` text NOT NULL,
	`status` text NOT NULL,
	`available_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`,`conversion_id`) REFERENCES `conversions`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`contact_id`) REFERENCES `contacts`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rewards_side_once` ON `rewards` (`conversion_id`,`side`);--> statement-breakpoint
CREATE INDEX `rewards_by_contact` ON `rewards` (`organization_id`,`contact_id`);--> statement-breakpoint
CREATE INDEX `rewards_by_advocate` ON `rewards` (`enrollment_id`,`side`,`created_at`);--> statement-breakpoint
CREATE INDEX `rewards_waiting` ON `rewards` (`status`,`available_at`);--> statement-breakpoint
CREATE INDEX `rewards_by_campaign` ON `rewards` (`campaign_id`,`status`);--> statement-breakpoint
CREATE TABLE `idempotency_records` (
	`owner` text NOT NULL,
	`key` text NOT NULL,
	`request_hash` text NOT NULL,
	`status` integer NOT NULL,
	`body` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`owner`, `key`)
);
--> statement-breakpoint
CREATE INDEX `idempotency_records_by_time` ON `idempotency_records` (`created_at`);--> statement-breakpoint
CREATE TABLE `installation` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
