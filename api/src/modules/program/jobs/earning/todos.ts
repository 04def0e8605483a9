import type { JobEffect, JobTodoKind } from '@goodword/contracts'
import { and, eq, sql } from 'drizzle-orm'
import { prepared } from '../../../../database/prepared.ts'
import { actorKey, type Ctx } from '../../../../shared/context.ts'
import { AppError } from '../../../../shared/errors.ts'
import { jobEvents } from '../jobs.table.ts'
import { type JobTodoRow, jobTodos } from '../todos.table.ts'

/** What brought up a to-do: the job, and the event where there is one. */
export type About = { jobId: string; eventId: string | null; referralId: string | null }

/** Throws not_found. */
export async function getTodo(ctx: Ctx, id: string): Promise<JobTodoRow> {
  const row = await ctx.db
    .select()
    .from(jobTodos)
    .where(and(eq(jobTodos.organizationId, ctx.organizationId), eq(jobTodos.id, id)))
    .get()
  if (!row) throw new AppError('not_found')
  return row
}

const ofJob = prepared((db) =>
  db
    .select()
    .from(jobTodos)
    .where(
      and(
        eq(jobTodos.organizationId, sql.placeholder('organizationId')),
        eq(jobTodos.jobId, sql.placeholder('jobId')),
        eq(jobTodos.kind, sql.placeholder('kind')),
      ),
    )
    .prepare(),
)

export const todosOfJob = (ctx: Ctx, jobId: string, kind: JobTodoKind): Promise<JobTodoRow[]> =>
  ofJob(ctx.db).all({ organizationId: ctx.organizationId, jobId, kind })

/** What is open of one kind for a job: one at most. */
export const openTodo = async (ctx: Ctx, jobId: string, kind: JobTodoKind): Promise<JobTodoRow | undefined> =>
  (await todosOfJob(ctx, jobId, kind)).find(({ state }) => state === 'open')

/** Leaves something to decide, or brings what is open up to date. The event that says it needs a person. */
export async function openOrUpdate(
  tx: Ctx,
  kind: JobTodoKind,
  { jobId, eventId, referralId }: About,
  { reason, facts }: JobEffect,
): Promise<void> {
  const open = await openTodo(tx, jobId, kind)
  if (open) {
    if (open.eventId !== eventId && eventId !== null && open.eventId !== null)
      await needsPerson(tx, open.eventId, false)
    await tx.db
      .update(jobTodos)
      .set({ reason, facts, referralId, eventId: eventId ?? open.eventId })
      .where(and(eq(jobTodos.organizationId, tx.organizationId), eq(jobTodos.id, open.id)))
  } else
    await tx.db.insert(jobTodos).values({
      id: tx.newId('jobTodo'),
      organizationId: tx.organizationId,
      jobId,
      eventId,
      kind,
      state: 'open',
      reason,
      facts,
      referralId,
      openedAt: tx.clock(),
      closedAt: null,
      closedBy: null,
    })
  if (eventId !== null) await needsPerson(tx, eventId, true)
}

/** Closes a to-do: decided, or left as it is. Doing it again changes nothing. */
export async function closeTodo(tx: Ctx, todo: JobTodoRow, state: 'done' | 'dismissed'): Promise<void> {
  const mine = and(eq(jobTodos.organizationId, tx.organizationId), eq(jobTodos.id, todo.id))
  const [closed] = await tx.db
    .update(jobTodos)
    .set({ state, closedAt: tx.clock(), closedBy: actorKey(tx.actor) })
    .where(and(mine, eq(jobTodos.state, 'open')))
    .returning({ id: jobTodos.id })
  if (closed && todo.eventId !== null) await needsPerson(tx, todo.eventId, false)
}

export async function closeOpenTodo(tx: Ctx, jobId: string, kind: JobTodoKind): Promise<void> {
  const open = await openTodo(tx, jobId, kind)
  if (open) await closeTodo(tx, open, 'done')
}

async function needsPerson(tx: Ctx, eventId: string, needs: boolean): Promise<void> {
  await tx.db
    .update(jobEvents)
    .set({ needsPerson: needs })
    .where(and(eq(jobEvents.organizationId, tx.organizationId), eq(jobEvents.id, eventId)))
}
