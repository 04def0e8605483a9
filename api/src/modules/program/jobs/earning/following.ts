import { Currency, type JobEffect, type JobEventReason } from '@goodword/contracts'
import { and, eq } from 'drizzle-orm'
import type { Ctx } from '../../../../shared/context.ts'
import { AppError } from '../../../../shared/errors.ts'
import { redeemCredit } from '../../../money/rewards/credit.ts'
import { getOrganization } from '../../../platform/organizations/organizations.ts'
import { findRewardedJob } from '../../conversions/rewardedJobs.ts'
import { addEffects } from '../effects.ts'
import { type JobRow, jobRow } from '../jobRows.ts'
import { jobEvents } from '../jobs.table.ts'
import { adoptConversion } from './adopting.ts'
import { convertedReferralsOf } from './candidates.queries.ts'
import { convertByJob } from './converting.ts'
import { rewardAgain } from './furtherJobs.ts'
import { earningJob, stands } from './refundProposal.queries.ts'
import { followRefunds } from './refunds.ts'
import { openOrUpdate } from './todos.ts'

/** A job that an event has changed, and what the event says beside that. */
export type Touched = {
  jobId: string
  contactId: string | null
  eventId: string
  reason: JobEventReason
  /** Credit that its invoice used, in minor units. */
  creditApplied: number | null
  /** What a bank asks back, in minor units. */
  disputed: number | null
}

/** These say nothing that could convert anything. */
const quiet: readonly JobEventReason[] = [
  'job_opened',
  'score_recorded',
  'happened_already',
  'nothing_new',
  'older_than_known',
]

/**
 * What a changed job leads to: a conversion or a further reward, changed rewards after a refund, used credit. Called once
 * everything that waited for the job has been applied. Doing it again changes nothing.
 */
export async function followJob(tx: Ctx, touched: Touched): Promise<JobEffect[]> {
  const job = await jobRow(tx, touched.jobId)
  const effects: JobEffect[] = []
  const earning = await earn(tx, job, touched)
  if (earning) effects.push(earning)
  for (const more of [
    await followRefunds(tx, job, touched.eventId),
    await followDispute(tx, job, touched),
    await useCredit(tx, job, touched),
  ])
    if (more) effects.push(more)
  await addEffects(tx, touched.eventId, effects)
  return effects
}

async function earn(tx: Ctx, job: JobRow, { eventId, reason }: Touched): Promise<JobEffect | null> {
  if (job.contactId === null || (await findRewardedJob(tx, job.id))) return null
  const converted = await convertedReferralsOf(tx, job.contactId)
  for (const one of converted) if (await adoptConversion(tx, job, one)) return null
  const conversion = await convertByJob(tx, job, eventId)
  if (happened.has(conversion.reason)) return conversion
  const again = await rewardAgain(tx, job, converted)
  if (again?.reason === 'rewarded_again') return again
  return quiet.includes(reason) ? null : conversion.reason === 'no_referral' ? (again ?? conversion) : conversion
}

const happened: ReadonlySet<JobEffect['reason']> = new Set<JobEffect['reason']>([
  'converted',
  'several_advocates',
  'several_campaigns',
  'other_currency',
  'value_missing',
  'conversion_refused',
])

/** A bank asks for the money of a job that earned: staff look at its rewards. */
async function followDispute(tx: Ctx, job: JobRow, { disputed, eventId }: Touched): Promise<JobEffect | null> {
  if (disputed === null) return null
  const earning = await earningJob(tx, job)
  if (!earning || !stands(earning)) return null
  const facts = {
    referralId: earning.referral.id,
    amount: disputed,
    currency: job.currency ?? earning.rewarded.currency,
  }
  const effect: JobEffect = { reason: 'dispute_of_rewarded_job', facts }
  await openOrUpdate(tx, 'dispute', { jobId: job.id, eventId, referralId: earning.referral.id }, effect)
  return effect
}

/** Records that an invoice used credit of its customer, once for each job. */
async function useCredit(tx: Ctx, job: JobRow, { creditApplied, eventId }: Touched): Promise<JobEffect | null> {
  if (creditApplied === null || creditApplied === 0 || job.contactId === null || job.isHistory) return null
  const organization = await getOrganization(tx, tx.organizationId)
  const currency = Currency.safeParse(job.currency ?? organization.currency)
  const facts = { amount: creditApplied, currency: job.currency ?? organization.currency }
  if (!currency.success) return { reason: 'credit_refused', facts }
  const invoice = job.invoiceNumber ?? job.externalId
  const note = invoice === null ? 'Used on an invoice' : `Invoice ${invoice}`.slice(0, 200)
  try {
    const given = { amount: creditApplied, currency: currency.data, note }
    await redeemCredit(tx, job.contactId, given, null, `job:${job.id}:credit`)
    return { reason: 'credit_used', facts }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    await tx.db
      .update(jobEvents)
      .set({ needsPerson: true })
      .where(and(eq(jobEvents.organizationId, tx.organizationId), eq(jobEvents.id, eventId)))
    const { shortfall = null } = error.facts as { shortfall?: number }
    return { reason: 'credit_not_enough', facts: { ...facts, shortfall } }
  }
}
