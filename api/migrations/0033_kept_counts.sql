-- Counts that lists show and are sorted by, kept with every change of the rows they count.
-- An enrollment's referrals. Most changes of a status leave the count of all referrals, and its index, alone.
CREATE TRIGGER referrals_counted AFTER INSERT ON referrals WHEN NEW.archived_at IS NULL
BEGIN
  UPDATE enrollments SET referral_count = referral_count + 1, converted_count = converted_count + (NEW.status = 'converted')
    WHERE id = NEW.enrollment_id;
  UPDATE contacts SET referred_count = referred_count + 1 WHERE id = NEW.friend_contact_id;
END;
--> statement-breakpoint
CREATE TRIGGER referrals_not_counted AFTER DELETE ON referrals WHEN OLD.archived_at IS NULL
BEGIN
  UPDATE enrollments SET referral_count = referral_count - 1, converted_count = converted_count - (OLD.status = 'converted')
    WHERE id = OLD.enrollment_id;
  UPDATE contacts SET referred_count = referred_count - 1 WHERE id = OLD.friend_contact_id;
END;
--> statement-breakpoint
CREATE TRIGGER referrals_converted_counted AFTER UPDATE OF status ON referrals
  WHEN OLD.archived_at IS NULL AND NEW.archived_at IS NULL AND OLD.enrollment_id IS NEW.enrollment_id
    AND (OLD.status = 'converted') <> (NEW.status = 'converted')
BEGIN
  UPDATE enrollments SET converted_count = converted_count + (NEW.status = 'converted') - (OLD.status = 'converted')
    WHERE id = NEW.enrollment_id;
END;
--> statement-breakpoint
CREATE TRIGGER referrals_counted_elsewhere AFTER UPDATE OF enrollment_id, archived_at ON referrals
  WHEN OLD.enrollment_id IS NOT NEW.enrollment_id OR (OLD.archived_at IS NULL) <> (NEW.archived_at IS NULL)
BEGIN
  UPDATE enrollments SET referral_count = referral_count - 1, converted_count = converted_count - (OLD.status = 'converted')
    WHERE id = OLD.enrollment_id AND OLD.archived_at IS NULL;
  UPDATE enrollments SET referral_count = referral_count + 1, converted_count = converted_count + (NEW.status = 'converted')
    WHERE id = NEW.enrollment_id AND NEW.archived_at IS NULL;
END;
--> statement-breakpoint
CREATE TRIGGER referrals_friend_counted AFTER UPDATE OF friend_contact_id, archived_at ON referrals
  WHEN OLD.friend_contact_id IS NOT NEW.friend_contact_id OR (OLD.archived_at IS NULL) <> (NEW.archived_at IS NULL)
BEGIN
  UPDATE contacts SET referred_count = referred_count - 1 WHERE id = OLD.friend_contact_id AND OLD.archived_at IS NULL;
  UPDATE contacts SET referred_count = referred_count + 1 WHERE id = NEW.friend_contact_id AND NEW.archived_at IS NULL;
END;
--> statement-breakpoint
CREATE TRIGGER enrollments_counted AFTER INSERT ON enrollments WHEN NEW.archived_at IS NULL
BEGIN
  UPDATE contacts SET enrollment_count = enrollment_count + 1 WHERE id = NEW.contact_id;
END;
--> statement-breakpoint
CREATE TRIGGER enrollments_not_counted AFTER DELETE ON enrollments WHEN OLD.archived_at IS NULL
BEGIN
  UPDATE contacts SET enrollment_count = enrollment_count - 1 WHERE id = OLD.contact_id;
END;
--> statement-breakpoint
CREATE TRIGGER enrollments_counted_elsewhere AFTER UPDATE OF contact_id, archived_at ON enrollments
  WHEN OLD.contact_id <> NEW.contact_id OR (OLD.archived_at IS NULL) <> (NEW.archived_at IS NULL)
BEGIN
  UPDATE contacts SET enrollment_count = enrollment_count - 1 WHERE id = OLD.contact_id AND OLD.archived_at IS NULL;
  UPDATE contacts SET enrollment_count = enrollment_count + 1 WHERE id = NEW.contact_id AND NEW.archived_at IS NULL;
END;
--> statement-breakpoint
CREATE TRIGGER contact_duplicates_counted AFTER INSERT ON contact_duplicates WHEN NEW.dismissed_at IS NULL
BEGIN
  UPDATE contacts SET duplicate_count = duplicate_count + 1 WHERE id IN (NEW.contact_id, NEW.other_id);
