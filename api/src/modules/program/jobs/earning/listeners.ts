import type { EventData } from '@goodword/contracts'
import { liveStatuses } from '@goodword/domain'
import type { Ctx } from '../../../../shared/context.ts'
import { findConversion } from '../../conversions/conversions.ts'
import { rewardedJobsOf, settleRewardedJob } from '../../conversions/rewardedJobs.ts'
import { getReferral } from '../../referrals/referrals.ts'
import { type JobRow, jobRow } from '../jobRows.ts'
import { adoptJob } from './adopting.ts'
import { jobsOfContact, jobsOfFriend } from './jobs.queries.ts'
import { earningJob, refundedSince } from './refundProposal.queries.ts'
import { closeOpenTodo, closeTodo, openTodo } from './todos.ts'

/** Whoever converts a referral answers what its friend's jobs left to decide. A job that is beyond doubt gets linked. */
export async function onConverted(tx: Ctx, { referralId }: EventData<'referral.converted'>): Promise<void> {
  // Most friends have no job: one statement sees that.
  const jobs = await jobsOfFriend(tx, referralId)
  const conversion = jobs.length === 0 ? undefined : await findConversion(tx, referralId)
  if (!conversion) return
  if ((await rewardedJobsOf(tx, conversion.id)).length === 0)
    await adoptJob(tx, conversion, await getReferral(tx, referralId), jobs)
  await dropChoice(tx, jobs, referralId, 'converted')
}

/** Once a conversion is reversed, its refunds leave nothing to decide. */
export async function onReversed(tx: Ctx, { conversionId }: EventData<'referral.reversed'>): Promise<void> {
  for (const rewarded of await rewardedJobsOf(tx, conversionId)) {
    await closeOpenTodo(tx, rewarded.jobId, 'refund')
    await closeOpenTodo(tx, rewarded.jobId, 'dispute')
    const earning = await earningJob(tx, await jobRow(tx, rewarded.jobId))
    if (earning) await settleRewardedJob(tx, rewarded, refundedSince(earning))
  }
}

/** A referral that is closed is no choice anymore. */
export async function onClosed(
  tx: Ctx,
  data: EventData<'referral.declined'> | EventData<'referral.expired'>,
): Promise<void> {
  const referral = 'friendContactId' in data ? data : await getReferral(tx, data.referralId)
  if (referral.friendContactId === null) return
  await dropChoice(tx, await jobsOfContact(tx, referral.friendContactId), data.referralId, 'closed')
}

/** Closes what asks about this referral, if it was converted or if it was the last choice. */
async function dropChoice(tx: Ctx, jobs: JobRow[], referralId: string, how: 'converted' | 'closed'): Promise<void> {
  for (const job of jobs) {
    const todo = await openTodo(tx, job.id, 'conversion')
    const choices = String(todo?.facts.referralIds ?? '').split(' ')
    if (!todo || !choices.includes(referralId)) continue
    const left = choices.filter((id) => id !== referralId)
    const isOpen = how === 'closed' && (await someLive(tx, left))
    if (!isOpen) await closeTodo(tx, todo, 'done')
  }
}

async function someLive(tx: Ctx, ids: string[]): Promise<boolean> {
  for (const id of ids) {
    const { status } = await getReferral(tx, id)
    if (liveStatuses.some((live) => live === status)) return true
  }
  return false
}
