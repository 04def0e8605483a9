CREATE TABLE `contact_balance_totals` (
	`organization_id` text NOT NULL,
	`currency` text NOT NULL,
	`contacts` integer NOT NULL,
	`available` integer NOT NULL,
	`held` integer NOT NULL,
	`owed` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `currency`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `contact_balances` (
	`organization_id` text NOT NULL,
	`currency` text NOT NULL,
	`total` integer NOT NULL,
	`contact_id` text NOT NULL,
	PRIMARY KEY(`organization_id`, `currency`, `total`, `contact_id`)
) WITHOUT ROWID;
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
  INSERT INTO contact_balance_totals (organization_id, currency, contacts, available, held, owed)
  SELECT NEW.organization_id, NEW.currency,
    CASE WHEN EXISTS (
      SELECT 1 FROM ledger_accounts WHERE organization_id = NEW.organization_id AND owner_type = 'contact'
        AND owner_id = NEW.owner_id AND kind IN ('available', 'held', 'owed') AND currency = NEW.currency
        AND id <> NEW.id AND balance <> 0
    ) THEN 0 ELSE (NEW.balance <> 0) - (OLD.balance <> 0) END,
    CASE NEW.kind WHEN 'available' THEN NEW.balance - OLD.balance ELSE 0 END,
    CASE NEW.kind WHEN 'held' THEN NEW.balance - OLD.balance ELSE 0 END,
    CASE NEW.kind WHEN 'owed' THEN OLD.balance - NEW.balance ELSE 0 END
  WHERE true
  ON CONFLICT DO UPDATE SET contacts = contacts + excluded.contacts, available = available + excluded.available,
    held = held + excluded.held, owed = owed + excluded.owed;
END;
--> statement-breakpoint
INSERT INTO projection_fills (name) VALUES ('contact balances');
