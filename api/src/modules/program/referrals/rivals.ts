import { liveStatuses } from '@goodword/domain'
import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { hasStatus } from './inStatus.ts'
import { referrals } from './referrals.table.ts'
import type { ReferralRecord } from './referrals.ts'

const ofSameFriend = and(
  eq(referrals.organizationId, sql.placeholder('organizationId')),
  eq(referrals.campaignId, sql.placeholder('campaignId')),
  eq(referrals.friendContactId, sql.placeholder('friendContactId')),
  ne(referrals.id, sql.placeholder('id')),
  isNull(referrals.archivedAt),
)

const liveRivals = prepared((db) =>
  db
    .select()
    .from(referrals)
    .where(and(ofSameFriend, hasStatus(...liveStatuses)))
    .orderBy(referrals.createdAt, referrals.id)
    .prepare(),
)

const convertedRival = prepared((db) =>
  db
    .select()
    .from(referrals)
    .where(and(ofSameFriend, hasStatus('converted')))
    .prepare(),
)

/** Other open or converted referrals of the same friend in the campaign, oldest first. */
export const rivalsOf = (ctx: Ctx, referral: ReferralRecord): Promise<ReferralRecord[]> =>
  liveRivals(ctx.db).all({ ...referral, organizationId: ctx.organizationId })

/** The friend's converted referral in the campaign, if any. */
export const convertedRivalOf = (ctx: Ctx, referral: ReferralRecord): Promise<ReferralRecord | undefined> =>
  convertedRival(ctx.db).get({ ...referral, organizationId: ctx.organizationId })

/** An open or converted referral of the same friend by the same advocate, if any. */
export async function liveRivalOf(ctx: Ctx, referral: ReferralRecord): Promise<ReferralRecord | undefined> {
  const rivals = await rivalsOf(ctx, referral)
  return rivals.find(({ enrollmentId }) => enrollmentId !== null && enrollmentId === referral.enrollmentId)
}
