import type { JobEventOutcome } from '@goodword/contracts'
import { and, eq } from 'drizzle-orm'
import { enqueue } from '../../../queue/queue.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { assertJobsOn } from '../../platform/connections/connections.ts'
import { writeAudit } from './jobs.audit.ts'
import { jobEventKind, jobEvents } from './jobs.table.ts'

/** What did nothing may do something by another mapping, or now that its job is known. */
const retryable: readonly JobEventOutcome[] = ['ignored', 'rejected', 'waiting']

export const canRetry = (outcome: JobEventOutcome, hasPayload: boolean): boolean =>
  hasPayload && retryable.includes(outcome)

/** Puts an event in the queue again. Throws feature_off, not_found, event_not_retryable. */
export function retryEvent(ctx: Ctx, id: string): Promise<void> {
  return transaction(ctx, async (tx) => {
    const mine = and(eq(jobEvents.organizationId, tx.organizationId), eq(jobEvents.id, id))
    const [row] = await tx.db.select().from(jobEvents).where(mine)
    if (!row || row.connectionId === null) throw new AppError('not_found')
    await assertJobsOn(tx)
    if (!canRetry(row.outcome, row.payload !== null)) throw new AppError('event_not_retryable')
    await tx.db
      .update(jobEvents)
      .set({
        outcome: 'received',
        reason: null,
        facts: {},
        notes: [],
        needsPerson: false,
        waitsFor: null,
        waited: row.waited || row.outcome === 'waiting',
        effectKey: null,
      })
      .where(mine)
    await enqueue(tx, jobEventKind, { subjectId: id, organizationId: tx.organizationId, lane: row.connectionId })
    await writeAudit(tx, { action: 'job_event.retried', subjectId: id })
  })
}
