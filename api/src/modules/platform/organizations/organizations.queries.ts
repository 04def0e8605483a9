import { eq } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { campaigns } from '../../program/campaigns/campaigns.table.ts'

/** Whether amounts exist that are in the organization's currency: a campaign, of any status, has some. */
export async function hasCampaigns(ctx: Ctx): Promise<boolean> {
  const [campaign] = await ctx.db
    .select({ id: campaigns.id })
    .from(campaigns)
    .where(eq(campaigns.organizationId, ctx.organizationId))
    .limit(1)
  return campaign !== undefined
}
