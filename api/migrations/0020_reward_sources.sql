-- A reward has a source of any type. Those of conversions stay held to a conversion of their organization: the generated
-- column is null for every other source, and a key that is null refers to nothing. Every reward until now is of a conversion.
CREATE TABLE `__new_rewards` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`source_type` text NOT NULL,
	`source_id` text NOT NULL,
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
	`off_this_job` integer DEFAULT false NOT NULL,
	`needs_approval` integer DEFAULT false NOT NULL,
	`code_source` text,
	`decided_at` integer,
	`decided_by` text,
	`reason` text,
	`redeemed_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`conversion_id` text GENERATED ALWAYS AS (CASE `source_type` WHEN 'conversion' THEN `source_id` END) VIRTUAL,
	FOREIGN KEY (`organization_id`,`conversion_id`) REFERENCES `conversions`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`contact_id`) REFERENCES `contacts`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_rewards`(`id`, `organization_id`, `source_type`, `source_id`, `campaign_id`, `enrollment_id`, `contact_id`, `side`, `kind`, `text`,
  `amount`, `currency`, `status`, `available_at`, `off_this_job`, `needs_approval`, `code_source`, `decided_at`, `decided_by`, `reason`, `redeemed_at`,
  `created_at`, `updated_at`)
SELECT `id`, `organization_id`, 'conversion', `conversion_id`, `campaign_id`, `enrollment_id`, `contact_id`, `side`, `kind`, `text`,
  `amount`, `currency`, `status`, `available_at`, `off_this_job`, `needs_approval`, `code_source`, `decided_at`, `decided_by`, `reason`, `redeemed_at`,
  `created_at`, `updated_at`
FROM `rewards` ORDER BY rowid;--> statement-breakpoint
DROP TABLE `rewards`;--> statement-breakpoint
ALTER TABLE `__new_rewards` RENAME TO `rewards`;--> statement-breakpoint
CREATE UNIQUE INDEX `rewards_side_once` ON `rewards` (`source_type`,`source_id`,`side`);--> statement-breakpoint
CREATE INDEX `rewards_by_contact` ON `rewards` (`organization_id`,`contact_id`);--> statement-breakpoint
CREATE INDEX `rewards_by_advocate` ON `rewards` (`enrollment_id`,`side`,`created_at`);--> statement-breakpoint
CREATE INDEX `rewards_waiting` ON `rewards` (`status`,`available_at`);--> statement-breakpoint
CREATE INDEX `rewards_by_status` ON `rewards` (`organization_id`,`status`,`created_at`);--> statement-breakpoint
CREATE INDEX `rewards_by_campaign` ON `rewards` (`campaign_id`,`status`);--> statement-breakpoint
-- REPLACE would put a second reward in the place of the first. This refuses it, and a second one that comes in any other way.
CREATE TRIGGER rewards_given_once BEFORE INSERT ON rewards WHEN EXISTS (
  SELECT 1 FROM rewards WHERE source_type = NEW.source_type AND source_id = NEW.source_id AND side = NEW.side
) OR EXISTS (SELECT 1 FROM rewards WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: a side is rewarded once for each source');
END;
--> statement-breakpoint
CREATE TRIGGER rewards_keep_source BEFORE UPDATE OF id, organization_id, source_type, source_id, side ON rewards
BEGIN
  SELECT RAISE(ABORT, 'a reward never changes what it was earned by');
END;
