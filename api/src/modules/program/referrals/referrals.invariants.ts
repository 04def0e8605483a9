import type { Invariant } from '../../../shared/module.ts'

export const referralsInvariants: Invariant[] = [
  {
    invariant: 'Related rows belong to the same organization.',
    broken: `SELECT r.id FROM referrals r JOIN enrollments e ON e.id = r.enrollment_id JOIN contacts f ON f.id = r.friend_contact_id
      JOIN campaigns p ON p.id = r.campaign_id WHERE r.organization_id <> e.organization_id
        OR r.organization_id <> f.organization_id OR r.organization_id <> p.organization_id`,
  },
]
