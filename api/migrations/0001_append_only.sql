-- Balances are kept by the statement that adds the transfer: they cannot be forgotten, and the CHECK on the account
-- refuses the transfer that would take a contact below zero.
CREATE TRIGGER ledger_transfers_keep_balances AFTER INSERT ON ledger_transfers
BEGIN
  UPDATE ledger_accounts SET balance = balance - NEW.amount WHERE id = NEW.debit_account_id;
  UPDATE ledger_accounts SET balance = balance + NEW.amount WHERE id = NEW.credit_account_id;
END;
--> statement-breakpoint
-- A reversal names the original, equal in amount and currency, with the sides swapped.
CREATE TRIGGER ledger_transfers_reverse_exactly BEFORE INSERT ON ledger_transfers
WHEN NEW.reverses_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM ledger_transfers original
  WHERE original.id = NEW.reverses_id
    AND original.organization_id = NEW.organization_id
    AND original.amount = NEW.amount
    AND original.currency = NEW.currency
    AND original.debit_account_id = NEW.credit_account_id
    AND original.credit_account_id = NEW.debit_account_id
    AND original.reverses_id IS NULL
)
BEGIN
  SELECT RAISE(ABORT, 'a reversal must mirror the transfer it names');
END;
--> statement-breakpoint
CREATE TRIGGER ledger_accounts_start_empty BEFORE INSERT ON ledger_accounts WHEN NEW.balance <> 0
BEGIN
  SELECT RAISE(ABORT, 'an account starts at zero');
END;
--> statement-breakpoint
CREATE TRIGGER ledger_accounts_keep_identity
BEFORE UPDATE OF id, organization_id, kind, contact_id, currency, created_at ON ledger_accounts
BEGIN
  SELECT RAISE(ABORT, 'an account never changes whose it is');
END;
--> statement-breakpoint
CREATE TRIGGER ledger_accounts_no_delete BEFORE DELETE ON ledger_accounts
BEGIN
  SELECT RAISE(ABORT, 'ledger_accounts only grows');
END;
--> statement-breakpoint
CREATE TRIGGER ledger_transfers_no_update BEFORE UPDATE ON ledger_transfers
BEGIN
  SELECT RAISE(ABORT, 'ledger_transfers only grows');
END;
--> statement-breakpoint
CREATE TRIGGER ledger_transfers_no_delete BEFORE DELETE ON ledger_transfers
BEGIN
  SELECT RAISE(ABORT, 'ledger_transfers only grows');
END;
--> statement-breakpoint
-- REPLACE deletes without firing delete triggers unless recursive_triggers is on; this refuses it in any case.
CREATE TRIGGER ledger_transfers_no_replace BEFORE INSERT ON ledger_transfers WHEN EXISTS (SELECT 1 FROM ledger_transfers WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'ledger_transfers only grows');
END;
--> statement-breakpoint
CREATE TRIGGER conversions_no_update BEFORE UPDATE ON conversions
BEGIN
  SELECT RAISE(ABORT, 'conversions only grows');
END;
--> statement-breakpoint
CREATE TRIGGER conversions_no_delete BEFORE DELETE ON conversions
BEGIN
  SELECT RAISE(ABORT, 'conversions only grows');
END;
--> statement-breakpoint
-- REPLACE deletes without firing delete triggers unless recursive_triggers is on; this refuses it in any case.
CREATE TRIGGER conversions_no_replace BEFORE INSERT ON conversions WHEN EXISTS (SELECT 1 FROM conversions WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'conversions only grows');
END;
--> statement-breakpoint
CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries
BEGIN
  SELECT RAISE(ABORT, 'audit_entries only grows');
END;
--> statement-breakpoint
CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries
BEGIN
  SELECT RAISE(ABORT, 'audit_entries only grows');
END;
--> statement-breakpoint
-- REPLACE deletes without firing delete triggers unless recursive_triggers is on; this refuses it in any case.
CREATE TRIGGER audit_entries_no_replace BEFORE INSERT ON audit_entries WHEN EXISTS (SELECT 1 FROM audit_entries WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'audit_entries only grows');
END;
--> statement-breakpoint
CREATE TRIGGER campaign_terms_no_update BEFORE UPDATE ON campaign_terms
BEGIN
  SELECT RAISE(ABORT, 'campaign_terms only grows');
END;
--> statement-breakpoint
CREATE TRIGGER campaign_terms_no_delete BEFORE DELETE ON campaign_terms
BEGIN
  SELECT RAISE(ABORT, 'campaign_terms only grows');
END;
--> statement-breakpoint
-- REPLACE deletes without firing delete triggers unless recursive_triggers is on; this refuses it in any case.
CREATE TRIGGER campaign_terms_no_replace BEFORE INSERT ON campaign_terms WHEN EXISTS (SELECT 1 FROM campaign_terms WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'campaign_terms only grows');
END;
--> statement-breakpoint
CREATE TRIGGER referral_events_no_update BEFORE UPDATE ON referral_events
BEGIN
  SELECT RAISE(ABORT, 'referral_events only grows');
END;
--> statement-breakpoint
CREATE TRIGGER referral_events_no_delete BEFORE DELETE ON referral_events
BEGIN
  SELECT RAISE(ABORT, 'referral_events only grows');
END;
--> statement-breakpoint
-- REPLACE deletes without firing delete triggers unless recursive_triggers is on; this refuses it in any case.
CREATE TRIGGER referral_events_no_replace BEFORE INSERT ON referral_events WHEN EXISTS (SELECT 1 FROM referral_events WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'referral_events only grows');
END;
--> statement-breakpoint
CREATE TRIGGER ledger_transfers_no_key_replace BEFORE INSERT ON ledger_transfers
WHEN EXISTS (
  SELECT 1 FROM ledger_transfers
  WHERE organization_id = NEW.organization_id AND idempotency_key = NEW.idempotency_key
)
BEGIN
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: ledger_transfers.idempotency_key');
END;
--> statement-breakpoint
CREATE TRIGGER ledger_transfers_no_reversal_replace BEFORE INSERT ON ledger_transfers
WHEN NEW.reverses_id IS NOT NULL AND EXISTS (SELECT 1 FROM ledger_transfers WHERE reverses_id = NEW.reverses_id)
BEGIN
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: ledger_transfers.reverses_id');
END;
--> statement-breakpoint
CREATE TRIGGER conversions_no_referral_replace BEFORE INSERT ON conversions
WHEN EXISTS (SELECT 1 FROM conversions WHERE referral_id = NEW.referral_id)
BEGIN
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: conversions.referral_id');
END;
--> statement-breakpoint
CREATE TRIGGER campaign_terms_no_version_replace BEFORE INSERT ON campaign_terms
WHEN EXISTS (SELECT 1 FROM campaign_terms WHERE campaign_id = NEW.campaign_id AND version = NEW.version)
BEGIN
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: campaign_terms.version');
END;
--> statement-breakpoint
CREATE TRIGGER ledger_accounts_no_replace BEFORE INSERT ON ledger_accounts WHEN EXISTS (
  SELECT 1 FROM ledger_accounts
  WHERE id = NEW.id OR (
    organization_id = NEW.organization_id AND contact_id = NEW.contact_id
    AND kind = NEW.kind AND currency = NEW.currency
  )
)
BEGIN
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: ledger_accounts');
END;
