import type { JobEffect, JobTodoKind } from '@goodword/contracts'
import { and, eq, sql } from 'drizzle-orm'
import { prepared } from '../../../../database/prepared.ts'
import { actorKey, type Ctx } from '../../../../shared/context.ts'
import { AppError } from '../../../../shared/errors.ts'
import { jobEvents } from '../jobs.table.ts'
import { type JobTodoRow, jobTodos } from '../todos.table.ts'

/** What brought up a to-do: the job and the event. */
export type About = { jobId: string; eventId: string; referralId: string | null }

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
    await tx.db
      .update(jobTodos)
      .set({ reason, facts, referralId, eventId })
      .where(and(eq(jobTodos.organizationId, tx.organizationId), eq(jobTodos.id, open.id)))
    if (open.eventId !== null && open.eventId !== eventId) await needsNobody(tx, open.eventId)
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
  await tx.db
    .update(jobEvents)
    .set({ needsPerson: true })
    .where(and(eq(jobEvents.organizationId, tx.organizationId), eq(jobEvents.id, eventId)))
}

/** Closes a to-do: decided, or left as it is. Doing it again changes nothing. */
export async function closeTodo(tx: Ctx, todo: JobTodoRow, state: 'done' | 'dismissed'): Promise<void> {
  const mine = and(eq(jobTodos.organizationId, tx.organizationId), eq(jobTodos.id, todo.id))
  const [closed] = await tx.db
    .update(jobTodos)
    .set({ state, closedAt: tx.clock(), closedBy: actorKey(tx.actor) })
    .where(and(mine, eq(jobTodos.state, 'open')))
    .returning({ id: jobTodos.id })
  if (closed && todo.eventId !== null) await needsNobody(tx, todo.eventId)
}

export async function closeOpenTodo(tx: Ctx, jobId: string, kind: JobTodoKind): Promise<void> {
  const open = await openTodo(tx, jobId, kind)
  if (open) await closeTodo(tx, open, 'done')
}

/** Of an event: its job still has something to decide that it brought up. */
export const hasOpenTodo = sql`EXISTS (SELECT 1 FROM ${jobTodos} WHERE ${jobTodos.jobId} = ${jobEvents.jobId}
  AND ${jobTodos.eventId} = ${jobEvents.id} AND ${jobTodos.state} = 'open')`

async function needsNobody(tx: Ctx, eventId: string): Promise<void> {
  await tx.db
    .update(jobEvents)
    .set({ needsPerson: hasOpenTodo })
    .where(and(eq(jobEvents.organizationId, tx.organizationId), eq(jobEvents.id, eventId)))
}
