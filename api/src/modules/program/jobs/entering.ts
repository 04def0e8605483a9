import type { FinishedJob, FinishJob } from '@goodword/contracts'
import { eventsOfEntry, type JobEvent } from '@goodword/domain'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { dryRun } from '../../../shared/dryRun.ts'
import { AppError } from '../../../shared/errors.ts'
import { describePerson, findOrCreateContact, getActiveContact, getContact } from '../../people/contacts/contacts.ts'
import { assertJobsOn, connectionOfEvent } from '../../platform/connections/connections.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import type { Target } from './applying.ts'
import { getJobEvent } from './jobEvents.queries.ts'
import { jobOfNumber, jobRow } from './jobRows.ts'
import { writeAudit } from './jobs.audit.ts'
import { getJob } from './jobs.queries.ts'
import { processEntry } from './processing.ts'
import { addEntry } from './receiving.ts'

/**
 * Enters a finished job by hand. Its score is entered first, so that whoever decides about asking knows it. Throws
 * feature_off, not_found, phone_invalid, validation_failed.
 */
export const finishJob = (ctx: Ctx, input: FinishJob): Promise<FinishedJob> =>
  transaction(ctx, (tx) => enterJob(tx, input))

/** What would come of it; nothing is saved. Throws the same. */
export const previewFinishedJob = (ctx: Ctx, input: FinishJob): Promise<FinishedJob> =>
  dryRun(ctx, (tx) => enterJob(tx, input))

/**
 * Enters a finished job within a transaction. `finishedAt`: when it was finished; now if nobody says. Older jobs are history,
 * as those that a system reports late. Throws the same.
 */
export async function enterJob(tx: Ctx, input: FinishJob, finishedAt: number | null = null): Promise<FinishedJob> {
  let target = await targetOf(tx, input)
  await assertJobsOn(tx)
  const { currency } = await getOrganization(tx, tx.organizationId)
  const ids: string[] = []
  for (const event of eventsOfEntry(input, currency, finishedAt)) {
    const row = await addEntry(tx)
    await processEntry(tx, row, target, event)
    const entered = await getJobEvent(tx, row.id)
    if (entered.outcome === 'rejected' || entered.job === null) throw refusal(entered.facts, event)
    target = { ...target, job: await jobRow(tx, entered.job.id) }
    ids.push(row.id)
  }
  const jobId = target.job?.id ?? ''
  await writeAudit(tx, { action: 'job.finished', subjectId: jobId })
  const events = []
  for (const id of ids) events.push(await getJobEvent(tx, id))
  return { job: await getJob(tx, jobId), events }
}

/** The job that is meant, with its connection; for a new one the contact, who may be new as well. */
async function targetOf(tx: Ctx, { jobId, contactId, customer, number }: FinishJob): Promise<Target> {
  if (jobId !== undefined) {
    const job = await jobRow(tx, jobId)
    const connection = job.connectionId === null ? null : await connectionOfEvent(tx, job.connectionId)
    return { connection, job, externalId: job.externalId, contactId: job.contactId }
  }
  const chosen = contactId === undefined ? await contactOf(tx, customer) : (await getActiveContact(tx, contactId)).id
  const job = number === undefined ? undefined : await jobOfNumber(tx, chosen, number)
  if (!job) return { connection: null, job, externalId: number ?? null, contactId: chosen }
  if (job.contactId !== null && job.contactId !== chosen) throw await takenNumber(tx, number ?? '', job.contactId)
  const connection = job.connectionId === null ? null : await connectionOfEvent(tx, job.connectionId)
  return { connection, job, externalId: job.externalId, contactId: chosen }
}

async function contactOf(tx: Ctx, customer: FinishJob['customer']): Promise<string> {
  const { country } = await getOrganization(tx, tx.organizationId)
  const person = describePerson(country, customer ?? {}, 'customer.phone')
  return (await findOrCreateContact(tx, person, 'staff')).contact.id
}

async function takenNumber(tx: Ctx, number: string, contactId: string): Promise<AppError> {
  const { name } = await getContact(tx, contactId)
  const message = `Job ${number} is ${name === '' ? 'somebody else’s' : `${name}’s`}. Enter another number.`
  return new AppError('validation_failed', { detail: message, errors: [{ path: 'number', message }] })
}

function refusal({ known }: Record<string, unknown>, event: JobEvent): AppError {
  const other = typeof known === 'string' ? known : 'another currency'
  const message = `This job is in ${other}, not in ${event.value?.currency ?? ''}. Leave the value out.`
  return new AppError('validation_failed', { detail: message, errors: [{ path: 'value', message }] })
}
