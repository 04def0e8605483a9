ALTER TABLE `members` ADD `name` text NOT NULL DEFAULT '';--> statement-breakpoint
ALTER TABLE `members` ADD `accepted_at` integer;--> statement-breakpoint
-- Whoever was a member before is one: their own name goes to each membership.
UPDATE `members` SET `accepted_at` = `created_at`, `name` = (SELECT p.`name` FROM `persons` p WHERE p.`id` = `members`.`person_id`);--> statement-breakpoint
ALTER TABLE `persons` DROP COLUMN `name`;--> statement-breakpoint
ALTER TABLE `messages` ADD `member_id` text;--> statement-breakpoint
ALTER TABLE `verifications` ADD `member_id` text REFERENCES members(id) ON DELETE cascade;--> statement-breakpoint
UPDATE `verifications` SET `member_id` = (
  SELECT m.`id` FROM `members` m JOIN `persons` p ON p.`id` = m.`person_id`
  WHERE m.`removed_at` IS NULL AND p.`email` = CASE WHEN json_valid(`verifications`.`value`) THEN json_extract(`verifications`.`value`, '$.email') END
  ORDER BY m.`created_at`, m.`id` LIMIT 1
);--> statement-breakpoint
-- A session works in one organization from its start: the one chosen last, else the person's first; without any it ends.
CREATE TABLE `__new_sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`token` text NOT NULL,
	`organization_id` text NOT NULL,
	`ip_address` text,
	`user_agent` text,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_sessions`("id", "person_id", "token", "organization_id", "ip_address", "user_agent", "expires_at", "created_at", "updated_at")
SELECT s."id", s."person_id", s."token", m."organization_id", s."ip_address", s."user_agent", s."expires_at", s."created_at", s."updated_at"
FROM `sessions` s JOIN `members` m ON m."id" = coalesce(
  (SELECT chosen."id" FROM `members` chosen WHERE chosen."person_id" = s."person_id" AND chosen."removed_at" IS NULL
    AND chosen."organization_id" = s."organization_id"),
  (SELECT own."id" FROM `members` own WHERE own."person_id" = s."person_id" AND own."removed_at" IS NULL
    ORDER BY own."created_at", own."id" LIMIT 1)
);--> statement-breakpoint
DROP TABLE `sessions`;--> statement-breakpoint
ALTER TABLE `__new_sessions` RENAME TO `sessions`;--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_token_once` ON `sessions` (`token`);--> statement-breakpoint
CREATE INDEX `sessions_by_person` ON `sessions` (`person_id`);
