import { and, eq } from 'drizzle-orm'
import type { Ctx, RewardOrigin } from '../../../shared/context.ts'
import { campaigns } from '../campaigns/campaigns.table.ts'
import { referrals } from '../referrals/referrals.table.ts'
import { conversions } from './conversions.table.ts'

/** Whether what a reward was earned by still stands. */
export async function conversionStands(ctx: Ctx, conversionId: string): Promise<boolean> {
  const row = await ctx.db
    .select({ status: referrals.status })
    .from(conversions)
    .innerJoin(referrals, eq(referrals.id, conversions.referralId))
    .where(and(eq(conversions.organizationId, ctx.organizationId), eq(conversions.id, conversionId)))
    .get()
  return row?.status === 'converted'
}

/** What the rewards of a conversion were earned by; null for one of another organization. */
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

/** The ids of the conversions of a friend, by the referrals that are theirs now. */
export async function conversionsOfFriend(ctx: Ctx, friendContactId: string): Promise<string[]> {
  const rows = await ctx.db
    .select({ id: conversions.id })
    .from(referrals)
    .innerJoin(conversions, eq(conversions.referralId, referrals.id))
    .where(and(eq(referrals.organizationId, ctx.organizationId), eq(referrals.friendContactId, friendContactId)))
  return rows.map(({ id }) => id)
}
