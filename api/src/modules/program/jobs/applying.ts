import type { JobEventNote } from '@goodword/contracts'
import { applyToJob, historyOf, type JobEvent, type JobFacts, settleEvent } from '@goodword/domain'
import { and, eq } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { addressFor, getContact, markCustomer } from '../../people/contacts/contacts.ts'
import { type ConnectionRow, countHistoryJob } from '../../platform/connections/connections.ts'
import { addAliases, addJob, factsOf, findJob, type JobRow, resolveIds, updateJob } from './jobRows.ts'
import { jobEvents } from './jobs.table.ts'
import type { Ending } from './outcomes.ts'
import { contactOfEvent } from './people.ts'
import type { EventRow } from './receiving.ts'

/** How it ended, and the ids that other events may have waited for. */
export type Applied = { ending: Ending; nowKnown: string[]; says?: Saying }

/** What an event says beside its job, in minor units: credit that the invoice used, and what a bank asks back. */
export type Saying = { creditApplied: number | null; disputed: number | null }

/** Where an event is applied. */
export type Target = {
  /** The system that reports the job; null for a job that was entered by hand. */
  connection: ConnectionRow | null
  /** Undefined for a new one. */
  job: JobRow | undefined
  /** The id of a new job in the other system, or its number. */
  externalId: string | null
  /** The contact that a person chose; null where the event names its own. */
  contactId: string | null
}

/** Does what an event says, within a transaction. */
export async function applyEvent(tx: Ctx, row: EventRow, connection: ConnectionRow, sent: JobEvent): Promise<Applied> {
  const { event, at } = settleEvent(sent, row.receivedAt)
  const about = { type: event.type, occurredAt: at, notes: event.notes }
  if (event.type === 'contact.upserted')
    return { ending: { ...about, ...(await saveContact(tx, connection, event)) }, nowKnown: [] }
  if (event.type === 'opportunity.won')
    return { ending: { ...about, ...(await noteOpportunity(tx, connection, event)) }, nowKnown: [] }
  const applied = await applyToItsJob(tx, row, connection, event, at)
  return { ...applied, ending: { ...about, ...applied.ending } }
}

/** Does within a transaction what a person entered about a job. */
export async function applyEntry(tx: Ctx, row: EventRow, target: Target, entered: JobEvent): Promise<Applied> {
  const { event, at } = settleEvent(entered, row.receivedAt)
  const applied = await applyToTarget(tx, row, target, event, at)
  return { ...applied, ending: { type: event.type, occurredAt: at, ...applied.ending } }
}

async function saveContact(tx: Ctx, { id }: ConnectionRow, { person, notes }: JobEvent): Promise<Ending> {
  const found = person ? await contactOfEvent(tx, id, person, null) : null
  if (!found?.contactId) return { outcome: 'rejected', reason: 'person_missing' }
  const { contactId } = found
  return { outcome: 'applied', reason: 'contact_saved', contactId, notes: [...notes, ...found.notes] }
}

/** An opportunity is won once, however often it is saved as won. */
async function noteOpportunity(
  tx: Ctx,
  { id }: ConnectionRow,
  { person, opportunity, notes }: JobEvent,
): Promise<Ending> {
  const effectKey = `opportunity ${opportunity?.id ?? ''}`
  const found = person ? await contactOfEvent(tx, id, person, null) : null
  const about = { contactId: found?.contactId ?? null, notes: [...notes, ...(found?.notes ?? [])] }
  const [known] = await tx.db
    .select({ id: jobEvents.id })
    .from(jobEvents)
    .where(and(eq(jobEvents.connectionId, id), eq(jobEvents.effectKey, effectKey)))
  const facts = { opportunity: opportunity?.id ?? '' }
  if (known) return { ...about, outcome: 'duplicate', reason: 'happened_already', facts }
  return { ...about, outcome: 'ignored', reason: 'opportunity_not_used', facts, effectKey }
}

async function applyToItsJob(
  tx: Ctx,
  row: EventRow,
  connection: ConnectionRow,
  event: JobEvent,
  at: number,
): Promise<Applied> {
  const ids = await resolveIds(tx, connection.id, event.jobIds)
  const job = await firstJob(tx, connection.id, ids)
  const [ownId = ''] = ids
  if (!job && !isReport(event)) {
    const { refund } = event
    const facts = { job: ownId, ...(refund && 'amount' in refund ? { amount: refund.amount } : {}) }
    return { ending: { outcome: 'waiting', reason: 'waits_for_job', facts, waitsFor: ownId }, nowKnown: [] }
  }
  return applyToTarget(tx, row, { connection, job, externalId: ownId, contactId: null }, event, at)
}

