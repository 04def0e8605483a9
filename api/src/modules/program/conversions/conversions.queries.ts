import { and, eq } from 'drizzle-orm'
import type { Ctx, RewardOrigin } from '../../../shared/context.ts'
import { rewards } from '../../money/rewards/rewards.table.ts'
import { campaigns } from '../campaigns/campaigns.table.ts'
import { referrals } from '../referrals/referrals.table.ts'
import { conversions } from './conversions.table.ts'

/** Joins rewards to the conversion that earned them. */
export const ofConversion = and(eq(rewards.sourceType, 'conversion'), eq(rewards.sourceId, conversions.id))

/** What the rewards of a conversion were earned for; null for another organization's conversion. */
export async function rewardOrigin(ctx: Ctx, conversionId: string): Promise<RewardOrigin | null> {
  const row = await ctx.db
    .select({ campaignName: campaigns.name, friendContactId: referrals.friendContactId, status: referrals.status })
    .from(conversions)
    .innerJoin(campaigns, eq(campaigns.id, conversions.campaignId))
    .innerJoin(referrals, eq(referrals.id, conversions.referralId))
    .where(and(eq(conversions.organizationId, ctx.organizationId), eq(conversions.id, conversionId)))
    .get()
  if (!row) return null
  const { campaignName, friendContactId, status } = row
  return {
    campaignName,
    friendContactIds: friendContactId === null ? [] : [friendContactId],
    stands: status === 'converted',
  }
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
