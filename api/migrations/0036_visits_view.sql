DROP TABLE `visits`;
--> statement-breakpoint
DROP INDEX `conversions_by_advocate`;
--> statement-breakpoint
-- Adds to a link's visits; the columns after the count only say where they are stored.
CREATE VIEW visits AS SELECT l.organization_id, c.quarter * 900000 AS at, l.enrollment_id,
  CASE c.place WHEN 0 THEN 'widget' WHEN 1 THEN 'hosted' END AS source, c.count, c.link, c.quarter, c.place
FROM visit_counts c JOIN visit_links l ON l.number = c.link;
--> statement-breakpoint
CREATE TRIGGER visits_counted INSTEAD OF INSERT ON visits
BEGIN
  INSERT INTO visit_links (organization_id, enrollment_id) VALUES (NEW.organization_id, NEW.enrollment_id) ON CONFLICT DO NOTHING;
  INSERT INTO visit_counts (link, quarter, place, count)
  SELECT number, (NEW.at - (NEW.at % 900000 + 900000) % 900000) / 900000,
    CASE NEW.source WHEN 'widget' THEN 0 WHEN 'hosted' THEN 1 END, NEW.count
  FROM visit_links WHERE organization_id = NEW.organization_id AND enrollment_id = NEW.enrollment_id
  ON CONFLICT DO UPDATE SET count = count + excluded.count;
END;
--> statement-breakpoint
CREATE TRIGGER visit_counts_inserted_roll_up AFTER INSERT ON visit_counts
BEGIN
  INSERT INTO rollup_changes
  SELECT l.organization_id, e.campaign_id, NULL, k.currency, NEW.quarter * 900000, NEW.count, 0, 0, 0, 0, 0
  FROM visit_links l JOIN enrollments e ON e.id = l.enrollment_id JOIN campaigns k ON k.id = e.campaign_id
  WHERE l.number = NEW.link;
END;
--> statement-breakpoint
CREATE TRIGGER visit_counts_counted_roll_up AFTER UPDATE OF count ON visit_counts WHEN NEW.count <> OLD.count
BEGIN
  INSERT INTO rollup_changes
  SELECT l.organization_id, e.campaign_id, NULL, k.currency, NEW.quarter * 900000, NEW.count - OLD.count, 0, 0, 0, 0, 0
  FROM visit_links l JOIN enrollments e ON e.id = l.enrollment_id JOIN campaigns k ON k.id = e.campaign_id
  WHERE l.number = NEW.link;
END;
--> statement-breakpoint
CREATE TRIGGER visit_counts_deleted_roll_up AFTER DELETE ON visit_counts
BEGIN
  INSERT INTO rollup_changes
  SELECT l.organization_id, e.campaign_id, NULL, k.currency, OLD.quarter * 900000, -OLD.count, 0, 0, 0, 0, 0
  FROM visit_links l JOIN enrollments e ON e.id = l.enrollment_id JOIN campaigns k ON k.id = e.campaign_id
  WHERE l.number = OLD.link;
END;
--> statement-breakpoint
CREATE TRIGGER visit_counts_keep_their_place BEFORE UPDATE OF link, quarter, place ON visit_counts
WHEN NEW.link <> OLD.link OR NEW.quarter <> OLD.quarter OR NEW.place <> OLD.place
BEGIN
  SELECT RAISE(ABORT, 'visits stay with their link and their time');
END;
--> statement-breakpoint
CREATE TRIGGER visit_links_keep_their_place BEFORE UPDATE ON visit_links
BEGIN
  SELECT RAISE(ABORT, 'visits stay with their link and their time');
END;
--> statement-breakpoint
-- The sums over all contacts are in ledger_totals.
DROP TRIGGER ledger_accounts_keep_contact_balances;
--> statement-breakpoint
ALTER TABLE `contact_balance_totals` DROP COLUMN `available`;
--> statement-breakpoint
ALTER TABLE `contact_balance_totals` DROP COLUMN `held`;
--> statement-breakpoint
ALTER TABLE `contact_balance_totals` DROP COLUMN `owed`;
--> statement-breakpoint
CREATE TRIGGER ledger_accounts_keep_contact_balances AFTER UPDATE OF balance ON ledger_accounts
WHEN NEW.owner_type = 'contact' AND NEW.kind IN ('available', 'held', 'owed') AND NEW.balance <> OLD.balance
BEGIN
  DELETE FROM contact_balances
  WHERE organization_id = NEW.organization_id AND currency = NEW.currency AND contact_id = NEW.owner_id
    AND total = OLD.balance - NEW.balance + (
      SELECT sum(balance) FROM ledger_accounts WHERE organization_id = NEW.organization_id AND owner_type = 'contact'
        AND owner_id = NEW.owner_id AND kind IN ('available', 'held', 'owed') AND currency = NEW.currency
    );
  INSERT INTO contact_balances (organization_id, currency, total, contact_id)
  SELECT organization_id, currency, sum(balance), owner_id FROM ledger_accounts
  WHERE organization_id = NEW.organization_id AND owner_type = 'contact' AND owner_id = NEW.owner_id
    AND kind IN ('available', 'held', 'owed') AND currency = NEW.currency
  GROUP BY 1, 2, 4 HAVING sum(balance <> 0) > 0;
  INSERT INTO contact_balance_totals (organization_id, currency, contacts)
  SELECT NEW.organization_id, NEW.currency, (NEW.balance <> 0) - (OLD.balance <> 0)
  WHERE (NEW.balance <> 0) <> (OLD.balance <> 0) AND NOT EXISTS (
    SELECT 1 FROM ledger_accounts WHERE organization_id = NEW.organization_id AND owner_type = 'contact'
      AND owner_id = NEW.owner_id AND kind IN ('available', 'held', 'owed') AND currency = NEW.currency
      AND id <> NEW.id AND balance <> 0
  )
  ON CONFLICT DO UPDATE SET contacts = contacts + excluded.contacts;
END;
