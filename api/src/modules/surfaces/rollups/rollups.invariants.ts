import type { Invariant } from '../../../shared/module.ts'

const quarterOf = (at: string) => `(${at} - (${at} % 900000 + 900000) % 900000) / 900000`
const amountOf = (side: 'advocate' | 'friend', source: string) => `coalesce((SELECT w.amount FROM rewards w
  WHERE ${source} AND w.side = '${side}' AND w.status <> 'voided'), 0)`
const ofConversion = "w.source_type = 'conversion' AND w.source_id = c.id"
const ofJob = "w.source_type = 'job' AND w.source_id = j.job_id"
const isStanding = "r.status = 'converted' AND r.archived_at IS NULL"

/** Conversions, and further jobs of friends who converted. */
const standing = `SELECT c.campaign_id, c.enrollment_id, ${quarterOf('c.created_at')} AS quarter, c.currency, 1 AS n,
    coalesce(c.job_value, 0) AS revenue, ${amountOf('advocate', ofConversion)} AS advocate, ${amountOf('friend', ofConversion)} AS friend
  FROM conversions c JOIN referrals r ON r.id = c.referral_id WHERE ${isStanding}
  UNION ALL SELECT c.campaign_id, c.enrollment_id, ${quarterOf('j.created_at')}, j.currency, 0,
    iif(j.taken_back_at IS NULL, coalesce(j.job_value, 0), 0), ${amountOf('advocate', ofJob)}, ${amountOf('friend', ofJob)}
  FROM rewarded_jobs j JOIN conversions c ON c.id = j.conversion_id JOIN referrals r ON r.id = c.referral_id
  WHERE j.is_further AND ${isStanding}`

/** Visits and referrals of each campaign, and the referrals of each enrollment. */
const counted = `SELECT e.campaign_id, e.id AS enrollment_id, c.quarter, c.count AS visits, 0 AS referrals
  FROM visit_counts c JOIN visit_links l ON l.number = c.link JOIN enrollments e ON e.id = l.enrollment_id
  UNION ALL SELECT campaign_id, enrollment_id, ${quarterOf('created_at')}, 0, 1 FROM referrals WHERE archived_at IS NULL`

const subjects = {
  organization: 'JOIN rollup_subjects s ON s.id = u.subject AND s.subject_id = s.organization_id',
  campaign: 'JOIN rollup_subjects s ON s.id = u.subject JOIN campaigns k ON k.id = s.subject_id',
  notOrganization: 'JOIN rollup_subjects s ON s.id = u.subject AND s.subject_id <> s.organization_id',
}

const figures = ['visits', 'referrals', 'converted', 'revenue', 'advocate_rewards', 'friend_rewards']
const sums = figures.map((figure) => `sum(${figure})`).join(', ')
const negative = figures.map((figure) => `-u.${figure}`).join(', ')
const someDiffers = figures.map((figure) => `sum(${figure}) <> 0`).join(' OR ')

export const rollupInvariants: Invariant[] = [
  {
    invariant:
      'The rolled-up visits and referrals of campaigns, and the referrals of enrollments, equal the rows they count.',
    broken: `SELECT subject_id, quarter, sum(visits), sum(referrals) FROM (
        SELECT s.subject_id, u.quarter, u.visits, u.referrals FROM rollups u
          ${subjects.notOrganization} WHERE u.unit = 'q'
        UNION ALL SELECT campaign_id, quarter, -visits, -referrals FROM (${counted})
        UNION ALL SELECT enrollment_id, quarter, 0, -referrals FROM (${counted}) WHERE enrollment_id IS NOT NULL
      ) GROUP BY 1, 2 HAVING sum(visits) <> 0 OR sum(referrals) <> 0`,
  },
  {
    invariant:
      'The rolled-up conversions and amounts of campaigns equal the standing conversions, further jobs and their rewards.',
    broken: `SELECT subject_id, quarter, currency, sum(n), sum(revenue), sum(advocate), sum(friend) FROM (
        SELECT s.subject_id, u.quarter, u.currency, u.converted AS n, u.revenue, u.advocate_rewards AS advocate, u.friend_rewards AS friend
          FROM rollups u ${subjects.campaign} WHERE u.unit = 'q'
        UNION ALL SELECT campaign_id, quarter, currency, -n, -revenue, -advocate, -friend FROM (${standing})
      ) GROUP BY 1, 2, 3 HAVING sum(n) <> 0 OR sum(revenue) <> 0 OR sum(advocate) <> 0 OR sum(friend) <> 0`,
  },
  {
    invariant: 'What advocates earned, rolled up, equals the standing conversions, further jobs and their rewards.',
    broken: `SELECT campaign_id, enrollment_id, quarter, currency, sum(n), sum(revenue), sum(advocate) FROM (
        SELECT s.subject_id AS campaign_id, a.subject_id AS enrollment_id, u.quarter, u.currency, u.converted AS n, u.revenue, u.rewards AS advocate
          FROM advocate_rollups u ${subjects.campaign} JOIN rollup_subjects a ON a.id = u.enrollment
        UNION ALL SELECT campaign_id, enrollment_id, quarter, currency, -n, -revenue, -advocate FROM (${standing})
      ) GROUP BY 1, 2, 3, 4 HAVING sum(n) <> 0 OR sum(revenue) <> 0 OR sum(advocate) <> 0`,
  },
  {
    invariant: 'The figures of an organization equal the sum over its campaigns.',
    broken: `SELECT organization_id, quarter, currency, ${sums} FROM (
        SELECT s.organization_id, u.* FROM rollups u ${subjects.organization}
        UNION ALL SELECT s.organization_id, u.subject, u.unit, u.quarter, u.currency, ${negative} FROM rollups u ${subjects.campaign}
          WHERE u.unit = 'd'
      ) GROUP BY 1, 2, 3 HAVING ${someDiffers} OR max(unit) = 'q'`,
  },
  {
    invariant: 'The figures of a UTC day equal the sum over its quarters of an hour.',
    broken: `SELECT subject, quarter, currency, ${sums} FROM (
        SELECT u.subject, u.quarter, u.currency, ${figures.map((figure) => `u.${figure}`).join(', ')}
          FROM rollups u ${subjects.campaign} WHERE u.unit = 'd'
        UNION ALL SELECT u.subject, u.quarter - (u.quarter % 96 + 96) % 96, u.currency, ${negative}
          FROM rollups u ${subjects.campaign} WHERE u.unit = 'q'
      ) GROUP BY 1, 2, 3 HAVING ${someDiffers}`,
  },
]
