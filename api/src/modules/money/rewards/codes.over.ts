import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'

const atOnce = 1_000

/**
 * Takes the organization's codes whose last day was before `today` out of their pools, a thousand at a time. Returns how many
 * of each campaign.
 */
export async function retireCodes(tx: Ctx, today: string): Promise<Map<string, number>> {
  const retired = await tx.db.all<[string]>(sql`UPDATE discount_codes SET over_at = ${tx.clock()}
    WHERE rowid IN (SELECT rowid FROM discount_codes WHERE organization_id = ${tx.organizationId} AND reward_id IS NULL
      AND over_at IS NULL AND last_day IS NOT NULL AND last_day < ${today} LIMIT ${atOnce}) RETURNING campaign_id`)
  const counts = new Map<string, number>()
  for (const [campaignId] of retired) counts.set(campaignId, (counts.get(campaignId) ?? 0) + 1)
  return counts
}
