import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import { actorKey, type Ctx } from '../../../shared/context.ts'
import { type Conversion, conversions } from './conversions.table.ts'
import { type RewardedJob, rewardedJobs } from './rewardedJobs.table.ts'

/** The job of a conversion, and what of it had been refunded before; minor units. */
export type ConvertingJobFacts = { jobId: string; refundedBefore: number }

/** Notes which job a conversion came from. A job converts one referral. */
export async function linkJob(tx: Ctx, conversion: Conversion, job: ConvertingJobFacts): Promise<void> {
  await addRewardedJob(tx, {
    ...job,
    conversionId: conversion.id,
    isFurther: false,
    jobValue: conversion.jobValue,
    currency: conversion.currency,
    termsVersion: conversion.termsVersion,
    frozen: null,
  })
}

type NewRewardedJob = Omit<
  RewardedJob,
  'organizationId' | 'refundedSettled' | 'decisions' | 'takenBackAt' | 'actor' | 'createdAt'
>

/** Notes that a job earned something. Throws if it has before. */
export async function addRewardedJob(tx: Ctx, given: NewRewardedJob): Promise<void> {
  await tx.db.insert(rewardedJobs).values({
    organizationId: tx.organizationId,
    ...given,
    refundedSettled: 0,
    decisions: 0,
    takenBackAt: null,
    actor: actorKey(tx.actor),
    createdAt: tx.clock(),
  })
}

const byJob = prepared((db) =>
  db
    .select()
    .from(rewardedJobs)
    .where(
      and(
        eq(rewardedJobs.organizationId, sql.placeholder('organizationId')),
        eq(rewardedJobs.jobId, sql.placeholder('jobId')),
      ),
    )
    .prepare(),
)

/** What a job earned, if anything. */
export const findRewardedJob = (ctx: Ctx, jobId: string): Promise<RewardedJob | undefined> =>
  byJob(ctx.db).get({ organizationId: ctx.organizationId, jobId })

/** The referral of a conversion. */
export async function referralOfConversion(ctx: Ctx, conversionId: string): Promise<string | undefined> {
  const found = await ctx.db
    .select({ referralId: conversions.referralId })
    .from(conversions)
    .where(and(eq(conversions.organizationId, ctx.organizationId), eq(conversions.id, conversionId)))
    .get()
  return found?.referralId
}

/** More than anybody's further jobs. */
const jobsMax = 1_000

/** The job of a conversion and the further jobs of its friend that earned, oldest first. */
export async function rewardedJobsOf(ctx: Ctx, conversionId: string): Promise<RewardedJob[]> {
  return ctx.db
    .select()
    .from(rewardedJobs)
    .where(
      and(sql`+${rewardedJobs.organizationId} = ${ctx.organizationId}`, eq(rewardedJobs.conversionId, conversionId)),
    )
    .orderBy(asc(rewardedJobs.createdAt))
    .limit(jobsMax)
}

/** Notes how much of a job's refunds has been decided about. */
export async function settleRewardedJob(
  tx: Ctx,
  { jobId, decisions }: Pick<RewardedJob, 'jobId' | 'decisions'>,
  refundedSettled: number,
): Promise<void> {
  await tx.db
    .update(rewardedJobs)
    .set({ refundedSettled, decisions: decisions + 1 })
    .where(and(eq(rewardedJobs.organizationId, tx.organizationId), eq(rewardedJobs.jobId, jobId)))
}

/** Notes that what a job earned was taken back as a whole. */
export async function markTakenBack(tx: Ctx, jobId: string): Promise<void> {
  await tx.db
    .update(rewardedJobs)
    .set({ takenBackAt: tx.clock() })
    .where(
      and(
        eq(rewardedJobs.organizationId, tx.organizationId),
        eq(rewardedJobs.jobId, jobId),
        isNull(rewardedJobs.takenBackAt),
      ),
    )
}
