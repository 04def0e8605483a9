import type { JobEffect } from '@goodword/contracts'
import { and, eq, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { jobEvents } from './jobs.table.ts'
import type { Ending } from './outcomes.ts'

/** Lets higher modules do what follows from a job, within the transaction that changed it. */
export async function effectsOf(
  tx: Ctx,
  { jobId, contactId }: Pick<Ending, 'jobId' | 'contactId'>,
): Promise<JobEffect[]> {
  const effects: JobEffect[] = []
  if (!jobId || !contactId) return effects
  for (const { afterJob } of tx.modules) effects.push(...((await afterJob?.(tx, { jobId, contactId })) ?? []))
  return effects
}

/** The same, for an event, which keeps what followed from it. */
export async function followUp(tx: Ctx, eventId: string, ending: Pick<Ending, 'jobId' | 'contactId'>): Promise<void> {
  const effects = await effectsOf(tx, ending)
  await addEffects(tx, eventId, effects)
  if (effects.some(({ reason }) => reason === 'call_customer'))
    await tx.db
      .update(jobEvents)
      .set({ needsPerson: true })
      .where(and(eq(jobEvents.organizationId, tx.organizationId), eq(jobEvents.id, eventId)))
}

const append = prepared((db) =>
  db
    .update(jobEvents)
    .set({
      effects: sql`(SELECT json_group_array(json(value)) FROM (SELECT value FROM json_each(${jobEvents.effects})
        UNION ALL SELECT value FROM json_each(${sql.placeholder('more')})))`,
    })
    .where(
      and(eq(jobEvents.organizationId, sql.placeholder('organizationId')), eq(jobEvents.id, sql.placeholder('id'))),
    )
    .prepare(),
)

/** Adds to what an event led to. */
export async function addEffects(tx: Ctx, eventId: string, effects: JobEffect[]): Promise<void> {
  if (effects.length === 0) return
  await append(tx.db).run({ organizationId: tx.organizationId, id: eventId, more: JSON.stringify(effects) })
}

/** What the events of a job have led to. */
export async function effectsOfJob(ctx: Ctx, jobId: string): Promise<JobEffect[]> {
  const rows = await ctx.db
    .select({ effects: jobEvents.effects })
    .from(jobEvents)
    .where(and(eq(jobEvents.organizationId, ctx.organizationId), eq(jobEvents.jobId, jobId)))
  return rows.flatMap(({ effects }) => effects)
}
