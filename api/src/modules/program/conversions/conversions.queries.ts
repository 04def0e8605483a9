import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Ctx, RewardOrigin } from '../../../shared/context.ts'
import { rewards } from '../../money/rewards/rewards.table.ts'
import { enrollments } from '../advocates/advocates.table.ts'
import { campaigns } from '../campaigns/campaigns.table.ts'
import { countConvertedSince } from '../referrals/converted.queries.ts'
import { referrals } from '../referrals/referrals.table.ts'
import { conversions } from './conversions.table.ts'
import { rewardedJobs } from './rewardedJobs.table.ts'

/** Joins rewards to the conversion that earned them. */
export const ofConversion = and(eq(rewards.sourceType, 'conversion'), eq(rewards.sourceId, conversions.id))

/** The conversion that led to a reward: its own, or that of the friend whose further job it is for. */
export const conversionOfReward = sql`coalesce((SELECT conversion_id FROM rewarded_jobs
  WHERE ${rewards.sourceType} = 'job' AND job_id = ${rewards.sourceId}), ${rewards.sourceId})`

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

/** The same for a further job of a friend who has converted. */
export async function originOfFurtherJob(ctx: Ctx, jobId: string): Promise<RewardOrigin | null> {
  const row = await ctx.db
    .select({ conversionId: rewardedJobs.conversionId, takenBackAt: rewardedJobs.takenBackAt })
    .from(rewardedJobs)
    .where(and(eq(rewardedJobs.organizationId, ctx.organizationId), eq(rewardedJobs.jobId, jobId)))
    .get()
  const origin = row ? await rewardOrigin(ctx, row.conversionId) : null
  return origin && { ...origin, stands: origin.stands && row?.takenBackAt === null }
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

const convertedEver = prepared((db) =>
  db
    .select({ count: enrollments.convertedCount })
    .from(enrollments)
    .where(
      and(
        sql`+${enrollments.organizationId} = ${sql.placeholder('organizationId')}`,
        eq(enrollments.id, sql.placeholder('enrollmentId')),
      ),
    )
    .prepare(),
)

/** How many friends converted earlier and weren't reversed: in total, and in this calendar year of the organization. */
export async function countConverted(
  ctx: Ctx,
  enrollmentId: string,
  yearStart: number,
): Promise<{ ever: number; thisYear: number }> {
  const { db, organizationId } = ctx
  const ever = (await convertedEver(db).get({ organizationId, enrollmentId }))?.count ?? 0
  if (ever === 0) return { ever, thisYear: 0 }
  return { ever, thisYear: await countConvertedSince(ctx, enrollmentId, yearStart) }
}

/** Whether friends of the same advocate converted later: they keep their place, and what they earned by it. */
export async function hasLaterConversion(
  ctx: Ctx,
  { enrollmentId, nth }: { enrollmentId: string; nth: number },
): Promise<boolean> {
  const row = await ctx.db
    .select({ id: conversions.id })
    .from(referrals)
    .innerJoin(conversions, and(eq(conversions.referralId, referrals.id), gt(conversions.nth, nth)))
    .where(
      and(
        sql`+${referrals.organizationId} = ${ctx.organizationId}`,
        eq(referrals.enrollmentId, enrollmentId),
        sql`${referrals.status} = 'converted'`,
        isNull(referrals.archivedAt),
      ),
    )
    .limit(1)
    .get()
  return row !== undefined
}
