CREATE TABLE `text_consents` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`contact_id` text NOT NULL,
	`address_id` text NOT NULL,
	`source` text NOT NULL,
	`at` integer NOT NULL,
	`wording` text NOT NULL,
	`recorded_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`,`contact_id`) REFERENCES `contacts`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `text_consents_once` ON `text_consents` (`address_id`,`source`);--> statement-breakpoint
CREATE INDEX `text_consents_by_contact` ON `text_consents` (`contact_id`);--> statement-breakpoint
CREATE TABLE `invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`contact_id` text NOT NULL,
	`campaign_id` text NOT NULL,
	`job_id` text,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`enrollment_id` text,
	`enrolled_at` integer,
	`unenrolled_at` integer,
	`send_at` integer,
	`sent_at` integer,
	`channels` text DEFAULT '[]' NOT NULL,
	`handed_over` text DEFAULT '[]' NOT NULL,
	`follow_up_at` integer,
	`follow_up_sent_at` integer,
	`opened_at` integer,
	`joined_at` integer,
	`reason` text,
	`asked_by` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`contact_id`) REFERENCES `contacts`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`campaign_id`) REFERENCES `campaigns`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`enrollment_id`) REFERENCES `enrollments`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_in_organization` ON `invitations` (`organization_id`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_job_once` ON `invitations` (`job_id`,`campaign_id`) WHERE job_id IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_scheduled_once` ON `invitations` (`contact_id`,`campaign_id`) WHERE state = 'scheduled';--> statement-breakpoint
CREATE INDEX `invitations_by_contact` ON `invitations` (`contact_id`,`id`);--> statement-breakpoint
CREATE INDEX `invitations_by_enrollment` ON `invitations` (`enrollment_id`,`id`) WHERE enrollment_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `invitations_not_opened` ON `invitations` (`organization_id`,`sent_at`) WHERE state = 'sent';--> statement-breakpoint
DROP INDEX `messages_short_lived`;--> statement-breakpoint
ALTER TABLE `messages` ADD `invitation_id` text;--> statement-breakpoint
CREATE INDEX `messages_by_invitation` ON `messages` (`invitation_id`) WHERE invitation_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `messages_texts_to` ON `messages` (`to_address`) WHERE channel = 'sms';--> statement-breakpoint
CREATE INDEX `messages_short_lived` ON `messages` (`template`,`created_at`) WHERE template IN ('member_sign_in', 'portal_sign_in', 'portal_address',
  'referral_received_staff', 'codes_needed_staff', 'webhook_disabled_staff', 'credit_requested_staff', 'referral_digest_staff',
  'reward_notice_staff', 'low_score_staff', 'text_reply_staff');--> statement-breakpoint
ALTER TABLE `contact_addresses` ADD `undeliverable` text;--> statement-breakpoint
ALTER TABLE `organizations` ADD `text_statement` text;--> statement-breakpoint
ALTER TABLE `jobs` ADD `dont_ask` integer DEFAULT false NOT NULL;