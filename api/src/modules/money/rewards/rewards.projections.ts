import { sql } from 'drizzle-orm'
import type { Projection } from '../../../shared/module.ts'

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
    await tx.run(sql`INSERT INTO discount_code_counts (campaign_id, organization_id, left_count, given_count)
      SELECT campaign_id, organization_id, sum(reward_id IS NULL), sum(reward_id IS NOT NULL) FROM discount_codes
        WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) GROUP BY 1, 2
      ON CONFLICT DO UPDATE SET left_count = left_count + excluded.left_count, given_count = given_count + excluded.given_count`)
  },
}

export const rewardsProjections: Projection[] = [rewardsPerTab, codesPerCampaign]
