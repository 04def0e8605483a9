ALTER TABLE `rollup_subjects` ADD `visited` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `rollup_subjects_changed` ON `rollup_subjects` (`organization_id`,`version`) WHERE version > 0 AND subject_id <> organization_id;--> statement-breakpoint
CREATE INDEX `advocate_rollups_of_advocate` ON `advocate_rollups` (`enrollment`,`quarter`);
--> statement-breakpoint
-- An enrollment is marked with the version of the figures in which its own changed. The quarters of an organization are
-- those of its campaigns.
DROP TRIGGER rollup_changes_added;
--> statement-breakpoint
DELETE FROM rollups WHERE unit = 'q' AND subject IN (SELECT id FROM rollup_subjects WHERE subject_id = organization_id);
--> statement-breakpoint
CREATE TRIGGER rollup_changes_added INSTEAD OF INSERT ON rollup_changes
BEGIN
  INSERT INTO rollup_subjects (subject_id, organization_id)
  SELECT id, NEW.organization_id FROM (
    SELECT NEW.organization_id AS id UNION ALL SELECT NEW.campaign_id UNION ALL SELECT NEW.enrollment_id
  ) WHERE id IS NOT NULL ON CONFLICT DO NOTHING;
  UPDATE rollup_subjects SET
    version = 1 + (SELECT version FROM rollup_subjects WHERE subject_id = NEW.organization_id),
    visited = iif(NEW.visits, 1 + (SELECT version FROM rollup_subjects WHERE subject_id = NEW.organization_id), visited)
  WHERE subject_id IN (NEW.organization_id, NEW.enrollment_id);
  INSERT INTO rollups
    (subject, unit, quarter, currency, visits, referrals, converted, revenue, advocate_rewards, friend_rewards)
  SELECT s.id, start.unit, start.quarter, NEW.currency,
    NEW.visits, NEW.referrals, NEW.converted, NEW.revenue, NEW.advocate_rewards, NEW.friend_rewards
  FROM (
    SELECT NEW.campaign_id AS id, 'q' AS unit, (NEW.at - (NEW.at % 900000 + 900000) % 900000) / 900000 AS quarter
    UNION ALL SELECT NEW.campaign_id, 'd', (NEW.at - (NEW.at % 86400000 + 86400000) % 86400000) / 900000
    UNION ALL SELECT NEW.organization_id, 'd', (NEW.at - (NEW.at % 86400000 + 86400000) % 86400000) / 900000
  ) AS start CROSS JOIN rollup_subjects s WHERE s.subject_id = start.id
  ON CONFLICT DO UPDATE SET visits = visits + excluded.visits, referrals = referrals + excluded.referrals,
    converted = converted + excluded.converted, revenue = revenue + excluded.revenue,
    advocate_rewards = advocate_rewards + excluded.advocate_rewards, friend_rewards = friend_rewards + excluded.friend_rewards;
  INSERT INTO rollups
    (subject, unit, quarter, currency, visits, referrals, converted, revenue, advocate_rewards, friend_rewards)
  SELECT id, 'q', (NEW.at - (NEW.at % 900000 + 900000) % 900000) / 900000, NEW.currency, 0, NEW.referrals, 0, 0, 0, 0
  FROM rollup_subjects WHERE subject_id = NEW.enrollment_id AND NEW.referrals <> 0
  ON CONFLICT DO UPDATE SET referrals = referrals + excluded.referrals;
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
DROP TRIGGER visit_counts_inserted_roll_up;
--> statement-breakpoint
CREATE TRIGGER visit_counts_inserted_roll_up AFTER INSERT ON visit_counts
BEGIN
  INSERT INTO rollup_changes
  SELECT l.organization_id, e.campaign_id, e.id, k.currency, NEW.quarter * 900000, NEW.count, 0, 0, 0, 0, 0
  FROM visit_links l JOIN enrollments e ON e.id = l.enrollment_id JOIN campaigns k ON k.id = e.campaign_id
  WHERE l.number = NEW.link;
END;
--> statement-breakpoint
DROP TRIGGER visit_counts_counted_roll_up;
--> statement-breakpoint
CREATE TRIGGER visit_counts_counted_roll_up AFTER UPDATE OF count ON visit_counts WHEN NEW.count <> OLD.count
BEGIN
  INSERT INTO rollup_changes
  SELECT l.organization_id, e.campaign_id, e.id, k.currency, NEW.quarter * 900000, NEW.count - OLD.count, 0, 0, 0, 0, 0
  FROM visit_links l JOIN enrollments e ON e.id = l.enrollment_id JOIN campaigns k ON k.id = e.campaign_id
  WHERE l.number = NEW.link;
END;
--> statement-breakpoint
DROP TRIGGER visit_counts_deleted_roll_up;
--> statement-breakpoint
CREATE TRIGGER visit_counts_deleted_roll_up AFTER DELETE ON visit_counts
BEGIN
  INSERT INTO rollup_changes
  SELECT l.organization_id, e.campaign_id, e.id, k.currency, OLD.quarter * 900000, -OLD.count, 0, 0, 0, 0, 0
  FROM visit_links l JOIN enrollments e ON e.id = l.enrollment_id JOIN campaigns k ON k.id = e.campaign_id
  WHERE l.number = OLD.link;
END;
