-- Further jobs of friends who converted count like conversions, each on the day it earned, but for no conversion. Rewards may be
-- inserted before their job or after it, as in an archive: whichever comes second adds them.
CREATE TRIGGER further_jobs_inserted_roll_up AFTER INSERT ON rewarded_jobs WHEN NEW.is_further
BEGIN
  INSERT INTO rollup_changes
  SELECT organization_id, campaign_id, enrollment_id, NEW.currency, NEW.created_at, 0, 0, 0, revenue, advocate_rewards, friend_rewards
  FROM (
    SELECT c.*, iif(NEW.taken_back_at IS NULL, coalesce(NEW.job_value, 0), 0) AS revenue,
      coalesce((SELECT w.amount FROM rewards w WHERE w.source_type = 'job' AND w.source_id = NEW.job_id
        AND w.side = 'advocate' AND w.status <> 'voided'), 0) AS advocate_rewards,
      coalesce((SELECT w.amount FROM rewards w WHERE w.source_type = 'job' AND w.source_id = NEW.job_id
        AND w.side = 'friend' AND w.status <> 'voided'), 0) AS friend_rewards
    FROM conversions c JOIN referrals r ON r.id = c.referral_id AND r.status = 'converted' AND r.archived_at IS NULL
    WHERE c.id = NEW.conversion_id
  ) WHERE revenue <> 0 OR advocate_rewards <> 0 OR friend_rewards <> 0;
END;
--> statement-breakpoint
-- Its value counts until all its rewards are taken back.
CREATE TRIGGER further_jobs_taken_back_roll_up AFTER UPDATE OF taken_back_at ON rewarded_jobs
WHEN NEW.is_further AND NEW.job_value <> 0 AND (NEW.taken_back_at IS NULL) <> (OLD.taken_back_at IS NULL)
BEGIN
  INSERT INTO rollup_changes
  SELECT c.organization_id, c.campaign_id, c.enrollment_id, NEW.currency, NEW.created_at, 0, 0, 0,
    iif(NEW.taken_back_at IS NULL, NEW.job_value, -NEW.job_value), 0, 0
  FROM conversions c JOIN referrals r ON r.id = c.referral_id AND r.status = 'converted' AND r.archived_at IS NULL
  WHERE c.id = NEW.conversion_id;
END;
--> statement-breakpoint
CREATE TRIGGER further_jobs_keep_their_place
BEFORE UPDATE OF job_id, conversion_id, is_further, job_value, currency, created_at ON rewarded_jobs
WHEN OLD.is_further <> NEW.is_further OR NEW.is_further AND (NEW.job_id <> OLD.job_id OR NEW.conversion_id <> OLD.conversion_id
  OR NEW.job_value IS NOT OLD.job_value OR NEW.currency <> OLD.currency OR NEW.created_at <> OLD.created_at)
BEGIN
  SELECT RAISE(ABORT, 'further jobs stay with their conversion, their value and their time');
END;
--> statement-breakpoint
-- They stand and fall with the conversion of their friend.
CREATE TRIGGER referrals_standing_roll_up_further_jobs AFTER UPDATE OF status, archived_at ON referrals
WHEN (NEW.status = 'converted' AND NEW.archived_at IS NULL) <> (OLD.status = 'converted' AND OLD.archived_at IS NULL)
BEGIN
  INSERT INTO rollup_changes
  SELECT organization_id, campaign_id, enrollment_id, currency, created_at, 0, 0, 0,
    sign * revenue, sign * advocate_rewards, sign * friend_rewards
  FROM (
    SELECT c.organization_id, c.campaign_id, c.enrollment_id, j.currency, j.created_at,
      iif(j.taken_back_at IS NULL, coalesce(j.job_value, 0), 0) AS revenue,
      iif(NEW.status = 'converted' AND NEW.archived_at IS NULL, 1, -1) AS sign,
      coalesce((SELECT w.amount FROM rewards w WHERE w.source_type = 'job' AND w.source_id = j.job_id
        AND w.side = 'advocate' AND w.status <> 'voided'), 0) AS advocate_rewards,
      coalesce((SELECT w.amount FROM rewards w WHERE w.source_type = 'job' AND w.source_id = j.job_id
        AND w.side = 'friend' AND w.status <> 'voided'), 0) AS friend_rewards
    FROM conversions c JOIN rewarded_jobs j ON j.conversion_id = c.id AND j.is_further WHERE c.referral_id = NEW.id
  ) WHERE revenue <> 0 OR advocate_rewards <> 0 OR friend_rewards <> 0;
END;
--> statement-breakpoint
CREATE TRIGGER rewards_of_jobs_inserted_roll_up AFTER INSERT ON rewards
WHEN NEW.source_type = 'job' AND NEW.status <> 'voided' AND NEW.amount <> 0
BEGIN
  INSERT INTO rollup_changes
  SELECT c.organization_id, c.campaign_id, c.enrollment_id, j.currency, j.created_at, 0, 0, 0, 0,
    CASE NEW.side WHEN 'advocate' THEN NEW.amount ELSE 0 END, CASE NEW.side WHEN 'friend' THEN NEW.amount ELSE 0 END
  FROM rewarded_jobs j JOIN conversions c ON c.id = j.conversion_id
  JOIN referrals r ON r.id = c.referral_id AND r.status = 'converted' AND r.archived_at IS NULL
  WHERE j.job_id = NEW.source_id AND j.is_further;
END;
--> statement-breakpoint
CREATE TRIGGER rewards_of_jobs_changed_roll_up AFTER UPDATE OF status, amount ON rewards
WHEN NEW.source_type = 'job' AND (NEW.status <> 'voided') * NEW.amount <> (OLD.status <> 'voided') * OLD.amount
BEGIN
  INSERT INTO rollup_changes
  SELECT organization_id, campaign_id, enrollment_id, currency, created_at, 0, 0, 0, 0,
    CASE NEW.side WHEN 'advocate' THEN difference ELSE 0 END, CASE NEW.side WHEN 'friend' THEN difference ELSE 0 END
  FROM (
    SELECT c.organization_id, c.campaign_id, c.enrollment_id, j.currency, j.created_at,
      (NEW.status <> 'voided') * NEW.amount - (OLD.status <> 'voided') * OLD.amount AS difference
    FROM rewarded_jobs j JOIN conversions c ON c.id = j.conversion_id
    JOIN referrals r ON r.id = c.referral_id AND r.status = 'converted' AND r.archived_at IS NULL
    WHERE j.job_id = NEW.source_id AND j.is_further
  );
END;
--> statement-breakpoint
CREATE TRIGGER rewards_of_jobs_deleted_roll_up AFTER DELETE ON rewards
WHEN OLD.source_type = 'job' AND OLD.status <> 'voided' AND OLD.amount <> 0
BEGIN
  INSERT INTO rollup_changes
  SELECT c.organization_id, c.campaign_id, c.enrollment_id, j.currency, j.created_at, 0, 0, 0, 0,
    CASE OLD.side WHEN 'advocate' THEN -OLD.amount ELSE 0 END, CASE OLD.side WHEN 'friend' THEN -OLD.amount ELSE 0 END
  FROM rewarded_jobs j JOIN conversions c ON c.id = j.conversion_id
  JOIN referrals r ON r.id = c.referral_id AND r.status = 'converted' AND r.archived_at IS NULL
  WHERE j.job_id = OLD.source_id AND j.is_further;
END;
--> statement-breakpoint
INSERT INTO projection_fills (name) VALUES ('rollups of further jobs');
