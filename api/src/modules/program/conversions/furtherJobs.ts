import type { RepeatRewards } from '@goodword/contracts'
import { availableAt, decideRewards, periodsAround, repeatTerms } from '@goodword/domain'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { paidInCampaign, paidToAdvocate } from '../../money/rewards/rewards.ts'
import { resolveMerged } from '../../people/contacts/contacts.ts'
import { loadCampaignContext } from '../campaigns/campaigns.ts'
import { attributed, getReferral } from '../referrals/referrals.ts'
import { writeAudit } from './conversions.audit.ts'
import { findConversion } from './conversions.ts'
import { isErased, termsOfPair } from './decision.ts'
import { notifyOfFurtherJob } from './notices.ts'
import { addRewardedJob, type ConvertingJobFacts } from './rewardedJobs.ts'
import { addRewards, freezeSide } from './rewarding.ts'

/** What a further job earned, in minor units. */
export type FurtherRewards = { advocateAmount: number; friendAmount: number }

/**
 * Rewards a further job of a friend who has converted, once: by terms of its own, without tiers, bonuses and promises,
 * within the campaign's limits. Throws not_found, and job_value_required if the terms need the job's value.
 */
export function rewardFurtherJob(
  ctx: Ctx,
  referralId: string,
  job: ConvertingJobFacts & { jobValue: number | null; paidOn: string | null },
  repeat: RepeatRewards,
): Promise<FurtherRewards> {
  return transaction(ctx, async (tx) => {
    const referral = attributed(await getReferral(tx, referralId))
    const conversion = await findConversion(tx, referralId)
    if (!conversion) throw new AppError('not_found')
    const context = await loadCampaignContext(tx, referral.campaignId)
    const { campaign, organization } = context
    const { current: all, advocate } = await termsOfPair(tx, referral, context)
    const current = repeatTerms(all, repeat)
    const now = tx.clock()
    const { yearStart, monthStart } = periodsAround(now, organization.timeZone)
    const rewards = decideRewards({
      current,
      promised: null,
      currency: campaign.currency,
      jobValue: job.jobValue,
      convertedBefore: { ever: 0, thisYear: 0 },
      paidToAdvocate: await paidToAdvocate(tx, {
        enrollmentId: advocate.id,
        caps: current.advocateCaps,
        yearStart,
        monthStart,
      }),
      paidInCampaign: current.budget === undefined ? 0 : await paidInCampaign(tx, campaign.id),
      friendWithoutReward: referral.withoutReward,
      advocateErased: await isErased(tx, advocate),
    })
    if (!rewards.ok) throw new AppError(rewards.code)
    const decision = { rewards, current, promised: null, campaign }
    const frozen = { advocate: freezeSide('advocate', decision), friend: freezeSide('friend', decision) }
    await addRewardedJob(tx, {
      jobId: job.jobId,
      conversionId: conversion.id,
      isFurther: true,
      jobValue: job.jobValue,
      currency: campaign.currency,
      termsVersion: campaign.termsVersion,
      frozen,
      refundedBefore: job.refundedBefore,
    })
    const friend = await resolveMerged(tx, conversion.friendContactId)
    const earned = {
      source: { type: 'job', id: job.jobId } as const,
      campaignId: campaign.id,
      currency: campaign.currency,
      rewards,
      frozen,
      approval: current.approval,
      enrollmentId: advocate.id,
      advocateContactId: advocate.contactId,
      friendContactId: friend.id,
      availableAt: availableAt({
        convertedAt: now,
        paidOn: job.paidOn,
        holdDays: current.holdDays,
        timeZone: organization.timeZone,
      }),
      createdAt: now,
    }
    const given = await addRewards(tx, earned)
    await notifyOfFurtherJob(tx, { referralId, ...earned, organization }, given)
    const amounts = { advocateAmount: rewards.advocate.amount, friendAmount: rewards.friend.amount }
    await writeAudit(tx, {
      action: 'referral.rewarded_again',
      subjectId: referralId,
      data: { jobId: job.jobId, jobValue: job.jobValue, ...amounts, termsVersion: campaign.termsVersion },
    })
    return amounts
  })
}
