import type { JobEventNote, JobEventType } from '@goodword/contracts'
import type { JobOutcome } from '@goodword/domain'
import { and, eq, sql } from 'drizzle-orm'
import { changing, prepared } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { jobEvents } from './jobs.table.ts'
import type { EventRow } from './receiving.ts'

/** How an event ended, and what it touched. */
export type Ending = Pick<JobOutcome, 'outcome' | 'reason'> &
  Partial<Pick<JobOutcome, 'facts' | 'needsPerson'>> & {
    type?: JobEventType | null
    occurredAt?: number | null
    isTest?: boolean
    notes?: JobEventNote[]
    jobId?: string | null
    contactId?: string | null
    /** The id in the other system that has to become known first. */
    waitsFor?: string | null
    effectKey?: string | null
    /** It is about somebody whose data was erased: what was sent is not kept. */
    isErased?: boolean
  }

/** What is known of an event as soon as it was read. */
export type ReadFacts = { sentType: string | null; mappingVersion: number | null }

const mine = and(
  eq(jobEvents.organizationId, sql.placeholder('organizationId')),
  eq(jobEvents.id, sql.placeholder('id')),
)
const columns = [
  'sentType',
  'mappingVersion',
  'outcome',
  'reason',
  'facts',
  'needsPerson',
  'type',
  'occurredAt',
  'isTest',
  'notes',
  'jobId',
  'contactId',
  'waitsFor',
  'waited',
  'effectKey',
] as const
const end = prepared((db) =>
  db
    .update(jobEvents)
    .set(changing(jobEvents, ...columns))
    .where(mine)
    .prepare(),
)
const forgetSent = prepared((db) => db.update(jobEvents).set({ payload: null, deliveryId: null }).where(mine).prepare())

/** Records within a transaction how an event ended. */
export async function endEvent(tx: Ctx, row: EventRow, read: ReadFacts, ending: Ending): Promise<void> {
  const { organizationId } = tx
  await end(tx.db).run({
    organizationId,
    id: row.id,
    ...read,
    outcome: ending.outcome,
    reason: ending.reason,
    facts: ending.facts ?? {},
    needsPerson: ending.needsPerson ?? false,
    type: ending.type ?? null,
    occurredAt: ending.occurredAt ?? null,
    isTest: row.isTest || (ending.isTest ?? false),
    notes: [...new Set(ending.notes ?? [])],
    jobId: ending.jobId ?? null,
    contactId: ending.contactId ?? null,
    waitsFor: ending.outcome === 'waiting' ? (ending.waitsFor ?? null) : null,
    waited: row.waited || row.outcome === 'waiting',
    effectKey: ending.effectKey ?? null,
  })
  if (ending.isErased) await forgetSent(tx.db).run({ organizationId, id: row.id })
}
