import { sql } from 'drizzle-orm'
import type { Projection } from '../../../shared/module.ts'

const standing = sql`r.status = 'converted' AND r.archived_at IS NULL`
const mine = (organizationId: string) =>
  sql`subject IN (SELECT id FROM rollup_subjects WHERE organization_id = ${organizationId})`
const these = (ids: string[]) => sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`
const amountOf = (side: 'advocate' | 'friend') => sql`coalesce((SELECT w.amount FROM rewards w
  WHERE w.source_type = 'conversion' AND w.source_id = c.id AND w.side = ${side} AND w.status <> 'voided'), 0)`

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
    },
    async fill(tx, ids) {
      await tx.run(sql`INSERT INTO rollup_changes
        SELECT r.organization_id, r.campaign_id, r.enrollment_id, k.currency, r.created_at, 0, 1, 0, 0, 0, 0
        FROM referrals r JOIN campaigns k ON k.id = r.campaign_id WHERE r.id IN ${these(ids)} AND r.archived_at IS NULL`)
      await tx.run(sql`INSERT INTO rollup_changes
        SELECT c.organization_id, c.campaign_id, c.enrollment_id, c.currency, c.created_at, 0, 0, 1, coalesce(c.job_value, 0),
          ${amountOf('advocate')}, ${amountOf('friend')}
        FROM referrals r JOIN conversions c ON c.referral_id = r.id WHERE r.id IN ${these(ids)} AND ${standing}`)
    },
  },
  {
    name: 'visit rollups',
    // The campaigns of an organization are read together, so that its visits are walked once.
    source: 'campaigns',
    keptBy: 'triggers',
    async clear(tx, organizationId) {
      await tx.run(sql`UPDATE rollups SET visits = 0 WHERE ${mine(organizationId)}`)
    },
    async fill(tx, ids) {
      await tx.run(sql`INSERT INTO rollup_changes
        SELECT v.organization_id, e.campaign_id, e.id, k.currency, v.at, v.count, 0, 0, 0, 0, 0
        FROM visits v JOIN enrollments e ON e.id = v.enrollment_id JOIN campaigns k ON k.id = e.campaign_id
        WHERE v.organization_id IN (SELECT organization_id FROM campaigns WHERE id IN ${these(ids)}) AND k.id IN ${these(ids)}`)
    },
  },
]
