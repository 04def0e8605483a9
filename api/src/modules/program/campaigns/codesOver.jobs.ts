import { dayIn, dayMs } from '@goodword/domain'
import { sql } from 'drizzle-orm'
import { contextFor, type Services, transaction } from '../../../shared/context.ts'
import { notifyCodesLow } from '../../money/rewards/codes.notices.ts'
import { retireCodes } from '../../money/rewards/codes.over.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { getCampaign } from './campaigns.ts'

/** How many organizations one run takes care of. */
const atOnce = 100
/** The condition of the index discount_codes_ending. */
const ending = sql.raw('reward_id IS NULL AND over_at IS NULL AND last_day IS NOT NULL')

/**
 * Takes codes out of the pools once their last day has passed where the business is. Steps from organization to organization,
 * so that codes that are still good are never read. Returns how many codes.
 */
export async function retireOldCodes(services: Services): Promise<number> {
  const { database, clock } = services
  // The day is nowhere later than this.
  const latest = dayIn('UTC', clock() + dayMs)
  const found = await database.read.all<[string]>(sql`
    WITH RECURSIVE organization(id) AS (
      SELECT min(organization_id) FROM discount_codes INDEXED BY discount_codes_ending WHERE ${ending}
      UNION ALL
      SELECT (SELECT min(organization_id) FROM discount_codes INDEXED BY discount_codes_ending WHERE ${ending}
        AND organization_id > organization.id) FROM organization WHERE organization.id IS NOT NULL)
    SELECT organization.id FROM organization WHERE EXISTS (SELECT 1 FROM discount_codes d INDEXED BY discount_codes_ending
      WHERE d.organization_id = organization.id AND d.reward_id IS NULL AND d.over_at IS NULL AND d.last_day IS NOT NULL
        AND d.last_day < ${latest}) LIMIT ${atOnce}`)
  let retired = 0
  for (const [organizationId] of found) {
    const ctx = contextFor(services, organizationId, { type: 'system' })
    retired += await transaction(ctx, async (tx) => {
      const { timeZone } = await getOrganization(tx, organizationId)
      const counts = await retireCodes(tx, dayIn(timeZone, tx.clock()))
      for (const [campaignId, count] of counts)
        await notifyCodesLow(tx, await getCampaign(tx, campaignId), { left: -count, given: 0 })
      return [...counts.values()].reduce((sum, count) => sum + count, 0)
    })
  }
  return retired
}
