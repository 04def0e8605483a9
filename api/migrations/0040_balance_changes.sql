CREATE TABLE `contact_balance_changes` (
	`organization_id` text NOT NULL,
	`currency` text NOT NULL,
	`quarter` integer NOT NULL,
	`contact_id` text NOT NULL,
	`available` integer NOT NULL,
	`held` integer NOT NULL,
	`owed` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `currency`, `quarter`, `contact_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TRIGGER ledger_transfers_keep_balance_changes AFTER INSERT ON ledger_transfers
BEGIN
  INSERT INTO contact_balance_changes (organization_id, currency, quarter, contact_id, available, held, owed)
  SELECT organization_id, currency, (NEW.created_at - (NEW.created_at % 900000 + 900000) % 900000) / 900000, owner_id,
    iif(kind = 'available', iif(id = NEW.credit_account_id, NEW.amount, -NEW.amount), 0),
    iif(kind = 'held', iif(id = NEW.credit_account_id, NEW.amount, -NEW.amount), 0),
    iif(kind = 'owed', iif(id = NEW.credit_account_id, NEW.amount, -NEW.amount), 0)
  FROM ledger_accounts WHERE id IN (NEW.debit_account_id, NEW.credit_account_id)
    AND owner_type = 'contact' AND kind IN ('available', 'held', 'owed')
  ON CONFLICT DO UPDATE SET available = available + excluded.available, held = held + excluded.held,
    owed = owed + excluded.owed;
END;
--> statement-breakpoint
INSERT INTO projection_fills (name) VALUES ('contact balance changes');
