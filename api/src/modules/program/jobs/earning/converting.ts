import type { JobEffect, JobEffectReason } from '@goodword/contracts'
import { type ConvertingJob, dayIn, decideJobConversion, type Facts, type JobConversion } from '@goodword/domain'
import { inSavepoint } from '../../../../database/savepoint.ts'
import type { Ctx } from '../../../../shared/context.ts'
import { AppError } from '../../../../shared/errors.ts'
import { getOrganization } from '../../../platform/organizations/organizations.ts'
import { convertReferral, findConversion } from '../../conversions/conversions.ts'
import type { JobRow } from '../jobRows.ts'
import { convertingJob, liveReferralsOf } from './candidates.queries.ts'
import { closeOpenTodo, openOrUpdate, todosOfJob } from './todos.ts'

/** What a conversion takes over from its job. */
export async function valuesOfJob(ctx: Ctx, job: JobRow, jobValue: number | null) {
  const { timeZone } = await getOrganization(ctx, ctx.organizationId)
  const today = dayIn(timeZone, ctx.clock())
  const paidOn = job.invoicedAt === null ? null : dayIn(timeZone, job.invoicedAt)
  const invoice = job.invoiceNumber?.trim().slice(0, 60)
  return {
    ...(jobValue === null ? {} : { jobValue }),
    ...(paidOn === null || paidOn > today ? {} : { paidOn }),
    ...(invoice ? { invoice } : {}),
  }
}

/**
 * Converts the referral of a job's customer if that is beyond doubt, as staff would; else leaves the question to them, or
 * says why nothing happens. Doing it again changes nothing.
 */
export async function convertByJob(tx: Ctx, job: JobRow, eventId: string): Promise<JobEffect> {
  const { timeZone } = await getOrganization(tx, tx.organizationId)
  const facts = await convertingJob(tx, job)
  const decision = decideJobConversion(facts, await liveReferralsOf(tx, job), timeZone)
  if (decision.do === 'convert') return convert(tx, job, eventId, decision)
  if (decision.do === 'ask_staff') return askStaff(tx, job, eventId, questionOf(decision, facts))
  await closeOpenTodo(tx, job.id, 'conversion')
  const { do: _, ...why } = decision
  return effectOf(why)
}

/** An effect from a decision: its reason, and everything else as facts. */
export function effectOf<Reason extends JobEffectReason>({
  reason,
  ...facts
}: { reason: Reason } & Record<string, unknown>): JobEffect {
  const plain: Facts = {}
  for (const [name, value] of Object.entries(facts))
    plain[name] = Array.isArray(value) ? value.join(' ') : (value as Facts[string])
  return { reason, facts: plain }
}

const questionOf = (
  { do: _, ...question }: Extract<JobConversion, { do: 'ask_staff' }>,
  { value, currency }: ConvertingJob,
): JobEffect => effectOf({ value, jobCurrency: currency, ...question })

async function convert(
  tx: Ctx,
  job: JobRow,
  eventId: string,
  { referralId, jobValue }: Extract<JobConversion, { do: 'convert' }>,
): Promise<JobEffect> {
  const values = await valuesOfJob(tx, job, jobValue)
  const link = { jobId: job.id, refundedBefore: job.refundedAmount }
  try {
    await inSavepoint(tx.db, () => convertReferral(tx, referralId, { ...values, notify: true }, link))
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return askStaff(tx, job, eventId, {
      reason: 'conversion_refused',
      facts: { referralIds: referralId, code: error.code, value: job.value, jobCurrency: job.currency },
    })
  }
  await closeOpenTodo(tx, job.id, 'conversion')
  return convertedEffect(tx, referralId)
}

/** What a conversion paid, as an effect. */
export async function convertedEffect(ctx: Ctx, referralId: string): Promise<JobEffect> {
  const conversion = await findConversion(ctx, referralId)
  if (!conversion) throw new Error(`Converted referral ${referralId} has no conversion.`)
  const { advocateAmount, friendAmount, currency } = conversion
  return { reason: 'converted', facts: { referralId, advocateAmount, friendAmount, currency } }
}

/** Asks staff, unless they have left this job alone before. */
async function askStaff(tx: Ctx, job: JobRow, eventId: string, question: JobEffect): Promise<JobEffect> {
  const before = await todosOfJob(tx, job.id, 'conversion')
  if (before.some(({ state }) => state === 'dismissed')) return { reason: 'staff_decided', facts: {} }
  await openOrUpdate(tx, 'conversion', { jobId: job.id, eventId, referralId: null }, question)
  return question
}
