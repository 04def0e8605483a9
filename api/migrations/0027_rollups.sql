CREATE TABLE `advocate_rollups` (
	`subject` integer NOT NULL,
	`quarter` integer NOT NULL,
	`enrollment` integer NOT NULL,
	`currency` text NOT NULL,
	`converted` integer NOT NULL,
	`revenue` integer NOT NULL,
	`rewards` integer NOT NULL,
	PRIMARY KEY(`subject`, `quarter`, `enrollment`, `currency`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `rollup_subjects` (
	`id` integer PRIMARY KEY NOT NULL,
	`subject_id` text NOT NULL,
	`organization_id` text NOT NULL,
	`version` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rollup_subjects_once` ON `rollup_subjects` (`subject_id`);--> statement-breakpoint
CREATE TABLE `rollups` (
	`subject` integer NOT NULL,
	`unit` text NOT NULL,
	`quarter` integer NOT NULL,
	`currency` text NOT NULL,
	`visits` integer NOT NULL,
	`referrals` integer NOT NULL,
	`converted` integer NOT NULL,
	`revenue` integer NOT NULL,
	`advocate_rewards` integer NOT NULL,
	`friend_rewards` integer NOT NULL,
	PRIMARY KEY(`subject`, `unit`, `quarter`, `currency`)
) WITHOUT ROWID;
--> statement-breakpoint
-- One place adds a change to every rollup it belongs to: what inserts here changes nothing itself. Figures are differences, so
-- that what is taken back is added with a minus.
CREATE VIEW rollup_changes AS SELECT '' AS organization_id, '' AS campaign_id, '' AS enrollment_id, '' AS currency, 0 AS at,
  0 AS visits, 0 AS referrals, 0 AS converted, 0 AS revenue, 0 AS advocate_rewards, 0 AS friend_rewards WHERE false;
--> statement-breakpoint
CREATE TRIGGER rollup_changes_added INSTEAD OF INSERT ON rollup_changes
BEGIN
  INSERT INTO rollup_subjects (subject_id, organization_id)
  SELECT id, NEW.organization_id FROM (
    SELECT NEW.organization_id AS id UNION ALL SELECT NEW.campaign_id UNION ALL SELECT NEW.enrollment_id
  ) WHERE id IS NOT NULL ON CONFLICT DO NOTHING;
  UPDATE rollup_subjects SET version = version + 1 WHERE subject_id = NEW.organization_id;
  INSERT INTO rollups
    (subject, unit, quarter, currency, visits, referrals, converted, revenue, advocate_rewards, friend_rewards)
  SELECT s.id, start.unit, start.quarter, NEW.currency,
    NEW.visits, NEW.referrals, NEW.converted, NEW.revenue, NEW.advocate_rewards, NEW.friend_rewards
  FROM (
    SELECT 'q' AS unit, (NEW.at - (NEW.at % 900000 + 900000) % 900000) / 900000 AS quarter
    UNION ALL SELECT 'd', (NEW.at - (NEW.at % 86400000 + 86400000) % 86400000) / 900000
  ) AS start CROSS JOIN rollup_subjects s WHERE s.subject_id IN (NEW.organization_id, NEW.campaign_id)
  ON CONFLICT DO UPDATE SET visits = visits + excluded.visits, referrals = referrals + excluded.referrals,
    converted = converted + excluded.converted, revenue = revenue + excluded.revenue,
    advocate_rewards = advocate_rewards + excluded.advocate_rewards, friend_rewards = friend_rewards + excluded.friend_rewards;
  INSERT INTO rollups
    (subject, unit, quarter, currency, visits, referrals, converted, revenue, advocate_rewards, friend_rewards)
  SELECT id, 'q', (NEW.at - (NEW.at % 900000 + 900000) % 900000) / 900000, NEW.currency, NEW.visits, NEW.referrals, 0, 0, 0, 0
  FROM rollup_subjects WHERE subject_id = NEW.enrollment_id AND (NEW.visits <> 0 OR NEW.referrals <> 0)
  ON CONFLICT DO UPDATE SET visits = visits + excluded.visits, referrals = referrals + excluded.referrals;
  INSERT INTO advocate_rollups (subject, quarter, enrollment, currency, converted, revenue, rewards)
  SELECT campaign.id, (NEW.at - (NEW.at % 900000 + 900000) % 900000) / 900000, advocate.id, NEW.currency,
    NEW.converted, NEW.revenue, NEW.advocate_rewards
  FROM rollup_subjects campaign, rollup_subjects advocate
  WHERE campaign.subject_id = NEW.campaign_id AND advocate.subject_id = NEW.enrollment_id
    AND (NEW.converted <> 0 OR NEW.revenue <> 0 OR NEW.advocate_rewards <> 0)
  ON CONFLICT DO UPDATE SET converted = converted + excluded.converted, revenue = revenue + excluded.revenue,
    rewards = rewards + excluded.rewards;
END;
--> statement-breakpoint
CREATE TRIGGER visits_inserted_roll_up AFTER INSERT ON visits
BEGIN
  INSERT INTO rollup_changes
  SELECT NEW.organization_id, e.campaign_id, e.id, k.currency, NEW.at, NEW.count, 0, 0, 0, 0, 0
  FROM enrollments e JOIN campaigns k ON k.id = e.campaign_id WHERE e.id = NEW.enrollment_id;
END;
--> statement-breakpoint
CREATE TRIGGER visits_counted_roll_up AFTER UPDATE OF count ON visits WHEN NEW.count <> OLD.count
BEGIN
  INSERT INTO rollup_changes
  SELECT NEW.organization_id, e.campaign_id, e.id, k.currency, NEW.at, NEW.count - OLD.count, 0, 0, 0, 0, 0
  FROM enrollments e JOIN campaigns k ON k.id = e.campaign_id WHERE e.id = NEW.enrollment_id;
END;
--> statement-breakpoint
CREATE TRIGGER visits_deleted_roll_up AFTER DELETE ON visits
BEGIN
  INSERT INTO rollup_changes
  SELECT OLD.organization_id, e.campaign_id, e.id, k.currency, OLD.at, -OLD.count, 0, 0, 0, 0, 0
  FROM enrollments e JOIN campaigns k ON k.id = e.campaign_id WHERE e.id = OLD.enrollment_id;
END;
--> statement-breakpoint
CREATE TRIGGER visits_keep_their_place BEFORE UPDATE OF organization_id, enrollment_id, at ON visits
WHEN NEW.organization_id <> OLD.organization_id OR NEW.enrollment_id <> OLD.enrollment_id OR NEW.at <> OLD.at
BEGIN
  SELECT RAISE(ABORT, 'visits stay with their link and their time');
END;
--> statement-breakpoint
CREATE TRIGGER referrals_inserted_roll_up AFTER INSERT ON referrals WHEN NEW.archived_at IS NULL
BEGIN
  INSERT INTO rollup_changes
  SELECT NEW.organization_id, NEW.campaign_id, NEW.enrollment_id, currency, NEW.created_at, 0, 1, 0, 0, 0, 0
  FROM campaigns WHERE id = NEW.campaign_id;
END;
--> statement-breakpoint
CREATE TRIGGER referrals_moved_roll_up AFTER UPDATE OF archived_at, created_at, campaign_id, enrollment_id ON referrals
WHEN (NEW.archived_at IS NULL) <> (OLD.archived_at IS NULL) OR NEW.created_at <> OLD.created_at
  OR NEW.campaign_id <> OLD.campaign_id OR NEW.enrollment_id IS NOT OLD.enrollment_id
BEGIN
  INSERT INTO rollup_changes
  SELECT OLD.organization_id, OLD.campaign_id, OLD.enrollment_id, currency, OLD.created_at, 0, -1, 0, 0, 0, 0
  FROM campaigns WHERE id = OLD.campaign_id AND OLD.archived_at IS NULL;
  INSERT INTO rollup_changes
  SELECT NEW.organization_id, NEW.campaign_id, NEW.enrollment_id, currency, NEW.created_at, 0, 1, 0, 0, 0, 0
  FROM campaigns WHERE id = NEW.campaign_id AND NEW.archived_at IS NULL;
END;
--> statement-breakpoint
CREATE TRIGGER referrals_deleted_roll_up AFTER DELETE ON referrals WHEN OLD.archived_at IS NULL
BEGIN
  INSERT INTO rollup_changes
  SELECT OLD.organization_id, OLD.campaign_id, OLD.enrollment_id, currency, OLD.created_at, 0, -1, 0, 0, 0, 0
  FROM campaigns WHERE id = OLD.campaign_id;
END;
--> statement-breakpoint
-- What stands of conversions and their rewards, for as long as the referral stays converted and is not deleted.
CREATE TRIGGER referrals_standing_roll_up AFTER UPDATE OF status, archived_at ON referrals
WHEN (NEW.status = 'converted' AND NEW.archived_at IS NULL) <> (OLD.status = 'converted' AND OLD.archived_at IS NULL)
BEGIN
  INSERT INTO rollup_changes
  SELECT organization_id, campaign_id, enrollment_id, currency, created_at, 0, 0,
    sign, sign * job_value, sign * advocate_rewards, sign * friend_rewards
  FROM (
    SELECT c.organization_id, c.campaign_id, c.enrollment_id, c.currency, c.created_at, coalesce(c.job_value, 0) AS job_value,
      CASE WHEN NEW.status = 'converted' AND NEW.archived_at IS NULL THEN 1 ELSE -1 END AS sign,
      coalesce((SELECT w.amount FROM rewards w WHERE w.source_type = 'conversion' AND w.source_id = c.id
        AND w.side = 'advocate' AND w.status <> 'voided'), 0) AS advocate_rewards,
      coalesce((SELECT w.amount FROM rewards w WHERE w.source_type = 'conversion' AND w.source_id = c.id
        AND w.side = 'friend' AND w.status <> 'voided'), 0) AS friend_rewards
    FROM conversions c WHERE c.referral_id = NEW.id
  );
END;
--> statement-breakpoint
CREATE TRIGGER conversions_inserted_roll_up AFTER INSERT ON conversions
WHEN EXISTS (SELECT 1 FROM referrals WHERE id = NEW.referral_id AND status = 'converted' AND archived_at IS NULL)
BEGIN
  INSERT INTO rollup_changes VALUES (NEW.organization_id, NEW.campaign_id, NEW.enrollment_id, NEW.currency, NEW.created_at,
    0, 0, 1, coalesce(NEW.job_value, 0), 0, 0);
END;
--> statement-breakpoint
CREATE TRIGGER rewards_inserted_roll_up AFTER INSERT ON rewards
WHEN NEW.source_type = 'conversion' AND NEW.status <> 'voided' AND NEW.amount <> 0
BEGIN
  INSERT INTO rollup_changes
  SELECT c.organization_id, c.campaign_id, c.enrollment_id, c.currency, c.created_at, 0, 0, 0, 0,
    CASE NEW.side WHEN 'advocate' THEN NEW.amount ELSE 0 END, CASE NEW.side WHEN 'friend' THEN NEW.amount ELSE 0 END
  FROM conversions c JOIN referrals r ON r.id = c.referral_id AND r.status = 'converted' AND r.archived_at IS NULL
  WHERE c.id = NEW.source_id;
END;
--> statement-breakpoint
CREATE TRIGGER rewards_changed_roll_up AFTER UPDATE OF status, amount ON rewards
WHEN NEW.source_type = 'conversion'
  AND (NEW.status <> 'voided') * NEW.amount <> (OLD.status <> 'voided') * OLD.amount
BEGIN
  INSERT INTO rollup_changes
  SELECT organization_id, campaign_id, enrollment_id, currency, created_at, 0, 0, 0, 0,
    CASE NEW.side WHEN 'advocate' THEN difference ELSE 0 END, CASE NEW.side WHEN 'friend' THEN difference ELSE 0 END
  FROM (
    SELECT c.*, (NEW.status <> 'voided') * NEW.amount - (OLD.status <> 'voided') * OLD.amount AS difference
    FROM conversions c JOIN referrals r ON r.id = c.referral_id AND r.status = 'converted' AND r.archived_at IS NULL
    WHERE c.id = NEW.source_id
  );
END;
--> statement-breakpoint
CREATE TRIGGER rewards_deleted_roll_up AFTER DELETE ON rewards
WHEN OLD.source_type = 'conversion' AND OLD.status <> 'voided' AND OLD.amount <> 0
BEGIN
  INSERT INTO rollup_changes
  SELECT c.organization_id, c.campaign_id, c.enrollment_id, c.currency, c.created_at, 0, 0, 0, 0,
    CASE OLD.side WHEN 'advocate' THEN -OLD.amount ELSE 0 END, CASE OLD.side WHEN 'friend' THEN -OLD.amount ELSE 0 END
  FROM conversions c JOIN referrals r ON r.id = c.referral_id AND r.status = 'converted' AND r.archived_at IS NULL
  WHERE c.id = OLD.source_id;
END;
--> statement-breakpoint
INSERT INTO projection_fills (name) VALUES ('referral rollups'), ('visit rollups');
