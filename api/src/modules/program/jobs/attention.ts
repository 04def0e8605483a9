import { and, eq } from 'drizzle-orm'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { writeAudit } from './jobs.audit.ts'
import { jobEvents } from './jobs.table.ts'

/** Takes an event off the to-do list: somebody has looked at it. Doing it again changes nothing. Throws not_found. */
export function markEventDone(ctx: Ctx, id: string): Promise<void> {
  return transaction(ctx, async (tx) => {
    const mine = and(eq(jobEvents.organizationId, tx.organizationId), eq(jobEvents.id, id))
    const [row] = await tx.db.select({ needsPerson: jobEvents.needsPerson }).from(jobEvents).where(mine)
    if (!row) throw new AppError('not_found')
    if (!row.needsPerson) return
    await tx.db.update(jobEvents).set({ needsPerson: false }).where(mine)
    await writeAudit(tx, { action: 'job_event.done', subjectId: id })
  })
}
