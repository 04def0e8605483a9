-- Codes given out so far go on working when they are changed.
INSERT INTO enrollment_codes (code, organization_id, enrollment_id, created_at)
SELECT code, organization_id, id, created_at FROM enrollments;
--> statement-breakpoint
-- A contact's debt is paid back at most once.
CREATE TRIGGER ledger_accounts_debt_not_overpaid BEFORE UPDATE OF balance ON ledger_accounts
WHEN NEW.kind = 'owed_by_contact' AND NEW.balance > 0
BEGIN
  SELECT RAISE(ABORT, 'a debt cannot be paid back twice');
END;
--> statement-breakpoint
-- The words of an entry can be erased with the person; what it moved cannot change.
CREATE TRIGGER credit_entries_keep_amounts
BEFORE UPDATE OF id, organization_id, contact_id, kind, amount, currency, request_id, actor, created_at ON credit_entries
BEGIN
  SELECT RAISE(ABORT, 'credit_entries keeps what was entered');
END;
--> statement-breakpoint
CREATE TRIGGER credit_entries_no_delete BEFORE DELETE ON credit_entries
BEGIN
  SELECT RAISE(ABORT, 'credit_entries only grows');
END;
--> statement-breakpoint
-- A code belongs for ever to whom it was first given.
CREATE TRIGGER enrollment_codes_keep_owner BEFORE UPDATE ON enrollment_codes
BEGIN
  SELECT RAISE(ABORT, 'a code never changes hands');
END;
