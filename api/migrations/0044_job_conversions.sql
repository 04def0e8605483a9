CREATE TABLE `reward_adjustments` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`reward_id` text NOT NULL,
	`amount` integer NOT NULL,
	`key` text NOT NULL,
	`actor` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`reward_id`) REFERENCES `rewards`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reward_adjustments_once` ON `reward_adjustments` (`organization_id`,`key`);--> statement-breakpoint
CREATE INDEX `reward_adjustments_of_reward` ON `reward_adjustments` (`reward_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `rewarded_jobs` (
	`job_id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`conversion_id` text NOT NULL,
	`is_further` integer NOT NULL,
	`job_value` integer,
	`currency` text NOT NULL,
	`terms_version` integer NOT NULL,
	`frozen` text,
	`refunded_before` integer NOT NULL,
	`refunded_settled` integer DEFAULT 0 NOT NULL,
	`decisions` integer DEFAULT 0 NOT NULL,
	`taken_back_at` integer,
	`actor` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`conversion_id`) REFERENCES `conversions`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rewarded_jobs_convert_once` ON `rewarded_jobs` (`conversion_id`) WHERE NOT is_further;--> statement-breakpoint
CREATE INDEX `rewarded_jobs_of_conversion` ON `rewarded_jobs` (`conversion_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `job_todos` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`job_id` text NOT NULL,
	`event_id` text,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`reason` text NOT NULL,
	`facts` text NOT NULL,
	`referral_id` text,
	`opened_at` integer NOT NULL,
	`closed_at` integer,
	`closed_by` text,
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`referral_id`) REFERENCES `referrals`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `job_todos_open_once` ON `job_todos` (`job_id`,`kind`) WHERE state = 'open';--> statement-breakpoint
CREATE INDEX `job_todos_open` ON `job_todos` (`organization_id`) WHERE state = 'open';--> statement-breakpoint
CREATE INDEX `job_todos_of_job` ON `job_todos` (`job_id`,`kind`);--> statement-breakpoint
CREATE INDEX `job_todos_of_referral` ON `job_todos` (`referral_id`) WHERE referral_id IS NOT NULL;--> statement-breakpoint
ALTER TABLE `job_events` ADD `effects` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `jobs` ADD `completed_heard_at` integer;--> statement-breakpoint
ALTER TABLE `jobs` ADD `invoiced_heard_at` integer;--> statement-breakpoint
UPDATE `jobs` SET `completed_heard_at` = iif(`completed_at` IS NULL, NULL, `created_at`), `invoiced_heard_at` = iif(`invoiced_at` IS NULL, NULL, `created_at`);
