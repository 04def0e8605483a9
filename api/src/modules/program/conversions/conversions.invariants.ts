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
      (SELECT coalesce(sum(amount), 0) FROM rewards r WHERE r.source_type = 'conversion' AND r.source_id = c.id)`,
  },
  {
    invariant: 'Rewards of reversed referrals are voided, and those of converted ones are not.',
    broken: `SELECT w.id FROM rewards w JOIN conversions c ON w.source_type = 'conversion' AND c.id = w.source_id JOIN referrals r ON r.id = c.referral_id
      WHERE (r.status = 'reversed' AND w.status <> 'voided')
        OR (r.status = 'converted' AND w.status = 'voided' AND w.decided_by IS NULL)`,
  },
]
