CREATE TABLE `ledger_totals` (
	`organization_id` text NOT NULL,
	`owner_type` text NOT NULL,
	`kind` text NOT NULL,
	`currency` text NOT NULL,
	`balance` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `owner_type`, `kind`, `currency`)
);
--> statement-breakpoint
CREATE TABLE `enrollment_counts` (
	`organization_id` text NOT NULL,
	`campaign_id` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `campaign_id`)
);
--> statement-breakpoint
CREATE TABLE `referral_counts` (
	`organization_id` text NOT NULL,
	`campaign_id` text NOT NULL,
	`status` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `campaign_id`, `status`)
);
--> statement-breakpoint
DROP INDEX `referrals_by_status`;--> statement-breakpoint
DROP INDEX `referrals_by_advocate`;--> statement-breakpoint
DROP INDEX `referrals_by_friend`;--> statement-breakpoint
ALTER TABLE `referrals` ADD `converted_at` integer;--> statement-breakpoint
ALTER TABLE `referrals` ADD `step_key` integer GENERATED ALWAYS AS (CASE WHEN status IN ('pending', 'accepted') THEN created_at ELSE -updated_at END) VIRTUAL;--> statement-breakpoint
CREATE INDEX `referrals_by_step` ON `referrals` (`organization_id`,`status`,`step_key`) WHERE archived_at IS NULL;--> statement-breakpoint
CREATE INDEX `referrals_closed_by_time` ON `referrals` (`organization_id`,`status`,`created_at`) WHERE archived_at IS NULL AND status NOT IN ('pending', 'accepted');--> statement-breakpoint
CREATE INDEX `referrals_by_conversion` ON `referrals` (`organization_id`,`status`,`converted_at`) WHERE archived_at IS NULL AND converted_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `referrals_of_campaign_by_step` ON `referrals` (`campaign_id`,`status`,`step_key`) WHERE archived_at IS NULL;--> statement-breakpoint
CREATE INDEX `referrals_of_campaign_closed` ON `referrals` (`campaign_id`,`status`,`created_at`) WHERE archived_at IS NULL AND status NOT IN ('pending', 'accepted');--> statement-breakpoint
CREATE INDEX `referrals_of_campaign_converted` ON `referrals` (`campaign_id`,`status`,`converted_at`) WHERE archived_at IS NULL AND converted_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `referrals_of_advocate_by_step` ON `referrals` (`enrollment_id`,`status`,`step_key`) WHERE archived_at IS NULL;--> statement-breakpoint
CREATE INDEX `referrals_of_advocate_converted` ON `referrals` (`enrollment_id`,`status`,`converted_at`) WHERE archived_at IS NULL AND converted_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `referrals_of_advocate` ON `referrals` (`enrollment_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `referrals_assigned` ON `referrals` (`assignee_id`,`status`,`step_key`) WHERE archived_at IS NULL AND assignee_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `referrals_unassigned` ON `referrals` (`organization_id`,`status`,`step_key`) WHERE archived_at IS NULL AND assignee_id IS NULL;--> statement-breakpoint
CREATE INDEX `referrals_flagged` ON `referrals` (`organization_id`,`status`,`step_key`) WHERE archived_at IS NULL AND flags <> '[]' AND flags_cleared_at IS NULL;--> statement-breakpoint
CREATE INDEX `referrals_unattributed` ON `referrals` (`organization_id`,`status`,`step_key`) WHERE archived_at IS NULL AND enrollment_id IS NULL;--> statement-breakpoint
CREATE INDEX `referrals_assigned_converted` ON `referrals` (`assignee_id`,`status`,`converted_at`) WHERE archived_at IS NULL AND assignee_id IS NOT NULL AND converted_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `referrals_unassigned_converted` ON `referrals` (`organization_id`,`status`,`converted_at`) WHERE archived_at IS NULL AND assignee_id IS NULL AND converted_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `referrals_flagged_closed` ON `referrals` (`organization_id`,`status`,`created_at`) WHERE archived_at IS NULL AND flags <> '[]' AND flags_cleared_at IS NULL AND status NOT IN ('pending', 'accepted');--> statement-breakpoint
CREATE INDEX `referrals_flagged_converted` ON `referrals` (`organization_id`,`status`,`converted_at`) WHERE archived_at IS NULL AND flags <> '[]' AND flags_cleared_at IS NULL AND converted_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `referrals_unattributed_closed` ON `referrals` (`organization_id`,`status`,`created_at`) WHERE archived_at IS NULL AND enrollment_id IS NULL AND status NOT IN ('pending', 'accepted');--> statement-breakpoint
CREATE INDEX `referrals_unattributed_converted` ON `referrals` (`organization_id`,`status`,`converted_at`) WHERE archived_at IS NULL AND enrollment_id IS NULL AND converted_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `referrals_reopened` ON `referrals` (`organization_id`,`reopened_at`) WHERE archived_at IS NULL AND status = 'pending' AND reopened_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `referrals_by_friend` ON `referrals` (`friend_contact_id`,`campaign_id`,`created_at`);
--> statement-breakpoint
INSERT INTO projection_fills (name) VALUES ('referral counts'), ('conversion dates of referrals'), ('advocate counts'), ('ledger totals');
--> statement-breakpoint
CREATE TRIGGER referrals_count_new AFTER INSERT ON referrals WHEN NEW.archived_at IS NULL
BEGIN
  INSERT INTO referral_counts (organization_id, campaign_id, status, count)
  VALUES (NEW.organization_id, NEW.campaign_id, NEW.status, 1) ON CONFLICT DO UPDATE SET count = count + 1;
END;
--> statement-breakpoint
CREATE TRIGGER referrals_count_change AFTER UPDATE OF organization_id, campaign_id, status, archived_at ON referrals
WHEN OLD.status <> NEW.status OR OLD.campaign_id <> NEW.campaign_id OR OLD.organization_id <> NEW.organization_id
  OR (OLD.archived_at IS NULL) <> (NEW.archived_at IS NULL)
BEGIN
  UPDATE referral_counts SET count = count - 1 WHERE OLD.archived_at IS NULL
    AND organization_id = OLD.organization_id AND campaign_id = OLD.campaign_id AND status = OLD.status;
  INSERT INTO referral_counts (organization_id, campaign_id, status, count)
  SELECT NEW.organization_id, NEW.campaign_id, NEW.status, 1 WHERE NEW.archived_at IS NULL
  ON CONFLICT DO UPDATE SET count = count + 1;
END;
--> statement-breakpoint
CREATE TRIGGER referrals_count_removed AFTER DELETE ON referrals WHEN OLD.archived_at IS NULL
BEGIN
  UPDATE referral_counts SET count = count - 1
  WHERE organization_id = OLD.organization_id AND campaign_id = OLD.campaign_id AND status = OLD.status;
END;
--> statement-breakpoint
CREATE TRIGGER conversions_date_referral AFTER INSERT ON conversions
BEGIN
  UPDATE referrals SET converted_at = NEW.created_at WHERE id = NEW.referral_id;
END;
--> statement-breakpoint
CREATE TRIGGER enrollments_count_new AFTER INSERT ON enrollments WHEN NEW.archived_at IS NULL
BEGIN
  INSERT INTO enrollment_counts (organization_id, campaign_id, count) VALUES (NEW.organization_id, NEW.campaign_id, 1)
  ON CONFLICT DO UPDATE SET count = count + 1;
END;
--> statement-breakpoint
CREATE TRIGGER enrollments_count_change AFTER UPDATE OF organization_id, campaign_id, archived_at ON enrollments
WHEN OLD.campaign_id <> NEW.campaign_id OR OLD.organization_id <> NEW.organization_id
  OR (OLD.archived_at IS NULL) <> (NEW.archived_at IS NULL)
BEGIN
  UPDATE enrollment_counts SET count = count - 1 WHERE OLD.archived_at IS NULL
    AND organization_id = OLD.organization_id AND campaign_id = OLD.campaign_id;
  INSERT INTO enrollment_counts (organization_id, campaign_id, count)
  SELECT NEW.organization_id, NEW.campaign_id, 1 WHERE NEW.archived_at IS NULL
  ON CONFLICT DO UPDATE SET count = count + 1;
END;
--> statement-breakpoint
CREATE TRIGGER enrollments_count_removed AFTER DELETE ON enrollments WHEN OLD.archived_at IS NULL
BEGIN
  UPDATE enrollment_counts SET count = count - 1
  WHERE organization_id = OLD.organization_id AND campaign_id = OLD.campaign_id;
END;
--> statement-breakpoint
-- An account starts at zero and is never removed, so only its balance changes the total.
CREATE TRIGGER ledger_accounts_total AFTER UPDATE OF balance ON ledger_accounts WHEN OLD.balance <> NEW.balance
BEGIN
  INSERT INTO ledger_totals (organization_id, owner_type, kind, currency, balance)
  VALUES (NEW.organization_id, NEW.owner_type, NEW.kind, NEW.currency, NEW.balance - OLD.balance)
  ON CONFLICT DO UPDATE SET balance = balance + excluded.balance;
END;
