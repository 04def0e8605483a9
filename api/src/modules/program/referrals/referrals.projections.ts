import { sql } from 'drizzle-orm'
import type { Invariant, Projection } from '../../../shared/module.ts'

export const countsOfReferrals: Projection = {
  name: 'referral counts',
  source: 'referrals',
  keptBy: 'triggers',
  clear: async (tx, organizationId) =>
    void (await tx.run(sql`DELETE FROM referral_counts WHERE organization_id = ${organizationId}`)),
  fill: async (tx, ids) =>
    void (await tx.run(sql`INSERT INTO referral_counts (organization_id, campaign_id, status, count)
      SELECT organization_id, campaign_id, status, count(*) FROM referrals
      WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) AND archived_at IS NULL GROUP BY 1, 2, 3
      ON CONFLICT DO UPDATE SET count = count + excluded.count`)),
}

export const countsMatchReferrals: Invariant = {
  invariant: 'The kept counts of referrals are what counting them gives.',
  broken: `SELECT campaign_id, status, sum(count) FROM (
      SELECT organization_id, campaign_id, status, count FROM referral_counts
      UNION ALL SELECT organization_id, campaign_id, status, -count(*) FROM referrals WHERE archived_at IS NULL GROUP BY 1, 2, 3)
    GROUP BY organization_id, campaign_id, status HAVING sum(count) <> 0`,
}

/** How many referrals each advocate and each friend has (see enrollments and contacts). */
export const countsOfPeople: Projection = {
  name: 'referrals of advocates and friends',
  source: 'referrals',
  keptBy: 'triggers',
  async clear(tx, organizationId) {
    await tx.run(
      sql`UPDATE enrollments SET referral_count = 0, converted_count = 0 WHERE organization_id = ${organizationId}`,
    )
    await tx.run(sql`UPDATE contacts SET referred_count = 0 WHERE organization_id = ${organizationId}`)
  },
  async fill(tx, ids) {
    const counted = sql`FROM referrals WHERE archived_at IS NULL AND id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`
    await tx.run(sql`UPDATE enrollments SET referral_count = referral_count + n, converted_count = converted_count + converted
      FROM (SELECT enrollment_id AS owner, count(*) AS n, sum(status = 'converted') AS converted ${counted} GROUP BY 1)
      WHERE enrollments.id = owner`)
    await tx.run(sql`UPDATE contacts SET referred_count = referred_count + n
      FROM (SELECT friend_contact_id AS owner, count(*) AS n ${counted} GROUP BY 1) WHERE contacts.id = owner`)
  },
}
