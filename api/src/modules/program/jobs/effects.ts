import type { JobEffect } from '@goodword/contracts'
import { and, eq } from 'drizzle-orm'
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
  if (effects.length === 0) return
  const mine = and(eq(jobEvents.organizationId, tx.organizationId), eq(jobEvents.id, eventId))
  const [row] = await tx.db.select({ effects: jobEvents.effects }).from(jobEvents).where(mine)
  await tx.db
    .update(jobEvents)
    .set({ effects: [...(row?.effects ?? []), ...effects] })
    .where(mine)
}
