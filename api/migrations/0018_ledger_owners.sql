-- An account has an owner of a type; what accounts there can be, and the bounds of their balances, stand in a table.
CREATE TABLE `ledger_account_kinds` (
	`kind` text NOT NULL,
	`owner_type` text NOT NULL,
	`lowest` integer,
	`highest` integer,
	PRIMARY KEY(`kind`, `owner_type`),
	CONSTRAINT "ledger_account_kinds_hold_zero" CHECK(coalesce(lowest, 0) <= 0 AND coalesce(highest, 0) >= 0)
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `ledger_account_kinds` (kind, owner_type, lowest, highest) VALUES
	('rewards', 'organization', NULL, NULL),
	('available', 'contact', 0, NULL),
	('held', 'contact', 0, NULL),
	('owed', 'contact', NULL, 0),
	('settlements', 'clearing', NULL, NULL);
--> statement-breakpoint
CREATE TRIGGER ledger_account_kinds_no_update BEFORE UPDATE ON ledger_account_kinds
BEGIN
  SELECT RAISE(ABORT, 'ledger_account_kinds only grows');
END;
--> statement-breakpoint
CREATE TRIGGER ledger_account_kinds_no_delete BEFORE DELETE ON ledger_account_kinds
BEGIN
  SELECT RAISE(ABORT, 'ledger_account_kinds only grows');
END;
--> statement-breakpoint
CREATE TRIGGER ledger_account_kinds_no_replace BEFORE INSERT ON ledger_account_kinds
WHEN EXISTS (SELECT 1 FROM ledger_account_kinds WHERE kind = NEW.kind AND owner_type = NEW.owner_type)
BEGIN
  SELECT RAISE(ABORT, 'ledger_account_kinds only grows');
END;
--> statement-breakpoint
-- The table is made anew for its new checks and references. Transfers refer to its rows meanwhile: that is checked at the commit,
-- when every account is back under its id, in its order and with its balance. Dropping a table fires none of its triggers.
PRAGMA defer_foreign_keys = ON;
--> statement-breakpoint
CREATE TABLE `former_ledger_accounts` AS
SELECT rowid AS position, id, organization_id, kind, contact_id, currency, balance, created_at FROM ledger_accounts;
--> statement-breakpoint
DROP TABLE `ledger_accounts`;
--> statement-breakpoint
CREATE TABLE `ledger_accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`kind` text NOT NULL,
	`owner_type` text NOT NULL,
	`owner_id` text NOT NULL,
	`currency` text NOT NULL,
	`balance` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`owner_contact_id` text GENERATED ALWAYS AS (CASE owner_type WHEN 'contact' THEN owner_id END) VIRTUAL,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`kind`,`owner_type`) REFERENCES `ledger_account_kinds`(`kind`,`owner_type`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`owner_contact_id`) REFERENCES `contacts`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "ledger_accounts_own_organization" CHECK((owner_type <> 'organization' AND kind <> 'settlements') OR owner_id = organization_id)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_accounts_once` ON `ledger_accounts` (`organization_id`,`owner_type`,`owner_id`,`kind`,`currency`);--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_accounts_identity` ON `ledger_accounts` (`organization_id`,`currency`,`id`);--> statement-breakpoint
INSERT INTO `ledger_accounts` (id, organization_id, kind, owner_type, owner_id, currency, balance, created_at)
SELECT id, organization_id,
  CASE kind WHEN 'organization_rewards' THEN 'rewards' WHEN 'contact_available' THEN 'available' WHEN 'contact_held' THEN 'held'
    WHEN 'owed_by_contact' THEN 'owed' ELSE kind END,
  CASE kind WHEN 'organization_rewards' THEN 'organization' WHEN 'settlements' THEN 'clearing' ELSE 'contact' END,
  CASE WHEN kind IN ('organization_rewards', 'settlements') THEN organization_id ELSE contact_id END,
  currency, balance, created_at
FROM former_ledger_accounts ORDER BY position;
--> statement-breakpoint
DROP TABLE `former_ledger_accounts`;
--> statement-breakpoint
CREATE TRIGGER ledger_accounts_start_empty BEFORE INSERT ON ledger_accounts WHEN NEW.balance <> 0
BEGIN
  SELECT RAISE(ABORT, 'an account starts at zero');
END;
--> statement-breakpoint
CREATE TRIGGER ledger_accounts_keep_identity
BEFORE UPDATE OF id, organization_id, kind, owner_type, owner_id, currency, created_at ON ledger_accounts
BEGIN
  SELECT RAISE(ABORT, 'an account never changes whose it is');
END;
--> statement-breakpoint
CREATE TRIGGER ledger_accounts_no_delete BEFORE DELETE ON ledger_accounts
BEGIN
  SELECT RAISE(ABORT, 'ledger_accounts only grows');
END;
--> statement-breakpoint
CREATE TRIGGER ledger_accounts_no_replace BEFORE INSERT ON ledger_accounts WHEN EXISTS (
  SELECT 1 FROM ledger_accounts
  WHERE id = NEW.id OR (
    organization_id = NEW.organization_id AND owner_type = NEW.owner_type AND owner_id = NEW.owner_id
    AND kind = NEW.kind AND currency = NEW.currency
  )
)
BEGIN
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: ledger_accounts');
END;
--> statement-breakpoint
-- Refuses the transfer that would take an account beyond the bounds of its kind.
CREATE TRIGGER ledger_accounts_keep_bounds BEFORE UPDATE OF balance ON ledger_accounts WHEN EXISTS (
  SELECT 1 FROM ledger_account_kinds
  WHERE kind = NEW.kind AND owner_type = NEW.owner_type AND (NEW.balance < lowest OR NEW.balance > highest)
)
BEGIN
  SELECT RAISE(ABORT, 'a balance stays within the bounds of its account kind');
END;
