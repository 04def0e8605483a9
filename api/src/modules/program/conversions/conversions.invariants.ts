import type { Invariant } from '../../../shared/module.ts'

export const conversionsInvariants: Invariant[] = [
  {
    invariant: 'A friend converts once in a campaign, and every converted referral has its conversion.',
    broken: `SELECT r.id FROM referrals r LEFT JOIN conversions c ON c.referral_id = r.id
      WHERE (r.status IN ('converted', 'reversed') AND c.id IS NULL) OR (r.status NOT IN ('converted', 'reversed') AND c.id IS NOT NULL)`,
  },
  {
    invariant: "A conversion's reward has its organization and campaign.",
    broken: `SELECT w.id FROM rewards w LEFT JOIN conversions c ON c.id = w.source_id
        AND c.organization_id = w.organization_id AND c.campaign_id = w.campaign_id
      WHERE w.source_type = 'conversion' AND c.id IS NULL`,
  },
  {
    invariant: 'The rewards of a conversion equal its frozen amounts.',
    broken: `SELECT c.id FROM conversions c WHERE c.advocate_amount + c.friend_amount <>
      (SELECT coalesce(sum(amount - (SELECT coalesce(sum(amount), 0) FROM reward_adjustments a WHERE a.reward_id = r.id)), 0)
        FROM rewards r WHERE r.source_type = 'conversion' AND r.source_id = c.id)`,
  },
  {
    invariant: 'A reward of a further job has its organization and campaign, and its job earned again.',
    broken: `SELECT w.id FROM rewards w LEFT JOIN rewarded_jobs j ON j.job_id = w.source_id AND j.is_further AND j.organization_id = w.organization_id
        LEFT JOIN conversions c ON c.id = j.conversion_id AND c.campaign_id = w.campaign_id
      WHERE w.source_type = 'job' AND c.id IS NULL`,
  },
  {
    invariant: 'The rewards of a further job equal its frozen amounts.',
    broken: `SELECT j.job_id FROM rewarded_jobs j WHERE j.is_further
      AND json_extract(j.frozen, '$.advocate.amount') + json_extract(j.frozen, '$.friend.amount') <>
      (SELECT coalesce(sum(amount - (SELECT coalesce(sum(amount), 0) FROM reward_adjustments a WHERE a.reward_id = r.id)), 0)
        FROM rewards r WHERE r.source_type = 'job' AND r.source_id = j.job_id)`,
  },
  {
    invariant: 'The rewards of a job that were taken back are voided.',
    broken: `SELECT w.id FROM rewarded_jobs j JOIN rewards w ON (w.source_type = 'job' AND w.source_id = j.job_id)
        OR (w.source_type = 'conversion' AND w.source_id = j.conversion_id AND NOT j.is_further)
      WHERE j.taken_back_at IS NOT NULL AND w.status <> 'voided' AND w.amount <> 0`,
  },
  {
    invariant: 'A conversion has the value, the currency and the terms of the job it came from.',
    broken: `SELECT j.job_id FROM rewarded_jobs j LEFT JOIN conversions c ON c.id = j.conversion_id AND c.organization_id = j.organization_id
      WHERE c.id IS NULL OR j.is_further <> (j.frozen IS NOT NULL)
        OR (NOT j.is_further AND (j.job_value IS NOT c.job_value OR j.currency <> c.currency OR j.terms_version <> c.terms_version))`,
  },
  {
    invariant: 'Rewards of reversed referrals are voided, and those of converted ones are not.',
    broken: `SELECT w.id FROM rewards w JOIN conversions c ON w.source_type = 'conversion' AND c.id = w.source_id JOIN referrals r ON r.id = c.referral_id
      WHERE (r.status = 'reversed' AND w.status <> 'voided')
        OR (r.status = 'converted' AND w.status = 'voided' AND w.decided_by IS NULL)`,
  },
]
