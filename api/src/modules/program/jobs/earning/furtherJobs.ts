import type { JobEffect, JobEffectReason } from '@goodword/contracts'
import { decideRepeat, type NoRepeat } from '@goodword/domain'
import { inSavepoint } from '../../../../database/savepoint.ts'
import type { Ctx } from '../../../../shared/context.ts'
import { AppError } from '../../../../shared/errors.ts'
import { getOrganization } from '../../../platform/organizations/organizations.ts'
import { rewardFurtherJob } from '../../conversions/furtherJobs.ts'
import type { JobRow } from '../jobRows.ts'
import { type Converted, convertingJob } from './candidates.queries.ts'
import { effectOf, valuesOfJob } from './converting.ts'

/** The reasons of a further job as they stand in the feed. */
const shown: Partial<Record<NoRepeat['reason'], JobEffectReason>> = {
  no_repeat: 'earns_once',
  other_currency: 'repeat_other_currency',
}

/**
 * Rewards a job of a friend who has converted, if a campaign rewards further jobs: the first that does. `converted` are the
 * customer's converted referrals. Null if this job has earned before, or the customer has never converted.
 */
export async function rewardAgain(tx: Ctx, job: JobRow, converted: Converted[]): Promise<JobEffect | null> {
  if (converted.length === 0) return null
  const { timeZone } = await getOrganization(tx, tx.organizationId)
  const facts = await convertingJob(tx, job)
  let refusal: JobEffect | null = null
  for (const one of converted) {
    const decision = decideRepeat(facts, one.source, timeZone)
    if (decision.do === 'reward') return reward(tx, job, one, decision.jobValue)
    const { do: _, reason, ...rest } = decision
    if (reason === 'same_job' || reason === 'rewarded_before') return null
    refusal ??= effectOf({ reason: shown[reason] ?? (reason as JobEffectReason), referralId: one.referral.id, ...rest })
  }
  return refusal
}

async function reward(
  tx: Ctx,
  job: JobRow,
  { referral, source }: Converted,
  jobValue: number | null,
): Promise<JobEffect> {
  const { repeat } = source
  if (!repeat) throw new Error('A job is rewarded by no terms.')
  const { paidOn = null } = await valuesOfJob(tx, job, jobValue)
  const given = { jobId: job.id, refundedBefore: job.refundedAmount, jobValue, paidOn }
  try {
    const amounts = await inSavepoint(tx.db, () => rewardFurtherJob(tx, referral.id, given, repeat))
    return { reason: 'rewarded_again', facts: { referralId: referral.id, ...amounts, currency: source.currency } }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { reason: 'nothing_earned', facts: { referralId: referral.id, code: error.code } }
  }
}
