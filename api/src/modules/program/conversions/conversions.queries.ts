import { and, eq } from 'drizzle-orm'
import type { Ctx, RewardOrigin } from '../../../shared/context.ts'
import { campaigns } from '../campaigns/campaigns.table.ts'
import { referrals } from '../referrals/referrals.table.ts'
import { conversions } from './conversions.table.ts'

/** Whether the conversion behind a reward still stands. */
export async function conversionStands(ctx: Ctx, conversionId: string): Promise<boolean> {
  const row = await ctx.db
    .select({ status: referrals.status })
    .from(conversions)
    .innerJoin(referrals, eq(referrals.id, conversions.referralId))
    .where(and(eq(conversions.organizationId, ctx.organizationId), eq(conversions.id, conversionId)))
    .get()
  return row?.status === 'converted'
}

/** What the rewards of a conversion were earned for; null for another organization's conversion. */
export async function rewardOrigin(ctx: Ctx, conversionId: string): Promise<RewardOrigin | null> {
  const row = await ctx.db
    .select({ campaignName: campaigns.name, friendContactId: referrals.friendContactId })
    .from(conversions)
    .innerJoin(campaigns, eq(campaigns.id, conversions.campaignId))
    .innerJoin(referrals, eq(referrals.id, conversions.referralId))
    .where(and(eq(conversions.organizationId, ctx.organizationId), eq(conversions.id, conversionId)))
    .get()
  if (!row) return null
  const { campaignName, friendContactId } = row
  return { campaignName, friendContactIds: friendContactId === null ? [] : [friendContactId] }
}

/** The ids of a friend's conversions, through the referrals that are currently theirs. */
export async function conversionsOfFriend(ctx: Ctx, friendContactId: string): Promise<string[]> {
  const rows = await ctx.db
    .select({ id: conversions.id })
    .from(referrals)
    .innerJoin(conversions, eq(conversions.referralId, referrals.id))
    .where(and(eq(referrals.organizationId, ctx.organizationId), eq(referrals.friendContactId, friendContactId)))
  return rows.map(({ id }) => id)
}
