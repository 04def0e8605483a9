import { and, eq, sql } from 'drizzle-orm'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { hasOpenTodo } from './earning/todos.ts'
import { writeAudit } from './jobs.audit.ts'
import { jobEvents } from './jobs.table.ts'

/**
 * Takes an event off the to-do list: somebody has looked at it. Doing it again changes nothing. Throws not_found, and
 * todo_open while its job has something to decide.
 */
export function markEventDone(ctx: Ctx, id: string): Promise<void> {
  return transaction(ctx, async (tx) => {
    const mine = and(eq(jobEvents.organizationId, tx.organizationId), eq(jobEvents.id, id))
    const [row] = await tx.db
      .select({ needsPerson: jobEvents.needsPerson, hasTodo: sql<number>`${hasOpenTodo}` })
      .from(jobEvents)
      .where(mine)
    if (!row) throw new AppError('not_found')
    if (!row.needsPerson) return
    if (row.hasTodo) throw new AppError('todo_open')
    await tx.db.update(jobEvents).set({ needsPerson: false }).where(mine)
    await writeAudit(tx, { action: 'job_event.done', subjectId: id })
  })
}
