import { dayMs } from '@goodword/domain'
import type { Ctx } from '../../../../shared/context.ts'
import { findRewardedJob, linkJob, rewardedJobsOf } from '../../conversions/rewardedJobs.ts'
import type { ReferralRecord } from '../../referrals/referrals.ts'
import type { JobRow } from '../jobRows.ts'
import type { Converted } from './candidates.queries.ts'

type Conversion = Converted['conversion']

/** Staff convert soon after the job: one that finished further away from it is another one. */
const nearMs = 30 * dayMs

/**
 * Whether a conversion that staff made without naming a job is this job's: the invoice is the same where both are known,
 * else it finished within 30 days of the conversion and not long before the referral.
 */
function isJobOf(job: JobRow, conversion: Conversion, referral: Pick<ReferralRecord, 'createdAt'>): boolean {
  const finishedAt = job.completedAt ?? job.invoicedAt
  if (finishedAt === null || job.state === 'canceled' || job.isHistory) return false
  if (conversion.invoice !== null && job.invoiceNumber !== null) return conversion.invoice === job.invoiceNumber
  return finishedAt >= referral.createdAt - nearMs && Math.abs(finishedAt - conversion.createdAt) <= nearMs
}

/** What had been refunded when staff converted: all of it, if they typed what was left. */
const refundedThen = ({ jobValue }: Conversion, { value, refundedAmount }: JobRow): number =>
  jobValue !== null && value !== null && jobValue <= value - refundedAmount ? refundedAmount : 0

/** Links a job to the conversion that staff made for it, if it has none. Returns whether this call did. */
export async function adoptConversion(
  tx: Ctx,
  job: JobRow,
  { conversion, referral }: { conversion: Conversion; referral: ReferralRecord },
): Promise<boolean> {
  if (!isJobOf(job, conversion, referral)) return false
  if ((await rewardedJobsOf(tx, conversion.id)).some(({ isFurther }) => !isFurther)) return false
  if (await findRewardedJob(tx, job.id)) return false
  await linkJob(tx, conversion, { jobId: job.id, refundedBefore: refundedThen(conversion, job) })
  return true
}

/** The one job of the friend that a conversion by hand is about; several are nobody's guess. */
export async function adoptJob(
  tx: Ctx,
  conversion: Conversion,
  referral: ReferralRecord,
  jobs: JobRow[],
): Promise<void> {
  const [only, another] = jobs.filter((job) => isJobOf(job, conversion, referral))
  if (only && !another) await adoptConversion(tx, only, { conversion, referral })
}