END;
--> statement-breakpoint
CREATE TRIGGER contact_duplicates_not_counted AFTER DELETE ON contact_duplicates WHEN OLD.dismissed_at IS NULL
BEGIN
  UPDATE contacts SET duplicate_count = duplicate_count - 1 WHERE id IN (OLD.contact_id, OLD.other_id);
END;
--> statement-breakpoint
CREATE TRIGGER contact_duplicates_counted_elsewhere AFTER UPDATE ON contact_duplicates
BEGIN
  UPDATE contacts SET duplicate_count = duplicate_count - 1
    WHERE id IN (OLD.contact_id, OLD.other_id) AND OLD.dismissed_at IS NULL;
  UPDATE contacts SET duplicate_count = duplicate_count + 1
    WHERE id IN (NEW.contact_id, NEW.other_id) AND NEW.dismissed_at IS NULL;
END;
--> statement-breakpoint
CREATE TRIGGER rewards_counted AFTER INSERT ON rewards
BEGIN
  INSERT INTO reward_counts (organization_id, campaign_id, tab, count, amount)
    VALUES (NEW.organization_id, NEW.campaign_id, NEW.tab, 1, NEW.amount)
    ON CONFLICT DO UPDATE SET count = count + 1, amount = amount + excluded.amount;
END;
--> statement-breakpoint
CREATE TRIGGER rewards_not_counted AFTER DELETE ON rewards
BEGIN
  UPDATE reward_counts SET count = count - 1, amount = amount - OLD.amount
    WHERE organization_id = OLD.organization_id AND campaign_id = OLD.campaign_id AND tab = OLD.tab;
END;
--> statement-breakpoint
CREATE TRIGGER rewards_counted_elsewhere AFTER UPDATE OF status, needs_approval, campaign_id, amount ON rewards
  WHEN OLD.tab <> NEW.tab OR OLD.campaign_id <> NEW.campaign_id OR OLD.amount <> NEW.amount
BEGIN
  UPDATE reward_counts SET count = count - 1, amount = amount - OLD.amount
    WHERE organization_id = OLD.organization_id AND campaign_id = OLD.campaign_id AND tab = OLD.tab;
  INSERT INTO reward_counts (organization_id, campaign_id, tab, count, amount)
    VALUES (NEW.organization_id, NEW.campaign_id, NEW.tab, 1, NEW.amount)
    ON CONFLICT DO UPDATE SET count = count + 1, amount = amount + excluded.amount;
END;
--> statement-breakpoint
CREATE TRIGGER discount_codes_counted AFTER INSERT ON discount_codes
BEGIN
  INSERT INTO discount_code_counts (campaign_id, organization_id, left_count, given_count)
    VALUES (NEW.campaign_id, NEW.organization_id, NEW.reward_id IS NULL, NEW.reward_id IS NOT NULL)
    ON CONFLICT DO UPDATE SET left_count = left_count + excluded.left_count, given_count = given_count + excluded.given_count;
END;
--> statement-breakpoint
CREATE TRIGGER discount_codes_not_counted AFTER DELETE ON discount_codes
BEGIN
  UPDATE discount_code_counts SET left_count = left_count - (OLD.reward_id IS NULL), given_count = given_count - (OLD.reward_id IS NOT NULL)
    WHERE campaign_id = OLD.campaign_id;
END;
--> statement-breakpoint
CREATE TRIGGER discount_codes_counted_elsewhere AFTER UPDATE OF reward_id ON discount_codes
  WHEN (OLD.reward_id IS NULL) <> (NEW.reward_id IS NULL)
BEGIN
  UPDATE discount_code_counts SET left_count = left_count + (NEW.reward_id IS NULL) - (OLD.reward_id IS NULL),
    given_count = given_count + (NEW.reward_id IS NOT NULL) - (OLD.reward_id IS NOT NULL)
    WHERE campaign_id = NEW.campaign_id;
END;
--> statement-breakpoint
-- Enrollments that were merged until now: those that stayed with a merged contact.
UPDATE enrollments SET merged_at = coalesce(archived_at, created_at)
  WHERE contact_id IN (SELECT id FROM contacts WHERE merged_into IS NOT NULL);
--> statement-breakpoint
INSERT INTO projection_fills (name) VALUES ('referrals of advocates and friends'), ('enrollments of contacts'), ('duplicates of contacts'),
  ('rewards per campaign and tab'), ('discount codes per campaign');
