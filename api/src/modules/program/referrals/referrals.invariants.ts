import type { Invariant } from '../../../shared/module.ts'

export const referralsInvariants: Invariant[] = [
  {
    invariant: 'Related rows belong to the same organization.',
    broken: `SELECT r.id FROM referrals r JOIN enrollments e ON e.id = r.enrollment_id JOIN contacts f ON f.id = r.friend_contact_id
      JOIN campaigns p ON p.id = r.campaign_id WHERE r.organization_id <> e.organization_id
        OR r.organization_id <> f.organization_id OR r.organization_id <> p.organization_id`,
  },
  {
    invariant: 'Every campaign is checked for referrals to expire as soon as one can be due.',
    broken: `SELECT p.id FROM campaigns p
      JOIN campaign_terms t ON t.campaign_id = p.id AND t.version = p.terms_version LEFT JOIN campaign_expiry x ON x.campaign_id = p.id
      WHERE x.campaign_id IS NULL OR x.organization_id <> p.organization_id
        OR (p.when_ended <> 'block_new' AND p.status <> 'ended' AND p.ends_at > x.checked_at AND p.ends_at < coalesce(x.next_at, 9e15))
        OR EXISTS (SELECT 1 FROM referrals r WHERE r.campaign_id = p.id AND r.archived_at IS NULL AND r.status IN ('pending', 'accepted')
          AND coalesce(x.next_at, 9e15) > CASE
            WHEN p.status = 'ended' AND (p.when_ended = 'expire_all' OR p.when_ended = 'expire_pending' AND r.status = 'pending') THEN 0
            WHEN r.status = 'pending' THEN coalesce(r.reopened_at, r.created_at) + json_extract(t.terms, '$.pendingExpiresDays') * 86400000 END)`,
  },
  {
    invariant: 'An enrollment counts its referrals, and those that are converted.',
    broken: `SELECT e.id, e.referral_count, e.converted_count FROM enrollments e LEFT JOIN (SELECT enrollment_id, count(*) AS n,
        sum(status = 'converted') AS converted FROM referrals WHERE archived_at IS NULL GROUP BY 1) r ON r.enrollment_id = e.id
      WHERE e.referral_count <> coalesce(r.n, 0) OR e.converted_count <> coalesce(r.converted, 0)`,
  },
  {
    invariant: 'A contact counts the referrals with them as the friend.',
    broken: `SELECT c.id, c.referred_count FROM contacts c LEFT JOIN (SELECT friend_contact_id, count(*) AS n FROM referrals
        WHERE archived_at IS NULL GROUP BY 1) r ON r.friend_contact_id = c.id
      WHERE c.referred_count <> coalesce(r.n, 0)`,
  },
]
