CREATE TABLE `campaign_expiry` (
	`campaign_id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`checked_at` integer,
	`next_at` integer,
	FOREIGN KEY (`organization_id`,`campaign_id`) REFERENCES `campaigns`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `campaign_expiry_due` ON `campaign_expiry` (`next_at`);--> statement-breakpoint
DROP INDEX `rewards_waiting`;--> statement-breakpoint
CREATE INDEX `rewards_due` ON `rewards` (`available_at`) WHERE status = 'pending' AND needs_approval = 0 AND code_source IS NOT 'pool';--> statement-breakpoint
CREATE INDEX `rewards_for_pool` ON `rewards` (`campaign_id`,`available_at`) WHERE status = 'pending' AND needs_approval = 0 AND code_source = 'pool';--> statement-breakpoint
DROP INDEX `referrals_live`;--> statement-breakpoint
CREATE INDEX `referrals_open` ON `referrals` (`campaign_id`,`status`,CASE WHEN reopened_at IS NULL THEN created_at ELSE reopened_at END) WHERE (status = 'pending' OR status = 'accepted') AND archived_at IS NULL;--> statement-breakpoint
CREATE INDEX `sessions_by_expiry` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE INDEX `verifications_by_expiry` ON `verifications` (`expires_at`);--> statement-breakpoint
CREATE INDEX `portal_links_by_expiry` ON `portal_links` (`expires_at`);--> statement-breakpoint
CREATE INDEX `portal_sessions_by_expiry` ON `portal_sessions` (`expires_at`);--> statement-breakpoint
-- Campaigns of before are checked once, right after the start.
INSERT INTO campaign_expiry (campaign_id, organization_id, checked_at, next_at) SELECT id, organization_id, 0, 0 FROM campaigns;--> statement-breakpoint
CREATE TRIGGER campaigns_start_expiry AFTER INSERT ON campaigns
BEGIN
  INSERT INTO campaign_expiry (campaign_id, organization_id, checked_at, next_at) VALUES (NEW.id, NEW.organization_id, 0, 0);
END;--> statement-breakpoint
CREATE TRIGGER campaigns_change_expiry AFTER UPDATE OF status, ends_at, when_ended, terms_version ON campaigns
BEGIN
  UPDATE campaign_expiry SET next_at = 0 WHERE campaign_id = NEW.id;
END;--> statement-breakpoint
-- One that waits from the last check or later is found by the next one. An accepted one is only due while all are.
CREATE TRIGGER referrals_open_expiry AFTER INSERT ON referrals
WHEN NEW.archived_at IS NULL AND NEW.status IN ('pending', 'accepted')
BEGIN
  UPDATE campaign_expiry SET next_at = 0 WHERE campaign_id = NEW.campaign_id AND (checked_at IS NULL
    OR NEW.status = 'pending' AND checked_at > coalesce(NEW.reopened_at, NEW.created_at));
END;--> statement-breakpoint
CREATE TRIGGER referrals_reopen_expiry AFTER UPDATE OF status, archived_at, reopened_at, created_at, campaign_id ON referrals
WHEN NEW.archived_at IS NULL AND NEW.status IN ('pending', 'accepted')
BEGIN
  UPDATE campaign_expiry SET next_at = 0 WHERE campaign_id = NEW.campaign_id AND (checked_at IS NULL
    OR NEW.status = 'pending' AND checked_at > coalesce(NEW.reopened_at, NEW.created_at));
END;
