CREATE TABLE `visit_counts` (
	`link` integer NOT NULL,
	`quarter` integer NOT NULL,
	`place` integer NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`link`, `quarter`, `place`),
	FOREIGN KEY (`link`) REFERENCES `visit_links`(`number`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `visit_links` (
	`number` integer PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`enrollment_id` text NOT NULL,
	FOREIGN KEY (`organization_id`,`enrollment_id`) REFERENCES `enrollments`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `visit_links_once` ON `visit_links` (`organization_id`,`enrollment_id`);
--> statement-breakpoint
INSERT INTO visit_links (organization_id, enrollment_id)
SELECT DISTINCT organization_id, enrollment_id FROM visits ORDER BY organization_id, enrollment_id;
--> statement-breakpoint
INSERT INTO visit_counts (link, quarter, place, count)
SELECT l.number, v.at / 900000, CASE v.source WHEN 'hosted' THEN 1 ELSE 0 END, v.count
FROM visits v JOIN visit_links l ON l.organization_id = v.organization_id AND l.enrollment_id = v.enrollment_id
ORDER BY 1, 2, 3;
--> statement-breakpoint
-- The visits of an enrollment are read from its link: its rollups keep its referrals.
DROP TRIGGER rollup_changes_added;
--> statement-breakpoint
CREATE TABLE rollups_without_links (
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
-- Visits that an interrupted upgrade has begun to add are added anew.
INSERT INTO rollups_without_links
SELECT u.subject, u.unit, u.quarter, u.currency,
  CASE WHEN e.id IS NULL AND NOT EXISTS (SELECT 1 FROM projection_fills WHERE name = 'visit rollups') THEN u.visits ELSE 0 END,
  u.referrals, u.converted, u.revenue, u.advocate_rewards, u.friend_rewards
FROM rollups u JOIN rollup_subjects s ON s.id = u.subject LEFT JOIN enrollments e ON e.id = s.subject_id
WHERE e.id IS NULL OR u.referrals <> 0 ORDER BY u.subject, u.unit, u.quarter, u.currency;
--> statement-breakpoint
UPDATE projection_fills SET after_id = '' WHERE name = 'visit rollups';
--> statement-breakpoint
DROP TABLE rollups;
--> statement-breakpoint
ALTER TABLE rollups_without_links RENAME TO rollups;
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
