import { liveStatuses } from '@goodword/domain'
import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { hasStatus } from './inStatus.ts'
import { referrals } from './referrals.table.ts'
import type { ReferralRecord } from './referrals.ts'

/**
 * The unary plus keeps the planner from the indexes that begin with the campaign and the status, which hold every
 * converted referral of the campaign.
 */
const ofSameFriend = prepared((db) =>
  db
    .select()
    .from(referrals)
    .where(
      and(
        eq(referrals.organizationId, sql.placeholder('organizationId')),
        eq(referrals.campaignId, sql.placeholder('campaignId')),
        eq(referrals.friendContactId, sql.placeholder('friendContactId')),
        sql`+${hasStatus('converted', ...liveStatuses)}`,
        ne(referrals.id, sql.placeholder('id')),
        isNull(referrals.archivedAt),
      ),
    )
    .orderBy(referrals.createdAt, referrals.id)
    .prepare(),
)

/** The friend's other referrals in the campaign: those that are open, oldest first, and the one that converted. */
export async function rivalry(
  ctx: Ctx,
  referral: ReferralRecord,
): Promise<{ live: ReferralRecord[]; converted: ReferralRecord | undefined }> {
  const others = await ofSameFriend(ctx.db).all({
    organizationId: ctx.organizationId,
    campaignId: referral.campaignId,
    friendContactId: referral.friendContactId,
    id: referral.id,
  })
  return {
    live: others.filter(({ status }) => status !== 'converted'),
    converted: others.find(({ status }) => status === 'converted'),
  }
}

/** Other open referrals of the same friend in the campaign, oldest first. */
export const rivalsOf = async (ctx: Ctx, referral: ReferralRecord): Promise<ReferralRecord[]> =>
  (await rivalry(ctx, referral)).live

/** The friend's converted referral in the campaign, if any. */
export const convertedRivalOf = async (ctx: Ctx, referral: ReferralRecord): Promise<ReferralRecord | undefined> =>
  (await rivalry(ctx, referral)).converted

/** An open or converted referral of the same friend by the same advocate, if any. */
export async function liveRivalOf(ctx: Ctx, referral: ReferralRecord): Promise<ReferralRecord | undefined> {
  const rivals = await rivalsOf(ctx, referral)
  return rivals.find(({ enrollmentId }) => enrollmentId !== null && enrollmentId === referral.enrollmentId)
}
