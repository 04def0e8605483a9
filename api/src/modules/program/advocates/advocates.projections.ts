import { sql } from 'drizzle-orm'
import type { Invariant, Projection } from '../../../shared/module.ts'

export const countsOfAdvocates: Projection = {
  name: 'advocate counts',
  source: 'enrollments',
  keptBy: 'triggers',
  clear: async (tx, organizationId) =>
    void (await tx.run(sql`DELETE FROM enrollment_counts WHERE organization_id = ${organizationId}`)),
  fill: async (tx, ids) =>
    void (await tx.run(sql`INSERT INTO enrollment_counts (organization_id, campaign_id, count)
      SELECT organization_id, campaign_id, count(*) FROM enrollments
      WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) AND archived_at IS NULL GROUP BY 1, 2
      ON CONFLICT DO UPDATE SET count = count + excluded.count`)),
}

export const countsMatchAdvocates: Invariant = {
  invariant: 'The kept counts of advocates are what counting them gives.',
  broken: `SELECT campaign_id, sum(count) FROM (
      SELECT organization_id, campaign_id, count FROM enrollment_counts
      UNION ALL SELECT organization_id, campaign_id, -count(*) FROM enrollments WHERE archived_at IS NULL GROUP BY 1, 2)
    GROUP BY organization_id, campaign_id HAVING sum(count) <> 0`,
}

/** In how many campaigns each contact is an active advocate. */
export const countsOfContacts: Projection = {
  name: 'enrollments of contacts',
  source: 'enrollments',
  keptBy: 'triggers',
  async clear(tx, organizationId) {
    await tx.run(sql`UPDATE contacts SET enrollment_count = 0 WHERE organization_id = ${organizationId}`)
  },
  async fill(tx, ids) {
    await tx.run(sql`UPDATE contacts SET enrollment_count = enrollment_count + n
      FROM (SELECT contact_id AS owner, count(*) AS n FROM enrollments
        WHERE archived_at IS NULL AND id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) GROUP BY 1)
      WHERE contacts.id = owner`)
  },
}

const sumOf = (enrollment: string) => `coalesce((
  SELECT sum(w.amount)
  FROM rewards w WHERE w.enrollment_id = ${enrollment} AND w.side = 'advocate' AND w.status <> 'voided'), 0)`

/** What each advocate earned. */
export const earnedByAdvocates: Projection = {
  name: 'earned by advocates',
  source: 'enrollments',
  keptBy: 'triggers',
  clear: async (tx, organizationId) =>
    void (await tx.run(
      sql`UPDATE enrollments SET earned = 0 WHERE organization_id = ${organizationId} AND earned <> 0`,
    )),
  fill: async (tx, ids) =>
    void (await tx.run(sql`UPDATE enrollments SET earned = ${sql.raw(sumOf('enrollments.id'))}
      WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`)),
}

export const earnedMatchesRewards: Invariant = {
  invariant: 'What an advocate earned is the sum of their rewards that are not voided.',
  broken: `SELECT e.id FROM enrollments e WHERE e.earned <> ${sumOf('e.id')}`,
}
