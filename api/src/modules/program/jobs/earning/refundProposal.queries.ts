import type { Terms } from '@goodword/contracts'
import { Currency } from '@goodword/contracts'
import {
  type FrozenReward,
  honoredTerms,
  proposeForRefund,
  type RefundProposal,
  repeatTerms,
  withExceptions,
} from '@goodword/domain'
import { and, eq } from 'drizzle-orm'
import type { Ctx } from '../../../../shared/context.ts'
import { worthOf } from '../../../money/rewards/adjusting.ts'
import type { Reward } from '../../../money/rewards/reward.ts'
import { rewards } from '../../../money/rewards/rewards.table.ts'
import { getEnrollment } from '../../advocates/advocates.ts'
import { campaigns } from '../../campaigns/campaigns.table.ts'
import { termsOf } from '../../campaigns/campaigns.ts'
import { type Conversion, conversions } from '../../conversions/conversions.table.ts'
import type { RewardedJob } from '../../conversions/rewardedJobs.table.ts'
import { findRewardedJob, rewardedJobsOf } from '../../conversions/rewardedJobs.ts'
import { referrals } from '../../referrals/referrals.table.ts'
import type { ReferralRecord } from '../../referrals/referrals.ts'
import type { JobRow } from '../jobRows.ts'

/** A job that earned something, with what it earned. */
export type EarningJob = {
  job: JobRow
  rewarded: RewardedJob
  conversion: Conversion
  /** Also one that was removed. */
  referral: ReferralRecord
  rewards: Reward[]
  /** Another job's rewards stand on the same conversion, so a refund of this one takes back only its own. */
  othersStand: boolean
}

/** What a job earned; null if nothing. */
export async function earningJob(ctx: Ctx, job: JobRow): Promise<EarningJob | null> {
  const rewarded = await findRewardedJob(ctx, job.id)
  if (!rewarded) return null
  const [row] = await ctx.db
    .select({ conversion: conversions, referral: referrals })
    .from(conversions)
    .innerJoin(referrals, eq(referrals.id, conversions.referralId))
    .where(and(eq(conversions.organizationId, ctx.organizationId), eq(conversions.id, rewarded.conversionId)))
  if (!row) throw new Error(`The conversion of job ${job.id} is missing.`)
  const jobs = await rewardedJobsOf(ctx, rewarded.conversionId)
  return {
    job,
    rewarded,
    ...row,
    rewards: await rewardsOf(ctx, rewarded),
    othersStand: jobs.some(({ jobId, takenBackAt }) => jobId !== job.id && takenBackAt === null),
  }
}

const rewardsOf = (ctx: Ctx, { jobId, conversionId, isFurther }: RewardedJob): Promise<Reward[]> =>
  ctx.db
    .select()
    .from(rewards)
    .where(
      and(
        eq(rewards.organizationId, ctx.organizationId),
        eq(rewards.sourceType, isFurther ? 'job' : 'conversion'),
        eq(rewards.sourceId, isFurther ? jobId : conversionId),
      ),
    )

/** Whether its rewards still count: neither reversed, removed nor taken back. */
export const stands = ({ rewarded, referral }: EarningJob): boolean =>
  referral.status === 'converted' && referral.archivedAt === null && rewarded.takenBackAt === null

const sameCurrency = ({ job, rewarded }: EarningJob): boolean =>
  job.currency === null || job.currency === rewarded.currency

/** What the rewards were for: as it was converted, else the job's own value; null if neither is known. */
function rewardedValue(earning: EarningJob): number | null {
  const { job, rewarded } = earning
  if (rewarded.jobValue !== null || job.value === null || !sameCurrency(earning)) return rewarded.jobValue
  return Math.max(0, job.value - rewarded.refundedBefore) || null
}

/** How much of it has been refunded since it earned; all of it once the whole job is. */
export function refundedSince(earning: EarningJob): number {
  const { job, rewarded } = earning
  const since = Math.max(0, job.refundedAmount - rewarded.refundedBefore)
  return job.state === 'refunded' ? Math.max(since, rewardedValue(earning) ?? since) : since
}

/** What the refunds of a job call for. `to` of an adjustment is null if staff have to say it. */
export async function proposalOf(ctx: Ctx, earning: EarningJob): Promise<RefundProposal> {
  const { job, rewarded, conversion } = earning
  const total = refundedSince(earning)
  const settled = rewarded.refundedSettled
  const isWhole = job.state === 'refunded'
  if (isWhole && total !== settled) return { do: 'reverse', refunded: total - settled }
  const jobValue = sameCurrency(earning) ? rewardedValue(earning) : null
  return proposeForRefund(
    {
      jobValue,
      currency: Currency.parse(rewarded.currency),
      nth: rewarded.isFurther ? 1 : conversion.nth,
      terms: await termsThen(ctx, earning),
      rewards: frozenRewards(earning),
    },
    { total, settled },
  )
}

function frozenRewards({ rewarded, conversion, rewards }: EarningJob): FrozenReward[] {
  const frozen = rewarded.isFurther ? rewarded.frozen : conversion.frozen
  return rewards.flatMap((reward) => {
    const side = frozen?.[reward.side]
    return side ? [{ side: reward.side, amount: side.amount, lines: side.lines, now: worthOf(reward) }] : []
  })
}

/** The terms that decided then. Conversions of earlier versions have no custom terms, so those of today are tried. */
async function termsThen(ctx: Ctx, { rewarded, conversion, referral }: EarningJob): Promise<Terms[]> {
  const terms = await termsOf(ctx, conversion.campaignId, rewarded.termsVersion)
  if (rewarded.isFurther) return terms.jobs?.repeat ? [repeatTerms(terms, terms.jobs.repeat)] : []
  const { exceptions } = conversion.frozen
  const own = exceptions === undefined ? (await getEnrollment(ctx, conversion.enrollmentId)).exceptions : exceptions
  const promised = await termsOf(ctx, conversion.campaignId, referral.termsVersion)
  return honoredTerms(withExceptions(terms, own), withExceptions(promised, referral.promisedExceptions))
}

/** Whether the campaign of today takes rewards back without asking. */
export async function takesBack(ctx: Ctx, { conversion }: EarningJob): Promise<boolean> {
  const [campaign] = await ctx.db
    .select({ termsVersion: campaigns.termsVersion })
    .from(campaigns)
    .where(and(eq(campaigns.organizationId, ctx.organizationId), eq(campaigns.id, conversion.campaignId)))
  const terms = await termsOf(ctx, conversion.campaignId, campaign?.termsVersion ?? conversion.termsVersion)
  return terms.jobs?.refunds === 'take_back'
}
