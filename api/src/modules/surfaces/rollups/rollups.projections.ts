import { sql } from 'drizzle-orm'
import type { Projection } from '../../../shared/module.ts'

const standing = sql`r.status = 'converted' AND r.archived_at IS NULL`
const mine = (organizationId: string) =>
  sql`subject IN (SELECT id FROM rollup_subjects WHERE organization_id = ${organizationId})`
const these = (ids: string[]) => sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`
const amountOf = (
  side: 'advocate' | 'friend',
  type: 'conversion' | 'job',
) => sql`coalesce((SELECT w.amount FROM rewards w
  WHERE w.source_type = ${type} AND w.source_id = ${type === 'job' ? sql`j.job_id` : sql`c.id`} AND w.side = ${side}
    AND w.status <> 'voided'), 0)`

export const rollupProjections: Projection[] = [
  {
    name: 'referral rollups',
    source: 'referrals',
    keptBy: 'triggers',
    async clear(tx, organizationId) {
      await tx.run(sql`UPDATE rollups SET referrals = 0, converted = 0, revenue = 0, advocate_rewards = 0, friend_rewards = 0
        WHERE ${mine(organizationId)}`)
      await tx.run(sql`DELETE FROM rollups WHERE visits = 0 AND ${mine(organizationId)}`)
      await tx.run(sql`DELETE FROM advocate_rollups WHERE ${mine(organizationId)}`)
      // Also those who have nothing left have changed.
      await tx.run(sql`UPDATE rollup_subjects
        SET version = 1 + (SELECT version FROM rollup_subjects WHERE subject_id = ${organizationId})
        WHERE organization_id = ${organizationId}`)
    },
    async fill(tx, ids) {
      await tx.run(sql`INSERT INTO rollup_changes
        SELECT r.organization_id, r.campaign_id, r.enrollment_id, k.currency, r.created_at, 0, 1, 0, 0, 0, 0
        FROM referrals r JOIN campaigns k ON k.id = r.campaign_id WHERE r.id IN ${these(ids)} AND r.archived_at IS NULL`)
      await tx.run(sql`INSERT INTO rollup_changes
        SELECT c.organization_id, c.campaign_id, c.enrollment_id, c.currency, c.created_at, 0, 0, 1, coalesce(c.job_value, 0),
          ${amountOf('advocate', 'conversion')}, ${amountOf('friend', 'conversion')}
        FROM referrals r JOIN conversions c ON c.referral_id = r.id WHERE r.id IN ${these(ids)} AND ${standing}`)
    },
  },
  {
    name: 'rollups of further jobs',
    source: 'jobs',
    keptBy: 'triggers',
    // Cleared with those of referrals, which stand before them.
    async clear() {},
    async fill(tx, ids) {
      await tx.run(sql`INSERT INTO rollup_changes
        SELECT c.organization_id, c.campaign_id, c.enrollment_id, j.currency, j.created_at, 0, 0, 0,
          iif(j.taken_back_at IS NULL, coalesce(j.job_value, 0), 0), ${amountOf('advocate', 'job')}, ${amountOf('friend', 'job')}
        FROM ${these(ids)} chosen CROSS JOIN rewarded_jobs j ON j.job_id = chosen.value AND j.is_further
        JOIN conversions c ON c.id = j.conversion_id JOIN referrals r ON r.id = c.referral_id AND ${standing}`)
    },
  },
  {
    name: 'visit rollups',
    source: 'enrollments',
    // A busy link has a row for each quarter of an hour.
    rowsAtOnce: 50,
    keptBy: 'triggers',
    async clear(tx, organizationId) {
      await tx.run(sql`UPDATE rollups SET visits = 0 WHERE ${mine(organizationId)}`)
    },
    async fill(tx, ids) {
      await tx.run(sql`INSERT INTO rollup_changes
        SELECT l.organization_id, e.campaign_id, NULL, k.currency, c.quarter * 900000, sum(c.count), 0, 0, 0, 0, 0
        FROM json_each(${JSON.stringify(ids)}) chosen JOIN enrollments e ON e.id = chosen.value
        JOIN campaigns k ON k.id = e.campaign_id
        JOIN visit_links l ON l.organization_id = e.organization_id AND l.enrollment_id = e.id
        JOIN visit_counts c ON c.link = l.number GROUP BY e.campaign_id, c.quarter`)
    },
  },
]
