CREATE TABLE `search_organizations` (
	`number` integer PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `search_organizations_once` ON `search_organizations` (`organization_id`);--> statement-breakpoint
CREATE TABLE `search_subjects` (
	`number` integer PRIMARY KEY NOT NULL,
	`space` integer NOT NULL,
	`id` text NOT NULL,
	`words` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `search_subjects_once` ON `search_subjects` (`id`);--> statement-breakpoint
CREATE TABLE `search_terms` (
	`space` integer NOT NULL,
	`term` text NOT NULL,
	`subject` integer NOT NULL,
	PRIMARY KEY(`space`, `term`, `subject`)
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `search_organizations` (`organization_id`) SELECT `id` FROM `organizations` ORDER BY `id`;
--> statement-breakpoint
CREATE TRIGGER `organizations_search_number` AFTER INSERT ON `organizations` BEGIN
	INSERT INTO `search_organizations` (`organization_id`) VALUES (NEW.`id`);
END;
--> statement-breakpoint
CREATE TRIGGER `search_subjects_added` AFTER INSERT ON `search_subjects` BEGIN
	INSERT INTO `search_terms` (`space`, `term`, `subject`)
	SELECT NEW.`space`, `value`, NEW.`number` FROM json_each('["' || replace(trim(NEW.`words`), ' ', '","') || '"]');
END;
--> statement-breakpoint
CREATE TRIGGER `search_subjects_changed` AFTER UPDATE OF `words` ON `search_subjects` BEGIN
	DELETE FROM `search_terms` WHERE `space` = OLD.`space` AND `subject` = OLD.`number` AND `term` IN (
		SELECT `value` FROM json_each('["' || replace(trim(OLD.`words`), ' ', '","') || '"]')
		WHERE instr(NEW.`words`, ' ' || `value` || ' ') = 0);
	INSERT INTO `search_terms` (`space`, `term`, `subject`)
	SELECT NEW.`space`, `value`, NEW.`number` FROM json_each('["' || replace(trim(NEW.`words`), ' ', '","') || '"]')
	WHERE instr(OLD.`words`, ' ' || `value` || ' ') = 0;
END;
--> statement-breakpoint
CREATE TRIGGER `search_subjects_removed` AFTER DELETE ON `search_subjects` BEGIN
	DELETE FROM `search_terms` WHERE `space` = OLD.`space` AND `subject` = OLD.`number` AND `term` IN (
		SELECT `value` FROM json_each('["' || replace(trim(OLD.`words`), ' ', '","') || '"]'));
END;
--> statement-breakpoint
INSERT INTO `projection_fills` (`name`) VALUES ('search: contact'), ('search: advocate'), ('search: referral'), ('search: campaign'), ('search: discount_code');
