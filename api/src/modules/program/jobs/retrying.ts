import type { JobEventOutcome, RetriedEvents } from '@goodword/contracts'
import { and, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import { enqueue, enqueueAll } from '../../../queue/queue.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { assertJobsOn, connectionRow } from '../../platform/connections/connections.ts'
import { writeAudit } from './jobs.audit.ts'
import { jobEventKind, jobEvents } from './jobs.table.ts'

/** What did nothing may do something by another mapping, or now that its job is known. */
const retryable: readonly JobEventOutcome[] = ['ignored', 'rejected', 'waiting']

export const canRetry = (outcome: JobEventOutcome, hasPayload: boolean): boolean =>
  hasPayload && retryable.includes(outcome)

/** What an event is before it is read. */
const unread = () => ({
  outcome: 'received' as const,
  reason: null,
  facts: {},
  notes: [],
  effects: [],
  needsPerson: false,
  waitsFor: null,
  waited: sql`${jobEvents.waited} OR ${jobEvents.outcome} = 'waiting'`,
  effectKey: null,
})

/** Puts an event in the queue again. Throws feature_off, not_found, event_not_retryable. */
export function retryEvent(ctx: Ctx, id: string): Promise<void> {
  return transaction(ctx, async (tx) => {
    const mine = and(eq(jobEvents.organizationId, tx.organizationId), eq(jobEvents.id, id))
    const [row] = await tx.db.select().from(jobEvents).where(mine)
    if (!row || row.connectionId === null) throw new AppError('not_found')
    await assertJobsOn(tx)
    if (!canRetry(row.outcome, row.payload !== null)) throw new AppError('event_not_retryable')
    await tx.db.update(jobEvents).set(unread()).where(mine)
    await enqueue(tx, jobEventKind, { subjectId: id, organizationId: tx.organizationId, lane: row.connectionId })
    await writeAudit(tx, { action: 'job_event.retried', subjectId: id })
  })
}

/** So many events are read again at once. */
export const retriedAtOnce = 10_000

/**
 * Puts the newest events of a connection in the queue again that did nothing, as after a change of its mapping. Test
 * events stay. Throws feature_off, not_found.
 */
export function retryConnection(ctx: Ctx, connectionId: string): Promise<RetriedEvents> {
  return transaction(ctx, async (tx) => {
    await connectionRow(tx, connectionId)
    await assertJobsOn(tx)
    const rows = await tx.db
      .select({ id: jobEvents.id })
      .from(jobEvents)
      .where(
        and(
          eq(jobEvents.connectionId, connectionId),
          inArray(jobEvents.outcome, [...retryable]),
          eq(jobEvents.isTest, false),
          isNotNull(jobEvents.payload),
        ),
      )
      .orderBy(desc(sql`${jobEvents}.rowid`))
      .limit(retriedAtOnce + 1)
    const ids = rows.slice(0, retriedAtOnce).map(({ id }) => id)
    if (ids.length === 0) return { count: 0, more: false }
    // The earliest first, as they came.
    ids.reverse()
    await tx.db
      .update(jobEvents)
      .set(unread())
      .where(sql`${jobEvents.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`)
    const { organizationId } = tx
    await enqueueAll(tx, jobEventKind, { subjectIds: ids, organizationId, lane: connectionId })
    await writeAudit(tx, { action: 'job_event.all_retried', subjectId: connectionId, data: { events: ids.length } })
    return { count: ids.length, more: rows.length > retriedAtOnce }
  })
}