async function applyToTarget(
  tx: Ctx,
  row: EventRow,
  { connection, job, ...target }: Target,
  event: JobEvent,
  at: number,
): Promise<Applied> {
  const before = factsOf(job)
  const decision = applyToJob(before, event, at)
  const { outcome, reason, facts, needsPerson } = decision
  if (!job && outcome === 'rejected') return { ending: { outcome, reason, facts, needsPerson }, nowKnown: [] }
  const externalId = job ? job.externalId : target.externalId
  const person =
    event.person && connection ? await contactOfEvent(tx, connection.id, event.person, job?.contactId ?? null) : null
  const contactId = person?.contactId ?? job?.contactId ?? target.contactId
  const history = await historyOfJob(tx, connection, {
    before,
    after: decision.job,
    wasHistory: job?.isHistory ?? false,
    receivedAt: row.receivedAt,
    contactId,
  })
  const saved = { job: decision.job, contactId, isHistory: history.isHistory, heardAt: row.receivedAt }
  const jobId = job ? job.id : (await addJob(tx, { ...saved, connectionId: connection?.id ?? null, externalId })).id
  if (job) await updateJob(tx, job, saved)
  const hasNewIds =
    connection !== null && externalId !== null && (await addAliases(tx, connection.id, externalId, event.jobIds))
  const isNews = !job || hasNewIds || (before.invoicedAt === null && decision.job.invoicedAt !== null)
  const notes: JobEventNote[] = [
    ...event.notes,
    ...(person?.notes ?? []),
    ...(history.isNew ? (['history'] as const) : []),
  ]
  const ending: Ending = {
    outcome,
    reason,
    facts: { ...facts, ...(history.isNew ? { days: history.days } : {}) },
    needsPerson:
      needsPerson || (await needsAddress(tx, { event, decision: reason, contactId, isHistory: history.isHistory })),
    notes,
    jobId,
    contactId,
    waitsFor: externalId,
    isErased: contactId !== null && (await getContact(tx, contactId)).erasedAt !== null,
  }
  const disputed = event.refund?.is === 'dispute' && reason === 'payment_disputed' ? event.refund.amount : null
  const says = { creditApplied: event.type === 'job.invoiced' ? event.creditApplied : null, disputed }
  return { ending, says, nowKnown: isNews && externalId !== null ? [externalId, ...event.jobIds] : [] }
}

async function firstJob(tx: Ctx, connectionId: string, ids: string[]): Promise<JobRow | undefined> {
  for (const id of ids) {
    const job = await findJob(tx, connectionId, id)
    if (job) return job
  }
  return undefined
}

/** Whether an event reports a job that need not be known before. A refund, a score or a bare cancellation does not. */
const isReport = ({ type, person, value }: JobEvent): boolean =>
  type === 'job.opened' ||
  type === 'job.completed' ||
  type === 'job.invoiced' ||
  (type === 'job.canceled' && (person !== null || value !== null))

/** A finished job makes its contact a customer since then, however long ago that was. */
async function historyOfJob(
  tx: Ctx,
  connection: ConnectionRow | null,
  {
    before,
    after,
    wasHistory,
    contactId,
    receivedAt,
  }: {
    before: JobFacts
    after: JobFacts
    wasHistory: boolean
    contactId: string | null
    receivedAt: number
  },
) {
  const finishedAt = finishOf(after)
  if (finishedAt === null) return { isHistory: false, isNew: false, days: 0 }
  if (contactId !== null) await markCustomer(tx, contactId, finishedAt)
  if (finishOf(before) !== null) return { isHistory: wasHistory, isNew: false, days: 0 }
  const { isHistory, days } = historyOf({ finishedAt, connectedAt: connection?.createdAt ?? null, receivedAt })
  if (isHistory && connection) await countHistoryJob(tx, connection.id)
  return { isHistory, isNew: isHistory, days }
}

const finishOf = ({ completedAt, invoicedAt }: JobFacts): number | null => completedAt ?? invoicedAt

/** A customer who has no address can't be asked until somebody adds one. */
async function needsAddress(
  tx: Ctx,
  given: { event: JobEvent; decision: string; contactId: string | null; isHistory: boolean },
): Promise<boolean> {
  const isDone = given.decision === 'job_completed' || given.decision === 'job_invoiced'
  if (!isDone || given.isHistory) return false
  return given.contactId === null || (await addressFor(tx, given.contactId)) === null
}
