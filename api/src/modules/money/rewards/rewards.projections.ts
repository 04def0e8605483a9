import { codeKey, dayIn } from '@goodword/domain'
import { sql } from 'drizzle-orm'
import type { Projection } from '../../../shared/module.ts'
import { dayToDeliver } from './deliveries.ts'

const rewardsPerTab: Projection = {
  name: 'rewards per campaign and tab',
  source: 'rewards',
  keptBy: 'triggers',
  async clear(tx, organizationId) {
    await tx.run(sql`DELETE FROM reward_counts WHERE organization_id = ${organizationId}`)
  },
  async fill(tx, ids) {
    await tx.run(sql`INSERT INTO reward_counts (organization_id, campaign_id, tab, count, amount)
      SELECT organization_id, campaign_id, tab, count(*), sum(amount) FROM rewards
        WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) GROUP BY 1, 2, 3
      ON CONFLICT DO UPDATE SET count = count + excluded.count, amount = amount + excluded.amount`)
  },
}

const codesPerCampaign: Projection = {
  name: 'discount codes per campaign',
  source: 'discount_codes',
  keptBy: 'triggers',
  async clear(tx, organizationId) {
    await tx.run(sql`DELETE FROM discount_code_counts WHERE organization_id = ${organizationId}`)
  },
  async fill(tx, ids) {
    await tx.run(sql`INSERT INTO discount_code_counts (campaign_id, organization_id, left_count, given_count, over_count)
      SELECT campaign_id, organization_id, sum(reward_id IS NULL AND over_at IS NULL), sum(reward_id IS NOT NULL),
        sum(over_at IS NOT NULL) FROM discount_codes
        WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) GROUP BY 1, 2
      ON CONFLICT DO UPDATE SET left_count = left_count + excluded.left_count, given_count = given_count + excluded.given_count,
        over_count = over_count + excluded.over_count`)
  },
}

/**
 * The key of a code is the work of `codeKey`, which SQL can't do. A code that another one has in other cases or spaces keeps
 * its own text, and its id after the key.
 */
const keysOfCodes: Projection = {
  name: 'keys of discount codes',
  source: 'discount_codes',
  keptBy: 'code',
  async clear(tx, organizationId) {
    await tx.run(sql`UPDATE discount_codes SET code_key = NULL WHERE organization_id = ${organizationId}`)
  },
  async fill(tx, ids) {
    const rows = await tx.all<[string, string, string]>(sql`SELECT id, organization_id, code FROM discount_codes
      WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) ORDER BY id`)
    for (const [id, organizationId, code] of rows) {
      const key = codeKey(code)
      await tx.run(sql`UPDATE discount_codes SET code_key = CASE WHEN EXISTS (SELECT 1 FROM discount_codes other
        WHERE other.organization_id = ${organizationId} AND other.code_key = ${key} AND other.id <> ${id})
        THEN ${`${key} ${id}`} ELSE ${key} END WHERE id = ${id}`)
    }
  },
}

/** Payouts of earlier versions were recorded on the day they were made. A day that somebody entered stays. */
const daysOfPayouts: Projection = {
  name: 'days of payouts',
  source: 'credit_entries',
  keptBy: 'code',
  clear: async () => undefined,
  async fill(tx, ids) {
    const rows = await tx.all<[string, number, string]>(sql`SELECT e.id, e.created_at, o.time_zone FROM credit_entries e
      JOIN organizations o ON o.id = e.organization_id
      WHERE e.id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) AND e.is_payout = 1 AND e.paid_on IS NULL`)
    for (const [id, createdAt, timeZone] of rows)
      await tx.run(sql`UPDATE credit_entries SET paid_on = ${dayIn(timeZone, createdAt)} WHERE id = ${id}`)
  },
}

/** Custom rewards that an earlier version issued and nobody marked as given are still owed, so staff see them by day. */
const customRewardsToDeliver: Projection = {
  name: 'custom rewards to deliver',
  source: 'rewards',
  keptBy: 'code',
  clear: async () => undefined,
  async fill(tx, ids) {
    const rows = await tx.all<[string, number, string]>(sql`SELECT w.id, w.updated_at, o.time_zone FROM rewards w
      JOIN organizations o ON o.id = w.organization_id
      WHERE w.id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) AND w.kind = 'custom' AND w.status = 'issued'
        AND NOT EXISTS (SELECT 1 FROM reward_deliveries d WHERE d.reward_id = w.id)`)
    for (const [id, issuedAt, timeZone] of rows) {
      await tx.run(sql`INSERT INTO reward_deliveries
        (reward_id, organization_id, contact_id, kind, way, state, due_on, attempt, created_at, updated_at)
        SELECT id, organization_id, contact_id, 'custom', 'hand', 'to_do', ${dayToDeliver(timeZone, issuedAt)}, 1, updated_at, updated_at
        FROM rewards WHERE id = ${id}`)
      await tx.run(sql`UPDATE rewards SET is_delivering = 1 WHERE id = ${id}`)
    }
  },
}

export const rewardsProjections: Projection[] = [
  rewardsPerTab,
  codesPerCampaign,
  keysOfCodes,
  daysOfPayouts,
  customRewardsToDeliver,
]
