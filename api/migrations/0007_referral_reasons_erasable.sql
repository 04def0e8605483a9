-- The reason of a step can be erased with the person, and only erased; the step itself cannot change.
DROP TRIGGER referral_events_no_update;
--> statement-breakpoint
CREATE TRIGGER referral_events_no_update
BEFORE UPDATE OF id, organization_id, referral_id, status, actor, at ON referral_events
BEGIN
  SELECT RAISE(ABORT, 'referral_events only grows');
END;
--> statement-breakpoint
CREATE TRIGGER referral_events_reason_only_erased BEFORE UPDATE OF reason ON referral_events WHEN NEW.reason IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'referral_events only grows');
END;
