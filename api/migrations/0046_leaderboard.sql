CREATE TABLE `leaderboard_entries` (
	`contact_id` text NOT NULL,
	`board` integer NOT NULL,
	`closed` integer NOT NULL,
	`cleared` integer NOT NULL,
	`listed` integer NOT NULL,
	`closed_key` integer GENERATED ALWAYS AS (-closed) VIRTUAL NOT NULL,
	`cleared_key` integer GENERATED ALWAYS AS (-cleared) VIRTUAL NOT NULL,
	PRIMARY KEY(`board`, `contact_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `leaderboard_entries_of_contact` ON `leaderboard_entries` (`contact_id`);--> statement-breakpoint
CREATE INDEX `leaderboard_entries_by_closed` ON `leaderboard_entries` (`board`,`closed_key`,`contact_id`) WHERE closed > 0;--> statement-breakpoint
CREATE INDEX `leaderboard_entries_in_public` ON `leaderboard_entries` (`board`,`cleared_key`,`contact_id`) WHERE cleared > 0 AND listed = 1;--> statement-breakpoint
CREATE TABLE `leaderboard_months` (
	`referral_id` text PRIMARY KEY NOT NULL,
	`month` text NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `leaderboard_pages` (
	`organization_id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`is_public` integer NOT NULL,
	`opens_with` text NOT NULL,
	`shows` integer NOT NULL,
	`announces_winner` integer NOT NULL,
	`announced_month` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `leaderboard_pages_slug_once` ON `leaderboard_pages` (`slug`);--> statement-breakpoint
CREATE INDEX `leaderboard_pages_to_announce` ON `leaderboard_pages` (`announced_month`) WHERE announces_winner = 1;--> statement-breakpoint
CREATE TABLE `leaderboard_redating` (
	`organization_id` text PRIMARY KEY NOT NULL,
	`after` text NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `leaderboard_tally` (
	`board` integer NOT NULL,
	`audience` text NOT NULL,
	`closed` integer NOT NULL,
	`advocates` integer NOT NULL,
	PRIMARY KEY(`board`, `audience`, `closed`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `leaderboards` (
	`id` integer PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`period` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `leaderboards_once` ON `leaderboards` (`organization_id`,`period`);--> statement-breakpoint
ALTER TABLE `contacts` ADD `leaderboard_since` integer;
--> statement-breakpoint
-- One place adds a change to every period it belongs to: what inserts here changes nothing itself. Counts are differences.
CREATE VIEW leaderboard_changes AS
  SELECT '' AS organization_id, '' AS month, '' AS contact_id, 0 AS closed, 0 AS cleared WHERE false;
--> statement-breakpoint
CREATE TRIGGER leaderboard_changes_added INSTEAD OF INSERT ON leaderboard_changes
BEGIN
  INSERT INTO leaderboards (organization_id, period)
  SELECT NEW.organization_id, period FROM (
    SELECT NEW.month AS period UNION ALL SELECT substr(NEW.month, 1, 4) UNION ALL SELECT 'all'
    UNION ALL SELECT substr(NEW.month, 1, 4) || '-Q' || ((substr(NEW.month, 6) + 2) / 3)
  ) WHERE true ON CONFLICT DO NOTHING;
  INSERT INTO leaderboard_entries (contact_id, board, closed, cleared, listed)
  SELECT NEW.contact_id, b.id, NEW.closed, NEW.cleared, coalesce((
    SELECT leaderboard_since IS NOT NULL AND erased_at IS NULL AND merged_into IS NULL FROM contacts WHERE id = NEW.contact_id
  ), 0)
  FROM leaderboards b WHERE b.organization_id = NEW.organization_id AND b.period IN (
    NEW.month, substr(NEW.month, 1, 4), 'all', substr(NEW.month, 1, 4) || '-Q' || ((substr(NEW.month, 6) + 2) / 3)
  )
  ON CONFLICT DO UPDATE SET closed = closed + excluded.closed, cleared = cleared + excluded.cleared;
END;
--> statement-breakpoint
CREATE VIEW leaderboard_tally_changes AS SELECT 0 AS board, '' AS audience, 0 AS closed, 0 AS advocates WHERE false;
--> statement-breakpoint
CREATE TRIGGER leaderboard_tally_changed INSTEAD OF INSERT ON leaderboard_tally_changes
BEGIN
  INSERT INTO leaderboard_tally (board, audience, closed, advocates)
  VALUES (NEW.board, NEW.audience, NEW.closed, NEW.advocates)
  ON CONFLICT DO UPDATE SET advocates = advocates + excluded.advocates;
  DELETE FROM leaderboard_tally
  WHERE board = NEW.board AND audience = NEW.audience AND closed = NEW.closed AND advocates = 0;
END;
--> statement-breakpoint
CREATE TRIGGER leaderboard_entries_inserted AFTER INSERT ON leaderboard_entries
BEGIN
  INSERT INTO leaderboard_tally_changes SELECT NEW.board, 'console', NEW.closed, 1 WHERE NEW.closed > 0;
  INSERT INTO leaderboard_tally_changes SELECT NEW.board, 'public', NEW.cleared, 1 WHERE NEW.cleared > 0 AND NEW.listed = 1;
END;
--> statement-breakpoint
CREATE TRIGGER leaderboard_entries_changed AFTER UPDATE OF closed, cleared, listed ON leaderboard_entries
BEGIN
  INSERT INTO leaderboard_tally_changes
    SELECT OLD.board, 'console', OLD.closed, -1 WHERE OLD.closed > 0 AND OLD.closed <> NEW.closed;
  INSERT INTO leaderboard_tally_changes
    SELECT NEW.board, 'console', NEW.closed, 1 WHERE NEW.closed > 0 AND OLD.closed <> NEW.closed;
  INSERT INTO leaderboard_tally_changes
    SELECT OLD.board, 'public', OLD.cleared, -1 WHERE OLD.cleared > 0 AND OLD.listed = 1
      AND (OLD.cleared <> NEW.cleared OR OLD.listed <> NEW.listed);
  INSERT INTO leaderboard_tally_changes
    SELECT NEW.board, 'public', NEW.cleared, 1 WHERE NEW.cleared > 0 AND NEW.listed = 1
      AND (OLD.cleared <> NEW.cleared OR OLD.listed <> NEW.listed);
END;
--> statement-breakpoint
CREATE TRIGGER leaderboard_months_inserted AFTER INSERT ON leaderboard_months
BEGIN
  INSERT INTO leaderboard_changes
  SELECT r.organization_id, NEW.month, e.contact_id, 1, r.flags = '[]' OR r.flags_cleared_at IS NOT NULL
  FROM referrals r JOIN enrollments e ON e.id = r.enrollment_id
  WHERE r.id = NEW.referral_id AND r.status = 'converted' AND r.archived_at IS NULL;
END;
--> statement-breakpoint
CREATE TRIGGER leaderboard_months_changed AFTER UPDATE OF month ON leaderboard_months WHEN NEW.month <> OLD.month
BEGIN
  INSERT INTO leaderboard_changes
  SELECT r.organization_id, OLD.month, e.contact_id, -1, -(r.flags = '[]' OR r.flags_cleared_at IS NOT NULL)
  FROM referrals r JOIN enrollments e ON e.id = r.enrollment_id
  WHERE r.id = NEW.referral_id AND r.status = 'converted' AND r.archived_at IS NULL;
  INSERT INTO leaderboard_changes
  SELECT r.organization_id, NEW.month, e.contact_id, 1, r.flags = '[]' OR r.flags_cleared_at IS NOT NULL
  FROM referrals r JOIN enrollments e ON e.id = r.enrollment_id
  WHERE r.id = NEW.referral_id AND r.status = 'converted' AND r.archived_at IS NULL;
END;
--> statement-breakpoint
-- A conversion gets its month after its referral moved, so this counts only what comes later.
CREATE TRIGGER referrals_changed_leaderboard AFTER UPDATE OF status, archived_at, flags, flags_cleared_at, enrollment_id ON referrals
WHEN (OLD.status = 'converted' OR NEW.status = 'converted') AND (
  NEW.status <> OLD.status OR (NEW.archived_at IS NULL) <> (OLD.archived_at IS NULL) OR NEW.flags <> OLD.flags
  OR (NEW.flags_cleared_at IS NULL) <> (OLD.flags_cleared_at IS NULL) OR NEW.enrollment_id IS NOT OLD.enrollment_id)
BEGIN
  INSERT INTO leaderboard_changes
  SELECT OLD.organization_id, m.month, e.contact_id, -1, -(OLD.flags = '[]' OR OLD.flags_cleared_at IS NOT NULL)
  FROM leaderboard_months m JOIN enrollments e ON e.id = OLD.enrollment_id
  WHERE m.referral_id = OLD.id AND OLD.status = 'converted' AND OLD.archived_at IS NULL;
  INSERT INTO leaderboard_changes
  SELECT NEW.organization_id, m.month, e.contact_id, 1, NEW.flags = '[]' OR NEW.flags_cleared_at IS NOT NULL
  FROM leaderboard_months m JOIN enrollments e ON e.id = NEW.enrollment_id
  WHERE m.referral_id = NEW.id AND NEW.status = 'converted' AND NEW.archived_at IS NULL;
END;
--> statement-breakpoint
CREATE TRIGGER referrals_deleted_leaderboard AFTER DELETE ON referrals
BEGIN
  INSERT INTO leaderboard_changes
  SELECT OLD.organization_id, m.month, e.contact_id, -1, -(OLD.flags = '[]' OR OLD.flags_cleared_at IS NOT NULL)
  FROM leaderboard_months m JOIN enrollments e ON e.id = OLD.enrollment_id
  WHERE m.referral_id = OLD.id AND OLD.status = 'converted' AND OLD.archived_at IS NULL;
  DELETE FROM leaderboard_months WHERE referral_id = OLD.id;
END;
--> statement-breakpoint
CREATE TRIGGER enrollments_moved_leaderboard AFTER UPDATE OF contact_id ON enrollments WHEN NEW.contact_id <> OLD.contact_id
BEGIN
  INSERT INTO leaderboard_changes
  SELECT OLD.organization_id, m.month, OLD.contact_id, -count(*), -sum(r.flags = '[]' OR r.flags_cleared_at IS NOT NULL)
  FROM referrals r JOIN leaderboard_months m ON m.referral_id = r.id
  WHERE r.enrollment_id = NEW.id AND r.status = 'converted' AND r.archived_at IS NULL GROUP BY m.month;
  INSERT INTO leaderboard_changes
  SELECT NEW.organization_id, m.month, NEW.contact_id, count(*), sum(r.flags = '[]' OR r.flags_cleared_at IS NOT NULL)
  FROM referrals r JOIN leaderboard_months m ON m.referral_id = r.id
  WHERE r.enrollment_id = NEW.id AND r.status = 'converted' AND r.archived_at IS NULL GROUP BY m.month;
END;
--> statement-breakpoint
CREATE TRIGGER contacts_changed_leaderboard AFTER UPDATE OF leaderboard_since, erased_at, merged_into ON contacts
WHEN (NEW.leaderboard_since IS NOT NULL AND NEW.erased_at IS NULL AND NEW.merged_into IS NULL)
  <> (OLD.leaderboard_since IS NOT NULL AND OLD.erased_at IS NULL AND OLD.merged_into IS NULL)
BEGIN
  UPDATE leaderboard_entries
  SET listed = NEW.leaderboard_since IS NOT NULL AND NEW.erased_at IS NULL AND NEW.merged_into IS NULL
  WHERE contact_id = NEW.id;
END;
--> statement-breakpoint
CREATE TRIGGER organizations_redate_leaderboard AFTER UPDATE OF time_zone ON organizations WHEN NEW.time_zone <> OLD.time_zone
BEGIN
  INSERT INTO leaderboard_redating (organization_id, after) VALUES (NEW.id, '') ON CONFLICT DO UPDATE SET after = '';
END;
--> statement-breakpoint
INSERT INTO projection_fills (name) VALUES ('leaderboard');
